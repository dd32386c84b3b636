//! An agency signs and publishes its own adapter.

use std::fs;

use ssbtx_stage::components;
use ssbtx_stage::repository::{DemoRepository, DemoTarget};

use crate::desk::Desk;

#[test]
fn an_adapter_is_signed_under_the_agency_that_it_says_it_is_of() {
    let desk = Desk::founded();
    let adapter = components::path("adapters/af/adapter.wasm");
    let sign = |change: &str, key: &str, adapter: &str| {
        format!(
            "adapter sign {adapter} --repository repository --out {change} --key {key}.key --passphrase-file passphrase"
        )
    };
    desk.refused(&sign("by-anna", "anna", adapter.to_str().unwrap()), "is not one of role `af`");
    assert!(!desk.path("by-anna").exists(), "what was not signed is not in the way of whoever signs it");
    desk.refused(
        &sign("csn", "anders", components::path("adapters/csn/adapter.wasm").to_str().unwrap()),
        "there is no role `csn` in the repository",
    );
    fs::write(desk.path("nothing.wasm"), "nothing").unwrap();
    desk.refused(&sign("nothing", "anders", "nothing.wasm"), "admit the adapter");
    let told = desk.done(&sign("adapter", "anders", adapter.to_str().unwrap()));
    assert!(told.contains("signed af as Anders Förmedlare"), "{told}");
    desk.done(&Desk::publishing("adapter", "adapter"));
    let status = desk.json("repo status repository");
    assert_eq!(status["targets"][0]["name"], "adapters/af/adapter.wasm");
    let verified = desk.json("verify repository --root root.json --signatures-only");
    assert_eq!(verified["components"][0]["sha256"], status["targets"][0]["sha256"]);

    let target = desk
        .path("repository/targets")
        .join(format!("{}.adapters/af/adapter.wasm", status["targets"][0]["sha256"].as_str().unwrap()));
    fs::write(target, "something else").unwrap();
    desk.refused("verify repository --root root.json", "is not what was signed");
}

#[test]
fn a_repository_is_verified_as_a_host_examines_it() {
    let desk = Desk::new();
    let targets = ["adapters/af/adapter.wasm", "policies/ekonomiskt-bistand/policy.wasm"]
        .map(|target| DemoTarget::new(target, components::read(target)));
    let grants = ssbtx_stage::grants::for_targets(&targets).unwrap();
    let verify = "verify trust/repository --root trust/root.json";
    DemoRepository::create(&desk.path("trust"), &[&targets[..], &grants].concat()).unwrap();
    assert!(desk.done(verify).contains("policies/ekonomiskt-bistand/policy.wasm"));
    // The same without what Arbetsförmedlingen grants.
    DemoRepository::create(&desk.path("trust"), &targets).unwrap();
    desk.refused(verify, "examine the set");
    desk.done(&format!("{verify} --signatures-only"));
}

#[test]
fn a_change_is_not_published_if_a_host_would_refuse_what_comes_of_it() {
    let desk = Desk::founded();
    let policy = components::path("policies/ekonomiskt-bistand/policy.wasm");
    let adapter = components::path("adapters/af/adapter.wasm");
    desk.done(&format!(
        "adapter sign {} --repository repository --out adapter --key anders.key --passphrase-file passphrase",
        adapter.display()
    ));
    desk.done(&Desk::publishing("adapter", "adapter"));
    // Reviewed and signed by governance, but Arbetsförmedlingen has granted nothing.
    desk.done(&format!(
        "policy propose {} --repository repository --role ekonomiskt-bistand --out policy",
        policy.display()
    ));
    fs::remove_file(desk.path("policy/metadata/af.json")).unwrap();
    fs::remove_dir_all(desk.path("policy/targets/adapters")).unwrap();
    desk.signed("policy", &["anna", "asa"]);
    desk.refused(&Desk::publishing("repo", "policy"), "examine the set");
    assert_eq!(desk.json("repo status repository")["targets"].as_array().unwrap().len(), 1);
    desk.done(&format!("{} --signatures-only", Desk::publishing("repo", "policy")));
    desk.refused("verify repository --root root.json", "examine the set");
}
