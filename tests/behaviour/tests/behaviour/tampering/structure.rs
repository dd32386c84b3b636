//! Who may sign what, though every signature is right.

use std::fs;

use serde_json::{Value, json};
use ssbtx_stage::repository::{DemoTarget, Pins};
use ssbtx_trust::{Delegation, DelegationFault, Mismatch, NotTrusted, StructureFault};

use super::{AF_ADAPTER, Defect, Ground, assert_refused, defects};

defects! {
    "widened-delegation" => a_delegation_with_wider_paths_does_not_widen_what_its_agency_may_sign,
    "shadowed-delegation" => a_delegation_that_covers_the_names_of_another_does_not_make_them_vanish,
    "unknown-delegation" => a_delegation_to_nobody_known_is_refused,
    "repeated-delegation" => a_delegation_that_stands_twice_is_refused,
    "nested-delegation" => an_agency_cannot_delegate_further,
    "delegation-without-metadata" => a_delegation_that_the_snapshot_leaves_out_is_missed,
    "unpinned-metadata" => metadata_that_is_pinned_by_version_only_is_refused,
    "no-consistent-snapshots" => a_repository_without_consistent_snapshots_is_refused,
}

async fn a_delegation_with_wider_paths_does_not_widen_what_its_agency_may_sign(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    delegation(&mut defect, "csn")["paths"] = json!(["adapters/*", "policies/*"]);
    defect.repository.list("csn", &DemoTarget::new("policies/arbetsmarknad/policy.wasm", "open everything")).unwrap();
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::WrongRole { listed_by, expected: Delegation::Governance, .. }) if listed_by == "csn"
    );
}

async fn a_delegation_that_covers_the_names_of_another_does_not_make_them_vanish(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    // It is searched first, has no such component, and ends the search.
    delegation(&mut defect, "governance")["paths"] = json!(["*"]);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Tampered { file, mismatch: Mismatch::NotListed } if file == AF_ADAPTER
    );
}

async fn a_delegation_to_nobody_known_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    add_delegation(&mut defect, "vendor-of-adapters");
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::Delegation { role, fault: DelegationFault::Unknown }) if role == "vendor-of-adapters"
    );
}

async fn a_delegation_that_stands_twice_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    add_delegation(&mut defect, "csn");
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::Delegation { role, fault: DelegationFault::Repeated }) if role == "csn"
    );
}

async fn an_agency_cannot_delegate_further(ground: &mut Ground) {
    let mut defect = ground.defect().await;
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

async fn a_delegation_that_the_snapshot_leaves_out_is_missed(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.withdraw_document("tns");
    assert_refused!(
        defect.refusal_once_published().await,
        // A host that has seen it misses it before it looks at who may sign.
        NotTrusted::Structure(StructureFault::Delegation { fault: DelegationFault::NotServed, .. })
            | NotTrusted::RolledBack { .. }
    );
}

async fn metadata_that_is_pinned_by_version_only_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.pin_by(Pins::VersionOnly);
    assert_refused!(defect.refusal_once_published().await, NotTrusted::Structure(StructureFault::Unpinned { .. }));
}

async fn a_repository_without_consistent_snapshots_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let root = defect.repository.document_mut("root").unwrap();
    root.set("version", 2);
    root.set("consistent_snapshot", false);
    defect.repository.publish().unwrap();
    // It is complete without them: every file is there under its plain name too.
    let metadata = defect.repository.directory().join("metadata");
    for entry in fs::read_dir(&metadata).unwrap() {
        let path = entry.unwrap().path();
        if let Some(plain) = path.file_name().unwrap().to_str().unwrap().strip_prefix("1.") {
            fs::copy(&path, metadata.join(plain)).unwrap();
        }
    }
    assert_refused!(defect.refusal().await, NotTrusted::Structure(StructureFault::NotConsistent));
}

fn delegation<'d>(defect: &'d mut Defect<'_>, role: &str) -> &'d mut Value {
    let roles = delegations(defect);
    roles.iter_mut().find(|entry| entry["name"] == role).unwrap()
}

fn add_delegation(defect: &mut Defect<'_>, role: &str) {
    let mut another = delegation(defect, "csn").clone();
    another["name"] = role.into();
    let metadata = defect.repository.document("csn").unwrap().clone();
    defect.repository.add_document(role, metadata);
    delegations(defect).push(another);
}

fn delegations<'d>(defect: &'d mut Defect<'_>) -> &'d mut Vec<Value> {
    let targets = defect.repository.document_mut("targets").unwrap();
    targets.signed["delegations"]["roles"].as_array_mut().unwrap()
}
