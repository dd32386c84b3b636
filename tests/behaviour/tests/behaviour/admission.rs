//! A component whose signature is in order and that is not what it must be does not run, and the refusal names what is wrong with it.

mod written;

use std::path::Path;

use ssbtx_runtime::{InvalidAdapter, InvalidPolicy, NotAdmitted, Stop, StructureFault, WorldFault};

use crate::guests::{ADAPTER, Guests, POLICY, signed};
use written::{
    COMPONENT, CORE_INSTANCE, CORE_MODULE, TYPE, TYPES, component, component_of_module, exporting, exporting_functions,
    exporting_more, importing, module, section,
};

const TRANSLATION: &str = "ssbtx:adapter/translation@1.0.0";
const FUNCTIONS: [&str; 5] = ["describe", "plan", "absorb", "ping-plan", "ping-absorb"];

async fn refused(bytes: Vec<u8>) -> NotAdmitted {
    Guests::new().adapter_of(bytes).await.unwrap_err()
}

async fn world_fault(bytes: Vec<u8>) -> WorldFault {
    match refused(bytes).await {
        NotAdmitted::World(fault) => fault,
        other => panic!("refused for another reason: {other:?}"),
    }
}

async fn structure_fault(bytes: Vec<u8>) -> StructureFault {
    match refused(bytes).await {
        NotAdmitted::Structure(fault) => fault,
        other => panic!("refused for another reason: {other:?}"),
    }
}

#[tokio::test]
async fn an_import_is_refused_by_name() {
    let fault = world_fault(importing("wasi:cli/environment@0.2.0")).await;
    assert_eq!(fault.to_string(), "component imports `wasi:cli/environment@0.2.0`, expected no import");
}

#[tokio::test]
async fn a_guest_that_asks_for_a_clock_is_refused_and_never_runs() {
    let refusal = Guests::new().adapter("undeclared-import").await.unwrap_err();
    assert!(matches!(&refusal, NotAdmitted::World(WorldFault::Import(name)) if name == "now"), "{refusal:?}");
}

#[tokio::test]
async fn an_import_of_types_alone_is_refused_too() {
    assert_eq!(world_fault(importing(TYPES)).await, WorldFault::Import(TYPES.to_owned()));
}

#[tokio::test]
async fn a_component_without_its_world_is_refused() {
    let fault = world_fault(component(&[])).await;
    assert_eq!(fault.to_string(), "component does not export `ssbtx:adapter/translation@1.0.0`");
    assert_eq!(world_fault(exporting(TRANSLATION)).await, WorldFault::MissingExport(TYPES));
}

#[tokio::test]
async fn an_export_outside_the_world_is_refused_by_name() {
    let fault = world_fault(exporting("example:more/interface")).await;
    assert_eq!(fault.to_string(), "component exports `example:more/interface`, which its world does not have");
}

#[tokio::test]
async fn a_policy_signed_as_an_adapter_is_refused() {
    let policy = ssbtx_stage::components::read("guests/policy-honest.wasm");
    assert_eq!(world_fault(policy).await, WorldFault::SurplusExport("ssbtx:policy/field-filter@1.0.0".to_owned()));
}

#[tokio::test]
async fn an_interface_without_one_of_its_functions_is_refused_by_name() {
    let fault = world_fault(exporting_functions(TRANSLATION, &FUNCTIONS[..4], &[])).await;
    assert_eq!(fault.to_string(), "component's `ssbtx:adapter/translation@1.0.0` has no function `ping-absorb`");
}

#[tokio::test]
async fn an_interface_with_more_than_its_functions_is_refused_by_name() {
    let functions = [&FUNCTIONS[..], &["unlock"]].concat();
    let fault = world_fault(exporting_functions(TRANSLATION, &functions, &[])).await;
    assert_eq!(
        fault.to_string(),
        "component's `ssbtx:adapter/translation@1.0.0` has `unlock`, which the world does not have"
    );
    let nested = world_fault(exporting_more(TRANSLATION, "cellar")).await;
    assert_eq!(nested, WorldFault::SurplusItem { interface: TRANSLATION, item: "cellar".to_owned() });
    let in_types = world_fault(exporting_functions(TRANSLATION, &FUNCTIONS, &["unlock"])).await;
    assert_eq!(in_types, WorldFault::SurplusItem { interface: TYPES, item: "unlock".to_owned() });
}

#[tokio::test]
async fn a_function_of_another_type_than_the_contract_is_refused() {
    let fault = world_fault(exporting_functions(TRANSLATION, &FUNCTIONS, &[])).await;
    assert_eq!(fault, WorldFault::Signature { interface: TRANSLATION });
}

#[tokio::test]
async fn what_is_no_component_is_refused() {
    for bytes in [b"not WebAssembly at all".to_vec(), Vec::new(), module(&[])] {
        assert!(matches!(structure_fault(bytes).await, StructureFault::NotAComponent));
    }
}

#[tokio::test]
async fn a_component_that_is_broken_off_is_refused() {
    let mut broken = ssbtx_stage::components::read("guests/honest.wasm");
    broken.truncate(broken.len() / 2);
    assert!(matches!(structure_fault(broken).await, StructureFault::Invalid(_)));
}

#[tokio::test]
async fn a_component_that_is_too_large_is_refused() {
    let custom_section = section(0, &[&[1, b'x'], vec![0; 4 << 20].as_slice()].concat());
    let fault = structure_fault(component(&[custom_section])).await;
    assert_eq!(fault.to_string(), "component is 4194319 bytes, expected at most 4194304");
}

#[tokio::test]
async fn a_component_that_holds_too_much_is_refused_with_what_it_holds() {
    let modules = vec![section(CORE_MODULE, &module(&[])); 9];
    assert_eq!(
        structure_fault(component(&modules)).await.to_string(),
        "component has 9 core modules, expected at most 8"
    );

    let instances: Vec<u8> = [vec![17], [1, 0].repeat(17)].concat();
    let fault = structure_fault(component(&[section(CORE_INSTANCE, &instances)])).await;
    assert_eq!(fault.to_string(), "component has 17 core instances, expected at most 16");

    let nested = (0..4).fold(component(&[]), |inner, _| component(&[section(COMPONENT, &inner)]));
    assert_eq!(structure_fault(nested).await.to_string(), "component has 5 levels of nesting, expected at most 4");
}

#[tokio::test]
async fn a_proposal_that_is_not_accepted_is_refused_by_name() {
    const FUNCTION: [u8; 4] = [1, 0x60, 0, 0];
    let code = |instructions: &[u8]| {
        let body = [&[0], instructions, &[0x0b]].concat();
        let bodies = [&[1, u8::try_from(body.len()).unwrap()], body.as_slice()].concat();
        component_of_module(&[section(1, &FUNCTION), section(3, &[1, 0]), section(10, &bodies)])
    };
    let vector = [&[0xfd, 12], [0; 16].as_slice()].concat();
    let wide = [0x42, 0].repeat(4);
    let proposals = [
        ("threads", component_of_module(&[section(5, &[1, 3, 1, 1])])),
        ("memory64", component_of_module(&[section(5, &[1, 4, 1])])),
        ("multi-memory", component_of_module(&[section(5, &[2, 0, 1, 0, 1])])),
        ("relaxed-simd", code(&[&vector, &vector, [0xfd, 0x80, 2, 0x1a].as_slice()].concat())),
        ("exception-handling", component_of_module(&[section(1, &FUNCTION), section(13, &[1, 0, 0])])),
        ("gc", component_of_module(&[section(1, &[1, 0x5f, 0])])),
        ("function-references", component_of_module(&[section(1, &[2, 0x60, 0, 0, 0x60, 1, 0x63, 0, 0])])),
        ("tail-call", code(&[0x12, 0])),
        ("stack-switching", component_of_module(&[section(1, &[2, 0x60, 0, 0, 0x5d, 0])])),
        ("wide-arithmetic", code(&[&wide, [0xfc, 19, 0x1a, 0x1a].as_slice()].concat())),
        ("custom-page-sizes", component_of_module(&[section(5, &[1, 8, 1, 0])])),
        ("component-model-async", component(&[section(TYPE, &[1, 0x65, 0])])),
        ("component-model-fixed-length-lists", component(&[section(TYPE, &[1, 0x67, 0x7d, 4])])),
        ("component-model-map", component(&[section(TYPE, &[1, 0x63, 0x7d, 0x7d])])),
        ("externref", component_of_module(&[section(4, &[1, 0x6f, 0, 0])])),
    ];
    for (name, bytes) in proposals {
        let fault = structure_fault(bytes).await;
        assert_eq!(
            fault.to_string(),
            format!("component needs the proposal `{name}`, which is not accepted"),
            "{fault:?}"
        );
    }
}

#[tokio::test]
async fn a_component_is_admitted_only_as_what_its_name_says() {
    let guests = Guests::new();
    let adapter = signed(ADAPTER, ssbtx_stage::components::read("guests/honest.wasm")).await;
    let refusal = guests.sandbox().admit_policy(&adapter).await.unwrap_err();
    assert_eq!(refusal.to_string(), "component `adapters/af/adapter.wasm` was offered as a policy");
    let policy = signed(POLICY, ssbtx_stage::components::read("guests/policy-honest.wasm")).await;
    let refusal = guests.sandbox().admit_adapter(&policy).await.unwrap_err();
    assert_eq!(refusal.to_string(), "component `policies/arbetsmarknad/policy.wasm` was offered as an adapter");
}

#[tokio::test]
async fn a_component_that_never_says_what_it_is_is_refused() {
    let guests = Guests::new();
    let adapter = guests.adapter("loops-in-describe").await.unwrap_err();
    assert!(matches!(adapter, NotAdmitted::Describe(Stop::Time)), "{adapter:?}");
    let policy = guests.policy("policy-loops-in-describe").await.unwrap_err();
    assert!(matches!(policy, NotAdmitted::Describe(Stop::Time)), "{policy:?}");
}

#[tokio::test]
async fn an_adapter_speaks_only_for_the_agency_that_signed_it() {
    let refusal = Guests::new().adapter("another-agency").await.unwrap_err();
    assert!(matches!(refusal, NotAdmitted::Adapter(InvalidAdapter::OtherAgency { .. })), "{refusal:?}");
    assert_eq!(refusal.to_string(), "catalogue is of agency `CSN`, component's name says `AF`");
}

#[tokio::test]
async fn a_policy_decides_only_for_the_role_that_it_is_signed_for() {
    let refusal = Guests::new().policy("policy-another-role").await.unwrap_err();
    assert!(matches!(refusal, NotAdmitted::Policy(InvalidPolicy::OtherRole { .. })), "{refusal:?}");
    assert_eq!(refusal.to_string(), "policy is of role `ekonomiskt-bistand`, component's name says `arbetsmarknad`");
}

#[tokio::test]
async fn a_catalogue_that_breaks_a_rule_is_refused() {
    let refusal = Guests::new().adapter("broken-catalogue").await.unwrap_err();
    assert!(matches!(refusal, NotAdmitted::Adapter(InvalidAdapter::Catalogue(_))), "{refusal:?}");
    let reason = std::error::Error::source(&refusal).unwrap().to_string();
    assert_eq!(reason, "element 3 `Datum` has no parent before it");
}

#[tokio::test]
async fn an_upstream_that_is_a_host_is_refused() {
    let refusal = Guests::new().adapter("unusable-upstream").await.unwrap_err();
    assert!(matches!(refusal, NotAdmitted::Adapter(InvalidAdapter::Upstreams(1))), "{refusal:?}");
}

#[test]
fn every_guest_has_a_test() {
    let here = [include_str!("admission.rs"), include_str!("exhaustion.rs"), include_str!("guests.rs")];
    // Those whose effect shows only in an answer are the broker's to try.
    let broker = [
        include_str!("../../../../host/broker/tests/broker/largest.rs"),
        include_str!("../../../../host/broker/tests/broker/refusing.rs"),
    ];
    let tests = [here.concat(), broker.concat()].concat();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../guests");
    for entry in folder.read_dir().unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_harness = ["adapter-harness", "policy-harness"].contains(&name.as_str());
        assert!(is_harness || tests.contains(&format!("\"{name}\"")), "no test lets `{name}` in");
    }
}
