use std::time::Duration;

use ssbtx_core::{
    AcceptedPending, Bilingual, BrokerFault, Catalogue, CatalogueSource, Dataset, Document, Element, ElementId,
    Encoding, Failure, Kind, LegalBasis, Node, Outcome, Scope, Standing, State, Value, ValueType, Verdict,
    WithholdReason,
};

use super::*;
use crate::agency_call::{Called, Collected};
use crate::composition::{Asked, Decided};

/// A document with a mark of protection and a name.
fn catalogue() -> Arc<Catalogue> {
    let text = || Bilingual { sv: "x".into(), en: "x".into() };
    let dataset = || "inskrivning".parse().unwrap();
    let element = |name: &str, kind, value_type, scope, marks_protection| Element {
        parent: (kind == Kind::Scalar).then_some(ElementId::ROOT),
        name: name.into(),
        namespace: String::new(),
        kind,
        value_type,
        required: false,
        repeats: false,
        scope,
        label: text(),
        help: text(),
        marks_protection,
    };
    let source = CatalogueSource {
        agency: AgencyId::AF,
        version: "1.0.0".into(),
        encoding: Encoding::Xml,
        elements: vec![
            Element { required: true, ..element("svar", Kind::Object, ValueType::None, Scope::Technical, false) },
            element("skyddad", Kind::Scalar, ValueType::Boolean, Scope::Dataset(dataset()), true),
            element("namn", Kind::Scalar, ValueType::Text, Scope::Dataset(dataset()), false),
        ],
        datasets: vec![Dataset { id: dataset(), discloser: AgencyId::AF, label: text(), help: text() }],
    };
    Arc::new(Catalogue::parse(source).unwrap())
}

/// A decision on the mark and on the name.
fn decision(verdicts: [Verdict; 2]) -> Arc<Decision> {
    let on = "2026-03-01".parse().unwrap();
    let basis = LegalBasis {
        id: "exempel".parse().unwrap(),
        act: "SoL (2025:400)".into(),
        provision: "15 kap. 11 §".into(),
        item: None,
        standing: Standing::InForce { from: on, until: None },
        title: Bilingual { sv: "x".into(), en: "x".into() },
    };
    let verdicts = [[Verdict::Disclose(0)].as_slice(), &verdicts].concat();
    Arc::new(Decision::new(&catalogue(), &verdicts, &[basis], &AcceptedPending::default(), on).unwrap())
}

/// What is decided of a base service, if the person's identity is not protected, and if it is.
#[derive(Clone, Copy)]
enum Held {
    /// All of it, whatever comes to light.
    Open,
    /// The name is closed where the identity is protected.
    Protects,
    /// The name is closed in both cases, for other reasons.
    SaysWhy,
    /// Nobody knows what is closed where the identity is protected.
    Undecided,
}

const OPEN: Verdict = Verdict::Disclose(0);
const PROTECTED: Verdict = Verdict::Withhold(WithholdReason::ProtectedIdentity);
const NOT_NEEDED: Verdict = Verdict::Withhold(WithholdReason::NotNeeded);

impl Held {
    fn decided(self) -> Decided {
        let (name, name_if_protected) = match self {
            Self::Open => (OPEN, Ok(OPEN)),
            Self::Protects => (OPEN, Ok(PROTECTED)),
            Self::SaysWhy => (NOT_NEEDED, Ok(PROTECTED)),
            Self::Undecided => (OPEN, Err(BrokerFault::PolicyFailed)),
        };
        Decided { decision: decision([OPEN, name]), if_protected: name_if_protected.map(|name| decision([OPEN, name])) }
    }
}

fn gathered(agency: AgencyId, held: Held, collected: Collected) -> Gathered {
    let asked = Asked::Called(held.decided(), Called { collected, was_sent: true });
    Gathered { agency, adapter: None, asked, elapsed: Duration::ZERO }
}

fn answered(is_protected: bool) -> Collected {
    let node = |element, depth, value| Node { element: ElementId(element), depth, value };
    let nodes = vec![
        node(0, 0, Value::Structure),
        node(1, 1, Value::Text(is_protected.to_string())),
        node(2, 1, Value::Text("Åsa".into())),
    ];
    Collected::Answered { document: Document::new(catalogue(), nodes, 0).unwrap(), failures: Vec::new() }
}

/// Of each part its agency, and whether the name is in it.
fn shown(released: &[Released]) -> Vec<(AgencyId, State, bool)> {
    let names = |outcome: &Outcome| match outcome {
        Outcome::Answered { document, .. } => document.nodes().iter().any(|node| node.element == ElementId(2)),
        _ => false,
    };
    released.iter().map(|one| (one.part.agency, one.part.outcome.state(), names(&one.part.outcome))).collect()
}

fn awaiting(marking: &[AgencyId]) -> Releasing {
    Releasing::awaiting(marking.iter().copied().collect())
}

const AF: AgencyId = AgencyId::AF;
const CSN: AgencyId = AgencyId::CSN;
const MIV: AgencyId = AgencyId::MIV;
const NOTHING: [(AgencyId, State, bool); 0] = [];

#[test]
fn a_part_that_protection_changes_nothing_of_leaves_when_it_comes() {
    let mut releasing = awaiting(&[AF, CSN]);
    assert_eq!(shown(&releasing.take(gathered(MIV, Held::Open, answered(false)))), [(MIV, State::Answered, true)]);
    assert_eq!(shown(&releasing.take(gathered(AF, Held::Open, answered(true)))), [(AF, State::Answered, true)]);
}

#[test]
fn a_part_that_protection_closes_something_of_waits_for_all_that_may_mark_it() {
    for is_protected in [false, true] {
        let mut releasing = awaiting(&[AF, CSN]);
        assert_eq!(shown(&releasing.take(gathered(MIV, Held::Protects, answered(false)))), NOTHING);
        assert_eq!(shown(&releasing.take(gathered(AF, Held::Protects, answered(is_protected)))), NOTHING);
        let all = releasing.take(gathered(CSN, Held::Protects, answered(false)));
        let expected = [CSN, MIV, AF].map(|agency| (agency, State::Answered, !is_protected));
        assert_eq!((shown(&all), releasing.is_protected()), (expected.to_vec(), is_protected));
    }
}

#[test]
fn an_agency_that_fails_or_is_late_is_not_waited_for() {
    let failed = || Collected::Failed(Failure::Broker(BrokerFault::Unreachable));
    for (collected, state) in [(failed(), State::Failed), (Collected::TimedOut, State::TimedOut)] {
        let mut releasing = awaiting(&[AF]);
        assert_eq!(shown(&releasing.take(gathered(MIV, Held::Protects, answered(false)))), NOTHING);
        let all = releasing.take(gathered(AF, Held::Open, collected));
        assert_eq!(shown(&all), [(AF, state, false), (MIV, State::Answered, true)]);
    }
}

#[test]
fn a_part_of_which_protection_changes_only_what_is_said_waits_too() {
    let mut releasing = awaiting(&[AF]);
    assert_eq!(shown(&releasing.take(gathered(MIV, Held::SaysWhy, answered(false)))), NOTHING);
    assert_eq!(shown(&releasing.take(gathered(CSN, Held::Undecided, Collected::TimedOut))), NOTHING);
    assert_eq!(releasing.take(gathered(AF, Held::Open, answered(false))).len(), 3);
}

#[test]
fn what_nobody_decided_on_is_not_told_of_a_protected_identity() {
    let mut releasing = awaiting(&[AF]);
    assert_eq!(shown(&releasing.take(gathered(MIV, Held::Undecided, answered(false)))), NOTHING);
    let all = releasing.take(gathered(AF, Held::Open, answered(true)));
    assert_eq!(shown(&all), [(AF, State::Answered, true), (MIV, State::Failed, false)]);
}

#[test]
fn where_nobody_marks_protection_every_part_leaves_when_it_comes() {
    let mut releasing = awaiting(&[]);
    for held in [Held::Protects, Held::SaysWhy, Held::Undecided] {
        assert_eq!(releasing.take(gathered(MIV, held, answered(false))).len(), 1);
    }
}
