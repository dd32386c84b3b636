//! The promises that `cases.toml` makes for `policy.toml`.

use ssbtx_policy_arbetsmarknad::{CASES, POLICY};
use ssbtx_policy_engine::Standing;

ssbtx_policy_rehearsal::promises!(POLICY, CASES);

#[test]
fn the_policy_ships_closed_since_it_has_no_basis_in_law() {
    assert!(POLICY.bases.iter().all(|basis| basis.standing == Standing::Pending));
}
