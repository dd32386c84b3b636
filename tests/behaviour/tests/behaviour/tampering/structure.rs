//! Who may sign what, though every signature is right.

use std::fs;

use serde_json::{Value, json};
use ssbtx_core::AgencyId;
use ssbtx_stage::repository::{DemoTarget, Pins};
use ssbtx_trust::{Delegation, DelegationFault, Mismatch, NotTrusted, StructureFault};

use super::{AF_ADAPTER, Defect, POLICY, assert_refused};

#[tokio::test]
async fn a_policy_that_an_agency_lists_is_refused() {
    let mut defect = Defect::named("policy-signed-by-an-agency").await;
    defect.repository.list("af", &DemoTarget::new("policies/arbetsmarknad/policy.wasm", "open everything")).unwrap();
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::WrongRole { listed_by, expected: Delegation::Governance, .. }) if listed_by == "af"
    );
}

#[tokio::test]
async fn an_adapter_that_another_agency_lists_is_refused() {
    let mut defect = Defect::named("adapter-signed-by-another-agency").await;
    defect.repository.list("csn", &DemoTarget::new("adapters/fk/adapter.wasm", "another's")).unwrap();
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::WrongRole { listed_by, expected, .. })
            if listed_by == "csn" && *expected == Delegation::Agency(AgencyId::FK)
    );
}

#[tokio::test]
async fn an_adapter_that_its_own_agency_lists_too_is_still_refused_from_another() {
    let mut defect = Defect::named("adapter-listed-twice").await;
    // The name is within the paths of a delegation, so the framework has nothing against it.
    defect.repository.list("csn", &DemoTarget::new(AF_ADAPTER, "another's")).unwrap();
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::WrongRole { listed_by, .. }) if listed_by == "csn"
    );
}

#[tokio::test]
async fn a_delegation_with_wider_paths_does_not_widen_what_its_agency_may_sign() {
    let mut defect = Defect::named("widened-delegation").await;
    delegation(&mut defect, "csn")["paths"] = json!(["adapters/*", "policies/*"]);
    defect.repository.list("csn", &DemoTarget::new("policies/arbetsmarknad/policy.wasm", "open everything")).unwrap();
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::WrongRole { listed_by, expected: Delegation::Governance, .. }) if listed_by == "csn"
    );
}

#[tokio::test]
async fn a_delegation_that_covers_the_names_of_another_does_not_make_them_vanish() {
    let mut defect = Defect::named("shadowed-delegation").await;
    // It is searched first, has no such component, and ends the search.
    delegation(&mut defect, "governance")["paths"] = json!(["*"]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Tampered { file, mismatch: Mismatch::NotListed } if file == AF_ADAPTER
    );
}

#[tokio::test]
async fn a_component_that_targets_lists_itself_is_refused() {
    let mut defect = Defect::named("listed-by-targets").await;
    defect.repository.list("targets", &DemoTarget::new(POLICY, "open everything")).unwrap();
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::WrongRole { listed_by, .. }) if listed_by == "targets"
    );
}

#[tokio::test]
async fn a_target_name_with_path_tricks_is_refused() {
    for name in [
        "adapters/af/../../policies/arbetsmarknad/policy.wasm",
        "adapters/af/../af/adapter.wasm",
        "adapters/af/./adapter.wasm",
        "adapters//af/adapter.wasm",
        "/adapters/af/adapter.wasm",
        "adapters/af/%2e%2e/adapter.wasm",
        "adapters/AF/adapter.wasm",
        "adapters/af/x/adapter.wasm",
        "adapters/af/adapter\u{1b}[2K.wasm",
        "../../../etc/passwd",
    ] {
        let mut defect = Defect::named("path-tricks").await;
        defect.repository.list("af", &DemoTarget::new(name, "elsewhere")).unwrap();
        assert_refused!(
            defect.refusal_once_published().await,
            NotTrusted::Structure(StructureFault::UnknownTarget { listed_by, target })
                if listed_by == "af" && !target.contains('\u{1b}')
        );
    }
}

#[tokio::test]
async fn a_delegation_to_nobody_known_is_refused() {
    let mut defect = Defect::named("unknown-delegation").await;
    add_delegation(&mut defect, "vendor-of-adapters");
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::Delegation { role, fault: DelegationFault::Unknown }) if role == "vendor-of-adapters"
    );
}

#[tokio::test]
async fn a_delegation_that_stands_twice_is_refused() {
    let mut defect = Defect::named("repeated-delegation").await;
    add_delegation(&mut defect, "csn");
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::Delegation { role, fault: DelegationFault::Repeated }) if role == "csn"
    );
}

#[tokio::test]
async fn an_agency_cannot_delegate_further() {
    let mut defect = Defect::named("nested-delegation").await;
    let mut inner = delegation(&mut defect, "csn").clone();
    inner["name"] = "vendor".into();
    let keys = defect.repository.document("targets").unwrap().signed["delegations"]["keys"].clone();
    let metadata = defect.repository.document("csn").unwrap().clone();
    defect.repository.add_document("vendor", metadata);
    defect.repository.document_mut("af").unwrap().set("delegations", json!({ "keys": keys, "roles": [inner] }));
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::Delegation { role, fault: DelegationFault::Nested }) if role == "af"
    );
}

#[tokio::test]
async fn a_delegation_that_the_snapshot_leaves_out_is_missed() {
    let mut defect = Defect::named("delegation-without-metadata").await;
    defect.repository.withdraw_document("tns");
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::Delegation { fault: DelegationFault::NotServed, .. })
    );
}

#[tokio::test]
async fn metadata_that_is_pinned_by_version_only_is_refused() {
    let mut defect = Defect::named("unpinned-metadata").await;
    defect.repository.pin_by(Pins::VersionOnly);
    assert_refused!(defect.refusal_once_published().await, NotTrusted::Structure(StructureFault::Unpinned { .. }));
}

#[tokio::test]
async fn a_repository_without_consistent_snapshots_is_refused() {
    let mut defect = Defect::named("no-consistent-snapshots").await;
    let root = defect.repository.document_mut("root").unwrap();
    root.set("version", 2);
    root.set("consistent_snapshot", false);
    defect.repository.publish().unwrap();
    // It is complete without them: every file is there under its plain name too.
    let metadata = defect.settings.directory.join("metadata");
    for entry in fs::read_dir(&metadata).unwrap() {
        let path = entry.unwrap().path();
        if let Some(plain) = path.file_name().unwrap().to_str().unwrap().strip_prefix("1.") {
            fs::copy(&path, metadata.join(plain)).unwrap();
        }
    }
    assert_refused!(defect.refusal().await, NotTrusted::Structure(StructureFault::NotConsistent));
}

fn delegation<'d>(defect: &'d mut Defect, role: &str) -> &'d mut Value {
    let roles = delegations(defect);
    roles.iter_mut().find(|entry| entry["name"] == role).unwrap()
}

fn add_delegation(defect: &mut Defect, role: &str) {
    let mut another = delegation(defect, "csn").clone();
    another["name"] = role.into();
    let metadata = defect.repository.document("csn").unwrap().clone();
    defect.repository.add_document(role, metadata);
    delegations(defect).push(another);
}

fn delegations(defect: &mut Defect) -> &mut Vec<Value> {
    let targets = defect.repository.document_mut("targets").unwrap();
    targets.signed["delegations"]["roles"].as_array_mut().unwrap()
}
