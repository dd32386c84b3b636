use std::collections::BTreeSet;

use ssbtx_core::{AgencyId, Context, Grant, Relation, Standing, Verdict, WithholdReason};
use ssbtx_review::{Decides, Listed, grant_as_text, grants_for, ungranted, widened};

use crate::bench::{Bench, TODAY, wait};
use crate::variant::Variant;

fn grants(policy: &impl Decides, listed: &[Listed], consents: &[&str]) -> Vec<Grant> {
    let consents: BTreeSet<_> = consents.iter().map(|name| name.parse().unwrap()).collect();
    wait(grants_for(policy, listed, &consents, TODAY)).unwrap()
}

fn beyond(policy: &impl Decides, listed: &[Listed], grants: &[Grant]) -> Vec<String> {
    let found = wait(ungranted(policy, listed, grants, TODAY)).unwrap();
    found.into_iter().map(|found| found.element).collect()
}

#[test]
fn with_the_grants_that_a_real_policy_needs_it_opens_nothing_beyond_them() {
    let bench = Bench::get();
    for policy in [&bench.arbetsmarknad, &bench.ekonomiskt_bistand] {
        let grants = grants(policy, &bench.listed, &[]);
        assert_eq!(beyond(policy, &bench.listed, &grants), [] as [String; 0]);
        assert!(grants.iter().all(|grant| Grant::parse(&grant.to_json()).as_ref() == Ok(grant)));
    }
}

#[test]
fn each_agency_grants_its_own_elements_in_whichever_catalogue_they_are() {
    let bench = Bench::get();
    let grants = grants(&bench.ekonomiskt_bistand, &bench.listed, &[]);
    let agencies: Vec<String> = grants.iter().map(|grant| grant.agency().to_string()).collect();
    assert_eq!(agencies, ["AF", "CSN", "FK", "MIV", "PM", "SKV", "SO", "TNS"]);
    let of_pm = grants.iter().find(|grant| grant.agency() == AgencyId::PM).unwrap();
    assert!(of_pm.entries().iter().flat_map(|entry| &entry.elements).all(|element| element.starts_with("FK/")));
}

#[test]
fn every_element_beyond_its_agencys_grant_is_named_once() {
    let bench = Bench::get();
    let listed = bench.arbetsformedlingen();
    let before = grants(&bench.arbetsmarknad, &listed, &[]);
    let wider =
        Variant::changed(
            &bench.arbetsmarknad,
            |_, path, verdict| {
                if path == "Svar/Fornamn" { Verdict::Disclose(0) } else { verdict }
            },
        );
    assert_eq!(beyond(&wider, &listed, &before), ["Svar/Fornamn"]);
    let without = beyond(&bench.arbetsmarknad, &listed, &[]);
    let needed: BTreeSet<&String> = before[0].entries().iter().flat_map(|entry| &entry.elements).collect();
    assert_eq!(without.len(), needed.len(), "without any grant, all that it opens is beyond");
}

#[test]
fn a_policy_that_narrows_needs_no_new_grant() {
    let bench = Bench::get();
    let listed = bench.arbetsformedlingen();
    let narrower = Variant::changed(&bench.arbetsmarknad, |context, _, verdict| {
        if context.protected_identity { Verdict::Withhold(WithholdReason::ProtectedIdentity) } else { verdict }
    });
    let (before, after) = (grants(&bench.arbetsmarknad, &listed, &[]), grants(&narrower, &listed, &[]));
    assert_eq!(beyond(&narrower, &listed, &before), [] as [String; 0]);
    assert_eq!(widened(&after[0], &before[0]), Ok(None));
}

#[test]
fn what_a_grant_adds_is_what_the_one_before_does_not_cover() {
    let bench = Bench::get();
    let listed = bench.arbetsformedlingen();
    let before = &grants(&bench.arbetsmarknad, &listed, &[])[0];
    let wider = Variant::changed(&bench.arbetsmarknad, |context, path, verdict| {
        let opens = path == "Svar/Fornamn" && context.relation == Relation::Subject && !context.protected_identity;
        if opens { Verdict::Disclose(0) } else { verdict }
    });
    let new = widened(&grants(&wider, &listed, &[])[0], before).unwrap().unwrap();
    let [entry] = new.entries() else { panic!("{new:?}") };
    assert_eq!(entry.relations, [Relation::Subject]);
    assert_eq!(entry.protected_identity, [false]);
    assert_eq!(entry.elements, ["AF/Svar/Fornamn".to_owned()].into());
}

#[test]
fn a_basis_that_says_something_else_needs_a_new_grant() {
    let bench = Bench::get();
    let listed = bench.arbetsformedlingen();
    let before = grants(&bench.arbetsmarknad, &listed, &[]);
    let mut altered = Variant::unchanged(&bench.arbetsmarknad);
    altered.bases[0].standing = Standing::InForce { from: TODAY, until: None };
    assert!(!beyond(&altered, &listed, &before).is_empty());
}

#[test]
fn what_takes_a_consent_is_granted_with_that_consent_and_not_without() {
    let bench = Bench::get();
    let listed = bench.arbetsformedlingen();
    let with_consent = Variant::changed(&bench.arbetsmarknad, |context, path, _| {
        let given = context.consents.iter().any(|consent| consent.as_str() == "af-samtycke");
        match path {
            "Svar/Fornamn" if given => Verdict::Disclose(0),
            _ => Verdict::Withhold(WithholdReason::ConsentMissing),
        }
    });
    assert_eq!(grants(&with_consent, &listed, &[]), [], "a component does not tell which consent it asks for");
    let named = grants(&with_consent, &listed, &["af-samtycke", "annat"]);
    let [entry] = named[0].entries() else { panic!("{named:?}") };
    assert_eq!(entry.consents, ["af-samtycke".parse().unwrap()]);
    assert_eq!(beyond(&with_consent, &listed, &named), [] as [String; 0]);
    let context = |consents| Context {
        role: bench.arbetsmarknad.role().clone(),
        purpose: "arendehandlaggning".parse().unwrap(),
        relation: Relation::Subject,
        consents,
        protected_identity: false,
        asked_on: TODAY,
    };
    let basis = &bench.arbetsmarknad.bases()[0];
    let covers = |context| named[0].covers(AgencyId::AF, "Svar/Fornamn", basis, &context);
    assert!(covers(context(vec!["af-samtycke".parse().unwrap()])) && !covers(context(Vec::new())));
}

#[test]
fn a_policy_that_fails_opens_nothing_and_needs_nothing() {
    let bench = Bench::get();
    for guest in ["policy-traps", "policy-miscounts", "policy-loops"] {
        let guest = bench.guest(guest);
        assert_eq!(grants(&guest, &bench.listed, &[]), []);
        assert_eq!(beyond(&guest, &bench.listed, &[]), [] as [String; 0]);
    }
}

#[test]
fn an_agency_reads_what_it_lets_through_in_swedish_with_english_beside() {
    let bench = Bench::get();
    let listed = bench.arbetsformedlingen();
    insta::assert_snapshot!(grant_as_text(&grants(&bench.arbetsmarknad, &listed, &[])[0], &listed));
}
