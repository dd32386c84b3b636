use std::sync::Arc;

use jiff::civil::Date;

use super::*;
use ssbtx_core::{
    Bilingual, Catalogue, CatalogueSource, Dataset, Decision, Element, ElementId, Encoding, Kind, LegalBasis, Node,
    Notice, Scope, Standing, Value, ValueType, Verdict, WithholdReason,
};

#[test]
fn an_answered_part_is_counted_in_values_and_closed_elements() {
    let decision = Arc::new(decision());
    let document = decision.mask().project(document()).unwrap();
    let record = of(Outcome::Answered { document, failures: Vec::new(), decision });
    assert_eq!((record.state, record.disclosed, record.withheld, record.unknown), (State::Answered, 2, 1, 4));
}

#[test]
fn values_are_counted_for_each_agency_whose_data_they_are() {
    let decision = Arc::new(decision());
    let document = decision.mask().project(document()).unwrap();
    let mut nodes = document.nodes().to_vec();
    nodes.push(Node { element: ElementId(4), depth: 1, value: Value::Text("x".into()) });
    let document = Document::new(catalogue(), nodes, 0).unwrap();
    let disclosers = [(AgencyId::AF, State::Answered), (AgencyId::PM, State::Answered), (AgencyId::FK, State::Failed)]
        .map(|(agency, state)| ssbtx_core::Discloser { agency, state });
    let outcome = Outcome::Answered { document, failures: Vec::new(), decision };
    let record = of_disclosers(outcome, disclosers.into());
    let counted = |record: &DiscloserRecord| (record.agency, record.state, record.disclosed);
    assert_eq!(record.disclosed, 3);
    assert_eq!(
        record.disclosers.iter().map(counted).collect::<Vec<_>>(),
        [(AgencyId::AF, State::Answered, 2), (AgencyId::PM, State::Answered, 1), (AgencyId::FK, State::Failed, 0)]
    );
}

#[test]
fn a_part_that_is_not_permitted_counts_closed_elements_alone() {
    let record = of(Outcome::NotPermitted { decision: Arc::new(decision()) });
    assert_eq!((record.state, record.disclosed, record.withheld, record.unknown), (State::NotPermitted, 0, 1, 0));
}

#[test]
fn a_document_that_says_that_nothing_was_found_is_counted() {
    let record = of(Outcome::NothingFound { document: Some(document()), reason: None });
    assert_eq!((record.state, record.disclosed, record.withheld, record.unknown), (State::NothingFound, 3, 0, 4));
}

#[test]
fn a_failed_part_keeps_its_code_and_not_its_message() {
    let notice = Notice::parse("9071003", "Uppgift saknas").unwrap();
    let record = of(Outcome::Failed(Failure::BaseService(notice)));
    let failure = record.failure.unwrap();
    assert_eq!((record.state, failure.source(), failure.code()), (State::Failed, "BT", "9071003"));
}

#[test]
fn a_part_without_a_document_counts_nothing() {
    for outcome in [Outcome::NotAsked, Outcome::TimedOut] {
        let record = of(outcome);
        assert_eq!((record.disclosed, record.withheld, record.unknown, record.failure), (0, 0, 0, None));
    }
}

fn of(outcome: Outcome) -> AgencyRecord {
    of_disclosers(outcome, Vec::new())
}

fn of_disclosers(outcome: Outcome, disclosers: Vec<ssbtx_core::Discloser>) -> AgencyRecord {
    let part =
        AgencyPart { agency: AgencyId::AF, outcome, disclosers, adapter: None, mask: None, elapsed: Duration::ZERO };
    AgencyRecord::of(&part, true)
}

/// A root with a technical status, an open element that repeats, a closed one, and an open one of another agency's data.
fn catalogue() -> Arc<Catalogue> {
    let text = || Bilingual { sv: "x".into(), en: "x".into() };
    let [dataset, other] = ["inskrivning", "pension"].map(|id| id.parse::<ssbtx_core::DatasetId>().unwrap());
    let element = |name: &str, scope| Element {
        parent: Some(ElementId::ROOT),
        name: name.into(),
        namespace: String::new(),
        kind: Kind::Scalar,
        value_type: ValueType::Text,
        required: false,
        repeats: true,
        scope,
        label: text(),
        help: text(),
        marks_protection: false,
    };
    let root = Element {
        parent: None,
        kind: Kind::Object,
        value_type: ValueType::None,
        required: true,
        repeats: false,
        ..element("Svar", Scope::Technical)
    };
    let elements = vec![
        root,
        element("Status", Scope::Technical),
        element("Open", Scope::Dataset(dataset.clone())),
        element("Closed", Scope::Dataset(dataset.clone())),
        element("Other", Scope::Dataset(other.clone())),
    ];
    let datasets = [(dataset, AgencyId::AF), (other, AgencyId::PM)]
        .map(|(id, discloser)| Dataset { id, discloser, label: text(), help: text() })
        .into();
    let source =
        CatalogueSource { agency: AgencyId::AF, version: "1.0.0".into(), encoding: Encoding::Xml, elements, datasets };
    Arc::new(Catalogue::parse(source).unwrap())
}

fn decision() -> Decision {
    let withhold = Verdict::Withhold(WithholdReason::NotNeeded);
    let basis = LegalBasis {
        id: "sfs-2008-975-5-1".parse().unwrap(),
        act: "SoL (2025:400)".into(),
        provision: "15 kap. 11 §".into(),
        item: None,
        standing: Standing::InForce { from: Date::constant(2025, 7, 1), until: None },
        title: Bilingual { sv: "x".into(), en: "x".into() },
    };
    let verdicts = [withhold, withhold, Verdict::Disclose(0), withhold, Verdict::Disclose(0)];
    let accepted = ssbtx_core::AcceptedPending::default();
    Decision::new(&catalogue(), &verdicts, &[basis], &accepted, Date::constant(2026, 1, 1)).unwrap()
}

/// A status, two open values and a closed one, and four elements that the catalogue does not list.
fn document() -> Document {
    let node = |element, depth, value| Node { element: ElementId(element), depth, value };
    let text = || Value::Text("x".into());
    let nodes = vec![
        node(0, 0, Value::Structure),
        node(1, 1, text()),
        node(2, 1, text()),
        node(2, 1, text()),
        node(3, 1, text()),
    ];
    Document::new(catalogue(), nodes, 4).unwrap()
}
