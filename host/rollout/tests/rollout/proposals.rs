//! A proposed policy, which one person may publish, holds up nothing.

use ssbtx_rollout::{ComponentRole, Outcome};
use ssbtx_stage::repository::DemoTarget;

use crate::clock::clock;
use crate::stage::Setting;
use crate::targets::{guest, honest, policy_that_promises, tightening};

clock!(machine);

const SHADOW: &str = "shadow/arbetsmarknad/policy.wasm";

fn proposal(name: &str) -> DemoTarget {
    DemoTarget::new(SHADOW, guest(name))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_set_whose_proposed_policy_is_not_admitted_is_active_without_it() {
    let mut setting = Setting::new();
    let running = setting.begin(machine::now).await;
    // An adapter, a policy for another role, and one that never says what it is.
    for (number, wrong) in (2..).zip(["honest", "policy-another-role", "policy-loops-in-describe"]) {
        let promise = policy_that_promises(wrong);
        setting.repository.replace_all(&[proposal(wrong), promise.clone()]).unwrap();
        let status = running.until("active", |status| status.active.trust_version == number).await;
        assert_eq!(status.attempts[0].outcome, Outcome::Active);
        let [left_out] = &*status.active.left_out else { panic!("{:?}", status.active.left_out) };
        assert_eq!(left_out.role.as_str(), "arbetsmarknad");
        assert_eq!(left_out.sha256, ssbtx_core::Sha256Digest::of(&proposal(wrong).bytes));
        assert!(!left_out.reasons.is_empty());
        let mut roles = status.active.components.iter().map(|component| component.role);
        assert!(roles.all(|role| role != ComponentRole::Shadow), "{:?}", status.active.components);
        let policy = running.edition().policy(&"arbetsmarknad".parse().unwrap()).unwrap().identity().sha256;
        assert_eq!(policy, ssbtx_core::Sha256Digest::of(&promise.bytes));
    }
    // A proposal that is right is compared with again.
    setting.repository.replace(&proposal("policy-honest")).unwrap();
    let status = running.moves_on_from(4).await;
    assert!(status.active.left_out.is_empty());
    assert_eq!(status.active.components.last().unwrap().role, ComponentRole::Shadow);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_begins_with_a_set_whose_proposed_policy_is_not_admitted() {
    let setting = Setting::with(&[honest(), vec![proposal("honest")]].concat());
    let running = setting.begin(machine::now).await;
    let status = running.board.status();
    assert_eq!((status.attempts.len(), status.active.left_out.len()), (1, 1));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_left_out_is_still_told_when_more_is_withheld() {
    let mut setting = Setting::with(&[honest(), vec![proposal("honest")]].concat());
    let running = setting.begin(machine::now).await;
    let broken = DemoTarget::new(crate::targets::ADAPTER, guest("undeclared-import"));
    setting.repository.replace_all(&[broken, tightening()]).unwrap();
    let status = running.until("tightened", |status| status.active.in_advance.is_some()).await;
    assert_eq!(status.active.left_out.len(), 1);
    running.stop().await;
}
