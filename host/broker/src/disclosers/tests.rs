use std::sync::Arc;

use ssbtx_core::{
    AcceptedPending, Bilingual, BrokerFault, CatalogueSource, Dataset, DatasetFailure, Document, Element, ElementId,
    Encoding, Failure, Kind, LegalBasis, Node, Notice, Scope, Standing, Value, ValueType, Verdict, WithholdReason,
};

use super::*;

/// As LEFI's catalogue is built: datasets of Försäkringskassan and of Pensionsmyndigheten under one root.
fn catalogue() -> Arc<Catalogue> {
    let scalar = |name: &str| Element {
        parent: Some(ElementId::ROOT),
        name: name.into(),
        namespace: String::new(),
        kind: Kind::Scalar,
        value_type: ValueType::Text,
        required: false,
        repeats: false,
        scope: Scope::Dataset(name.parse().unwrap()),
        label: text(),
        help: text(),
        marks_protection: false,
    };
    let root = Element {
        parent: None,
        kind: Kind::Object,
        value_type: ValueType::None,
        required: true,
        scope: Scope::Technical,
        ..scalar("svar")
    };
    let dataset =
        |(id, discloser): (&str, AgencyId)| Dataset { id: id.parse().unwrap(), discloser, label: text(), help: text() };
    let source = CatalogueSource {
        agency: AgencyId::FK,
        version: "1.0.0".into(),
        encoding: Encoding::Json,
        elements: [root].into_iter().chain(DATASETS.map(|(id, _)| scalar(id))).collect(),
        datasets: DATASETS.map(dataset).into(),
    };
    Arc::new(Catalogue::parse(source).unwrap())
}

fn text() -> Bilingual {
    Bilingual { sv: "x".into(), en: "x".into() }
}

/// A decision that opens these datasets.
fn opening(open: &[&str]) -> Arc<Decision> {
    let on = "2026-03-01".parse().unwrap();
    let basis = LegalBasis {
        id: "exempel".parse().unwrap(),
        act: "SoL (2025:400)".into(),
        provision: "15 kap. 10 §".into(),
        item: None,
        standing: Standing::InForce { from: on, until: None },
        title: text(),
    };
    let closed = Verdict::Withhold(WithholdReason::NotNeeded);
    let verdict = |(id, _): (&str, AgencyId)| if open.contains(&id) { Verdict::Disclose(0) } else { closed };
    let verdicts: Vec<_> = [Verdict::Disclose(0)].into_iter().chain(DATASETS.map(verdict)).collect();
    Arc::new(Decision::new(&catalogue(), &verdicts, &[basis], &AcceptedPending::default(), on).unwrap())
}

/// An answer without these datasets, which the base service could not give.
fn answered_without(decision: &Arc<Decision>, failed: &[&str]) -> Outcome {
    let root = Node { element: ElementId::ROOT, depth: 0, value: Value::Structure };
    let failure = |id: &&str| DatasetFailure {
        dataset: id.parse().unwrap(),
        reason: Notice::parse("OTILLGANGLIG", "Pensionsmyndigheten svarade inte.").unwrap(),
    };
    Outcome::Answered {
        document: Document::new(Arc::clone(decision.mask().catalogue()), vec![root], 0).unwrap(),
        failures: failed.iter().map(failure).collect(),
        decision: Arc::clone(decision),
    }
}

fn states(decision: &Arc<Decision>, outcome: &Outcome) -> Vec<(AgencyId, State)> {
    let disclosers = disclosers(AgencyId::FK, Some(decision.mask().catalogue()), Some(decision), outcome);
    disclosers.into_iter().map(|discloser| (discloser.agency, discloser.state)).collect()
}

const DATASETS: [(&str, AgencyId); 4] = [
    ("fk-sjukpenning", AgencyId::FK),
    ("fk-barnbidrag", AgencyId::FK),
    ("pm-alderspension", AgencyId::PM),
    ("pm-bostadstillagg", AgencyId::PM),
];
const ALL: [&str; 4] = ["fk-sjukpenning", "fk-barnbidrag", "pm-alderspension", "pm-bostadstillagg"];

#[test]
fn both_have_answered_where_nothing_is_missing() {
    let decision = opening(&ALL);
    let both = [(AgencyId::FK, State::Answered), (AgencyId::PM, State::Answered)];
    assert_eq!(states(&decision, &answered_without(&decision, &[])), both);
}

#[test]
fn pensionsmyndigheten_has_failed_where_all_that_is_wanted_of_it_is_missing() {
    let decision = opening(&ALL);
    let failed = [(AgencyId::FK, State::Answered), (AgencyId::PM, State::Failed)];
    assert_eq!(states(&decision, &answered_without(&decision, &["pm-alderspension", "pm-bostadstillagg"])), failed);
    let one_is_wanted = opening(&["fk-barnbidrag", "pm-alderspension"]);
    assert_eq!(states(&one_is_wanted, &answered_without(&one_is_wanted, &["pm-alderspension"])), failed);
}

#[test]
fn an_agency_that_gave_something_has_answered() {
    let decision = opening(&ALL);
    let both = [(AgencyId::FK, State::Answered), (AgencyId::PM, State::Answered)];
    assert_eq!(states(&decision, &answered_without(&decision, &["pm-alderspension", "fk-barnbidrag"])), both);
}

#[test]
fn an_agency_of_which_the_role_may_see_nothing_is_not_permitted_whatever_the_other_says() {
    let decision = opening(&["fk-barnbidrag"]);
    for outcome in [answered_without(&decision, &[]), Outcome::TimedOut] {
        let state = outcome.state();
        let expected = [(AgencyId::FK, state), (AgencyId::PM, State::NotPermitted)];
        assert_eq!(states(&decision, &outcome), expected);
    }
}

#[test]
fn both_have_failed_where_the_base_service_has() {
    let decision = opening(&ALL);
    let outcome = Outcome::Failed(Failure::Broker(BrokerFault::Unreachable));
    assert_eq!(states(&decision, &outcome), [(AgencyId::FK, State::Failed), (AgencyId::PM, State::Failed)]);
}

#[test]
fn both_are_named_where_no_adapter_is_loaded() {
    let named = disclosers(AgencyId::FK, None, None, &Outcome::NotAsked);
    let named: Vec<_> = named.into_iter().map(|discloser| (discloser.agency, discloser.state)).collect();
    assert_eq!(named, [(AgencyId::FK, State::NotAsked), (AgencyId::PM, State::NotAsked)]);
}
