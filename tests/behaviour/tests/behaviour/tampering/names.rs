//! Who may list which name: one spelling, one role.

use ssbtx_core::AgencyId;
use ssbtx_stage::repository::DemoTarget;
use ssbtx_trust::{Delegation, NotTrusted, StructureFault};

use super::{AF_ADAPTER, AF_GRANT, Defect, Ground, LIFTED, POLICY, SHADOW, TIGHTENING, assert_refused, defects, grant};

defects! {
    "policy-signed-by-an-agency" => a_policy_that_an_agency_lists_is_refused,
    "adapter-signed-by-another-agency" => an_adapter_that_another_agency_lists_is_refused,
    "adapter-listed-twice" => an_adapter_that_its_own_agency_lists_too_is_still_refused_from_another,
    "grant-listed-by-another-agency" => a_grant_that_another_agency_lists_is_refused,
    "grant-listed-by-governance" => a_grant_that_governance_lists_is_refused,
    "policy-listed-by-shadow" => a_policy_that_the_shadow_role_lists_is_refused,
    "shadow-listed-by-an-agency" => a_shadow_that_an_agency_lists_is_refused,
    "tightening-listed-by-an-agency" => what_is_withheld_is_not_an_agencys_to_list,
    "lifted-by-one-person" => one_person_who_lifts_what_was_withheld_is_refused,
    "listed-by-targets" => a_component_that_targets_lists_itself_is_refused,
    "path-tricks" => a_target_name_with_path_tricks_is_refused,
    "grant-path-tricks" => a_grants_name_with_path_tricks_is_refused,
    "shadow-path-tricks" => a_shadows_name_with_path_tricks_is_refused,
    "second-list" => there_is_one_list_of_what_is_withheld_and_one_of_what_is_lifted,
}

async fn a_policy_that_an_agency_lists_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    listed(&mut defect, "af", "policies/arbetsmarknad/policy.wasm");
    refused(defect, "af", Delegation::Governance).await;
}

async fn an_adapter_that_another_agency_lists_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    listed(&mut defect, "csn", "adapters/fk/adapter.wasm");
    refused(defect, "csn", Delegation::Agency(AgencyId::FK)).await;
}

async fn an_adapter_that_its_own_agency_lists_too_is_still_refused_from_another(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    // The name is within the paths of a delegation, so the framework has nothing against it.
    listed(&mut defect, "csn", AF_ADAPTER);
    refused(defect, "csn", Delegation::Agency(AgencyId::AF)).await;
}

async fn a_grant_that_another_agency_lists_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let grant = grant(AgencyId::AF, "arbetsmarknad");
    let target = DemoTarget::new("adapters/af/arbetsmarknad.grant.json", grant);
    defect.repository.list("csn", &target).unwrap();
    refused(defect, "csn", Delegation::Agency(AgencyId::AF)).await;
}

async fn a_grant_that_governance_lists_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    listed(&mut defect, "governance", AF_GRANT);
    refused(defect, "governance", Delegation::Agency(AgencyId::AF)).await;
}

async fn a_policy_that_the_shadow_role_lists_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.repository.list("shadow", &DemoTarget::new(POLICY, "open everything")).unwrap();
    refused(defect, "shadow", Delegation::Governance).await;
}

async fn a_shadow_that_an_agency_lists_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    listed(&mut defect, "af", SHADOW);
    refused(defect, "af", Delegation::Shadow).await;
}

async fn what_is_withheld_is_not_an_agencys_to_list(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    listed(&mut defect, "af", TIGHTENING);
    refused(defect, "af", Delegation::Tightening).await;
}

async fn one_person_who_lifts_what_was_withheld_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    listed(&mut defect, "tightening", LIFTED);
    refused(defect, "tightening", Delegation::Governance).await;
}

async fn a_component_that_targets_lists_itself_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    listed(&mut defect, "targets", POLICY);
    refused(defect, "targets", Delegation::Governance).await;
}

async fn a_target_name_with_path_tricks_is_refused(ground: &mut Ground) {
    let names = [
        "adapters/af/../../policies/arbetsmarknad/policy.wasm",
        "adapters/af/../af/adapter.wasm",
        "adapters/af/./adapter.wasm",
        "adapters//af/adapter.wasm",
        "/adapters/af/adapter.wasm",
        "adapters/af/%2e%2e/adapter.wasm",
        "adapters/%61f/adapter.wasm",
        "adapters%2Faf%2Fadapter.wasm",
        "adapters\\af\\adapter.wasm",
        "adapters/AF/adapter.wasm",
        "adapters/af/x/adapter.wasm",
        "adapters/af/adapter.wasm/",
        "adapters/af/adapter.wasm ",
        "adapters/af/adapter.wasm\0",
        "adapters/af/adapter\u{1b}[2K.wasm",
        "adapters/\u{430}f/adapter.wasm",
        "adapters/af/ad\u{200b}apter.wasm",
        "adapters/\u{ff41}\u{ff46}/adapter.wasm",
        "adapters/shadow/adapter.wasm",
        "../../../etc/passwd",
    ];
    for name in ground.variants(names) {
        refuses_name(ground.defect().await, "af", name).await;
    }
}

async fn a_grants_name_with_path_tricks_is_refused(ground: &mut Ground) {
    let names = [
        "adapters/af/../csn/ekonomiskt-bistand.grant.json",
        "adapters/af/./ekonomiskt-bistand.grant.json",
        "adapters/af//ekonomiskt-bistand.grant.json",
        "adapters/af/../ekonomiskt-bistand.grant.json",
        "adapters/af/ekonomiskt-bistand%2egrant.json",
        "adapters/af/..%2fekonomiskt-bistand.grant.json",
        "adapters/af\\ekonomiskt-bistand.grant.json",
        "adapters/af/ekonomiskt-bistand.grant.json\0.wasm",
        "adapters/af/Ekonomiskt-Bistand.grant.json",
        "adapters/af/ekonomiskt\u{2010}bistand.grant.json",
        "adapters/af/\u{435}konomiskt-bistand.grant.json",
        "adapters/af/.grant.json",
        "adapters/af/ekonomiskt-bistand.grant.json.grant.json",
        "adapters/af/ekonomiskt-bistand.GRANT.json",
    ];
    for name in ground.variants(names) {
        refuses_name(ground.defect().await, "af", name).await;
    }
}

async fn a_shadows_name_with_path_tricks_is_refused(ground: &mut Ground) {
    let names = [
        "shadow/../policies/arbetsmarknad/policy.wasm",
        "shadow/./policy.wasm",
        "shadow//policy.wasm",
        "shadow/arbetsmarknad/../policy.wasm",
        "shadow/%61rbetsmarknad/policy.wasm",
        "shadow\\arbetsmarknad\\policy.wasm",
        "shadow/arbetsmarknad\0/policy.wasm",
        "shadow/\u{430}rbetsmarknad/policy.wasm",
        "shadow/Arbetsmarknad/policy.wasm",
        "Shadow/arbetsmarknad/policy.wasm",
    ];
    for name in ground.variants(names) {
        refuses_name(ground.defect().await, "shadow", name).await;
    }
}

async fn there_is_one_list_of_what_is_withheld_and_one_of_what_is_lifted(ground: &mut Ground) {
    let names = [
        ("tightening", "tightening/withheld-2.json"),
        ("tightening", "tightening/af/withheld.json"),
        ("tightening", "tightening/./withheld.json"),
        ("tightening", "tightening/Withheld.json"),
        ("tightening", "tightening/with\u{ff48}eld.json"),
        ("governance", "policies/lifted-2.json"),
        ("governance", "policies/../policies/lifted.json"),
        ("governance", "policies/lifted.json\0"),
    ];
    for (role, name) in ground.variants(names) {
        refuses_name(ground.defect().await, role, name).await;
    }
}

fn listed(defect: &mut Defect<'_>, role: &str, name: &str) {
    defect.repository.list(role, &DemoTarget::new(name, "another's")).unwrap();
}

async fn refused(mut defect: Defect<'_>, lister: &str, owner: Delegation) {
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::WrongRole { listed_by, expected, .. })
            if listed_by == lister && *expected == owner
    );
}

async fn refuses_name(mut defect: Defect<'_>, role: &str, name: &str) {
    listed(&mut defect, role, name);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Structure(StructureFault::UnknownTarget { listed_by, target })
            if listed_by == role && !target.contains(['\u{1b}', '\0', '\u{200b}'])
    );
}
