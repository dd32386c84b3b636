use super::*;
use crate::consumers::{Caller, Consumers};
use crate::sample::{self, certificate};

/// The consumer of this certificate, with this table `[consumer.aktorsid]`, beside one that has registered `other-1`.
fn caller(aktorsid: &str) -> Caller {
    let (certificate, other) = (certificate(Some("162020000001")), certificate(Some("162020000003")));
    let digest = ssbtx_core::Sha256Digest::of;
    let consumers = Consumers::parse(&format!(
        r#"
        [[consumer]]
        name = "nämnden"
        organisation-number = "162020000001"
        acts-for = ["162020000003"]
        aktorsid = {{ {aktorsid} }}
        [[consumer.certificate]]
        fingerprint = "{}"
        role = "ekonomiskt-bistand"
        [[consumer]]
        name = "den andra nämnden"
        organisation-number = "162020000003"
        aktorsid = {{ 162020000003 = "other-1" }}
        [[consumer.certificate]]
        fingerprint = "{}"
        role = "ekonomiskt-bistand"
        "#,
        digest(&certificate),
        digest(&other),
    ));
    consumers.unwrap().identify(&certificate).unwrap()
}

fn question(organisation: &str, parameters: &[(&'static str, &str)]) -> Question {
    let mut question = sample::question(&sample::question_body(organisation));
    let fk = question.include.get_mut(&AgencyId::FK).unwrap();
    fk.parameters = parameters.iter().map(|(name, value)| Parameter { name, value: (*value).to_owned() }).collect();
    question
}

/// What Försäkringskassan's adapter is given; nothing where the question is refused.
fn given(caller: &Caller, organisation: &str, parameters: &[(&'static str, &str)]) -> Option<String> {
    let question = caller.authorise(question(organisation, parameters)).ok()?;
    let given = question.include[&AgencyId::FK].parameters.iter();
    Some(given.map(|parameter| format!("{}={}", parameter.name, parameter.value)).collect::<Vec<_>>().join(" "))
}

#[test]
fn a_registered_name_is_added_where_the_question_has_none() {
    let caller = caller(r#"162020000001 = "exempel-1""#);
    assert_eq!(given(&caller, "162020000001", &[]).as_deref(), Some("aktorsid=exempel-1"));
    let rest = [("version", "9"), ("aktorsid", " ")];
    assert_eq!(given(&caller, "162020000001", &rest).as_deref(), Some("version=9 aktorsid=exempel-1"));
}

#[test]
fn a_question_may_name_the_registered_name_and_no_other() {
    let caller = caller(r#"162020000001 = "exempel-1""#);
    assert_eq!(given(&caller, "162020000001", &[("aktorsid", "exempel-1")]).as_deref(), Some("aktorsid=exempel-1"));
    for other in ["other-1", "nobodys", "EXEMPEL-1", "exempel-1/../other-1"] {
        assert_eq!(given(&caller, "162020000001", &[("aktorsid", other)]).as_deref(), None, "{other}");
    }
}

#[test]
fn the_name_follows_the_organisation_that_asks() {
    let caller = caller(r#"162020000001 = "exempel-1", 162020000003 = "other-1""#);
    assert_eq!(given(&caller, "162020000003", &[]).as_deref(), Some("aktorsid=other-1"));
    assert_eq!(given(&caller, "162020000003", &[("aktorsid", "exempel-1")]).as_deref(), None);
}

#[test]
fn a_name_that_nobody_registered_passes() {
    let caller = caller("");
    assert_eq!(given(&caller, "162020000001", &[("aktorsid", "nobodys")]).as_deref(), Some("aktorsid=nobodys"));
    assert_eq!(given(&caller, "162020000001", &[]).as_deref(), Some(""));
}

#[test]
fn a_name_that_another_organisation_registered_does_not_pass() {
    let caller = caller("");
    assert_eq!(given(&caller, "162020000001", &[("aktorsid", "other-1")]).as_deref(), None);
    assert_eq!(given(&caller, "162020000001", &[("aktorsid", " other-1\n")]).as_deref(), None);
    // The consumer that acts for the other organisation may name it.
    assert_eq!(given(&caller, "162020000003", &[("aktorsid", "other-1")]).as_deref(), Some("aktorsid=other-1"));
}

#[test]
fn a_question_without_forsakringskassan_is_given_no_name() {
    let caller = caller(r#"162020000001 = "exempel-1""#);
    let mut question = question("162020000001", &[]);
    question.include.remove(&AgencyId::FK);
    assert!(!caller.authorise(question).unwrap().include.contains_key(&AgencyId::FK));
}

#[test]
fn a_ping_names_the_consumer_or_the_first_that_it_acts_for() {
    let named = |aktorsid: &str| {
        let parameters = caller(aktorsid).parameters();
        parameters.get(&AgencyId::FK).map(|named| named[0].value.clone())
    };
    let own_first = r#"162020000003 = "other-1", 162020000001 = "exempel-1""#;
    assert_eq!(named(own_first).as_deref(), Some("exempel-1"));
    assert_eq!(named(r#"162020000003 = "other-1""#).as_deref(), Some("other-1"));
    assert_eq!(named(""), None);
}

#[test]
fn ok_aktorsid() {
    for text in ["9255f428-0000-4000-8000-000000000000", "a", "A.b_c~d", "...", &"x".repeat(128)] {
        assert!(text.parse::<AktorsId>().is_ok(), "{text}");
    }
}

#[test]
fn err_aktorsid() {
    for text in ["", ".", "..", "a/b", "a b", "å", "a%20", &"x".repeat(129)] {
        assert_eq!(text.parse::<AktorsId>(), Err(InvalidAktorsId), "{text}");
    }
}
