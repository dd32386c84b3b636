//! The promises that `cases.toml` makes for `policy.toml`.

use ssbtx_policy_engine::Standing;
use ssbtx_policy_open_a_field::{CASES, POLICY};

ssbtx_policy_rehearsal::promises!(POLICY, CASES);

#[test]
fn one_basis_is_in_force_and_the_other_pending() {
    let in_force = |standing: Standing| standing != Standing::Pending;
    assert_eq!(
        POLICY.bases.iter().map(|basis| (basis.id, in_force(basis.standing))).collect::<Vec<_>>(),
        [("ssbtx-arbetsmarknad", false), ("exempellagen-3", true)]
    );
}
