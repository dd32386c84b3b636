//! What the tests publish: guests, which compile in a moment.

use ssbtx_self_test::Cases;
use ssbtx_stage::components;
use ssbtx_stage::repository::DemoTarget;

pub(crate) const ADAPTER: &str = "adapters/af/adapter.wasm";
pub(crate) const POLICY: &str = "policies/arbetsmarknad/policy.wasm";
pub(crate) const GRANT: &str = "adapters/af/arbetsmarknad.grant.json";

pub(crate) fn guest(name: &str) -> Vec<u8> {
    components::read(&format!("guests/{name}.wasm"))
}

/// An adapter and a policy that do everything right, and what the agency grants.
pub(crate) fn honest() -> Vec<DemoTarget> {
    let components = vec![DemoTarget::new(ADAPTER, guest("honest")), DemoTarget::new(POLICY, guest("policy-honest"))];
    let grants = ssbtx_stage::grants::for_targets(&components).unwrap();
    assert_eq!(grants.len(), 1);
    [components, grants].concat()
}

/// The honest policy with a case that holds, whose promise makes other bytes of it.
pub(crate) fn policy_that_promises(promise: &str) -> DemoTarget {
    policy_with_case(promise, r#"{"disclose":"exempel"}"#)
}

/// The honest policy with a case that it does not keep.
pub(crate) fn policy_that_breaks_its_word() -> DemoTarget {
    policy_with_case("nothing is shown", r#"{"withhold":"no-legal-basis"}"#)
}

fn policy_with_case(promise: &str, expected: &str) -> DemoTarget {
    let cases = format!(
        r#"{{"kind":"ssbtx-cases","version":1,"policy":[{{"promise":"{promise}","agency":"AF","purpose":"arendehandlaggning","relation":"subject","consents":[],
            "protectedIdentity":false,"askedOn":"2026-01-01","elements":["Uppgift"],"expected":{expected}}}]}}"#
    );
    let cases = Cases::parse(cases.as_bytes()).unwrap();
    DemoTarget::new(POLICY, ssbtx_cases::with_cases(&guest("policy-honest"), &cases).unwrap())
}

/// A list that withholds all of Arbetsförmedlingen's, and something that there is not.
pub(crate) fn tightening() -> DemoTarget {
    withholding(&[("2026-11-22-af", r#"{"agency":"AF"}"#), ("2026-11-22-csn", r#"{"agency":"CSN"}"#)])
}

/// A list of ids, and what each of them withholds.
pub(crate) fn withholding(entries: &[(&str, &str)]) -> DemoTarget {
    let entry = |(id, what): &(&str, &str)| {
        format!(
            r#"{{"id":"{id}","since":"2026-11-22","reason":{{"sv":"Fel i svaren.","en":"Faulty answers."}},"what":{what}}}"#
        )
    };
    let entries: Vec<String> = entries.iter().map(entry).collect();
    let list = format!(r#"{{"kind":"ssbtx-tightening","version":1,"withheld":[{}]}}"#, entries.join(","));
    DemoTarget::new("tightening/withheld.json", list)
}

/// A list of ids that are lifted.
pub(crate) fn lifting(ids: &[&str]) -> DemoTarget {
    let ids: Vec<String> = ids.iter().map(|id| format!(r#""{id}""#)).collect();
    let list = format!(r#"{{"kind":"ssbtx-lifted","version":1,"lifted":[{}]}}"#, ids.join(","));
    DemoTarget::new("policies/lifted.json", list)
}
