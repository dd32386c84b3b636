use ssbtx_core::{
    AcceptedPending, Bilingual, Catalogue, CatalogueSource, Dataset, Document, Element, ElementId, Encoding, Kind,
    LegalBasis, Node, Notice, Scope, Standing, State, Value, ValueType, Verdict, WithholdReason,
};

use super::*;

fn open_or_closed(opens: bool) -> Arc<Decision> {
    let text = || Bilingual { sv: "x".into(), en: "x".into() };
    let dataset = || "inskrivning".parse().unwrap();
    let element = |parent, kind, value_type, scope| Element {
        parent,
        name: "x".into(),
        namespace: String::new(),
        kind,
        value_type,
        required: parent.is_none(),
        repeats: false,
        scope,
        label: text(),
        help: text(),
        marks_protection: false,
    };
    let source = CatalogueSource {
        agency: AgencyId::AF,
        version: "1.0.0".into(),
        encoding: Encoding::Xml,
        elements: vec![
            element(None, Kind::Object, ValueType::None, Scope::Technical),
            element(Some(ElementId::ROOT), Kind::Scalar, ValueType::Text, Scope::Dataset(dataset())),
        ],
        datasets: vec![Dataset { id: dataset(), discloser: AgencyId::AF, label: text(), help: text() }],
    };
    let catalogue = Arc::new(Catalogue::parse(source).unwrap());
    let on = "2026-03-01".parse().unwrap();
    let basis = LegalBasis {
        id: "exempel".parse().unwrap(),
        act: "SoL (2025:400)".into(),
        provision: "15 kap. 11 §".into(),
        item: None,
        standing: Standing::InForce { from: on, until: None },
        title: text(),
    };
    let verdict = if opens { Verdict::Disclose(0) } else { Verdict::Withhold(WithholdReason::ProtectedIdentity) };
    Arc::new(Decision::new(&catalogue, &[verdict; 2], &[basis], &AcceptedPending::default(), on).unwrap())
}

fn decided(if_protected: Result<bool, BrokerFault>) -> Decided {
    Decided { decision: open_or_closed(true), if_protected: if_protected.map(open_or_closed) }
}

fn document() -> Document {
    let catalogue = Arc::clone(open_or_closed(true).mask().catalogue());
    let node = |element, depth, value| Node { element: ElementId(element), depth, value };
    Document::new(catalogue, vec![node(0, 0, Value::Structure), node(1, 1, Value::Text("x".into()))], 0).unwrap()
}

fn asked(decided: Decided, collected: Collected) -> Asked {
    Asked::Called(decided, Called { collected, was_sent: true })
}

fn answered() -> Collected {
    Collected::Answered { document: document(), failures: Vec::new() }
}

fn failed() -> Collected {
    Collected::Failed(Failure::BaseService(Notice::parse("17", "Stängd").unwrap()))
}

/// State, code and whether it counts as asked, of a part of a person whose identity is protected.
fn protected(asked: Asked) -> (State, Option<String>, bool) {
    let asked = asked.protect();
    let was_asked = asked.was_asked();
    let part = part(asked, true);
    let code = match &part.outcome {
        Outcome::Failed(failure) => Some(failure.code().to_owned()),
        _ => None,
    };
    (part.outcome.state(), code, was_asked)
}

fn part(asked: Asked, protected: bool) -> AgencyPart {
    compose(Gathered { agency: AgencyId::AF, adapter: None, asked, elapsed: Duration::ZERO }, protected)
}

const UNDECIDED: Result<bool, BrokerFault> = Err(BrokerFault::PolicyFailed);

#[test]
fn an_answer_is_held_to_what_is_decided_for_a_protected_identity() {
    assert_eq!(protected(asked(decided(Ok(true)), answered())), (State::Answered, None, true));
    assert_eq!(protected(asked(decided(Ok(false)), answered())), (State::NotPermitted, None, true));
}

#[test]
fn that_nothing_was_found_is_not_told_to_a_role_that_may_see_nothing_of_a_protected_identity() {
    let nothing = || Collected::NothingFound { document: None, reason: None };
    assert_eq!(protected(asked(decided(Ok(true)), nothing())), (State::NothingFound, None, true));
    assert_eq!(protected(asked(decided(Ok(false)), nothing())), (State::NotPermitted, None, true));
}

#[test]
fn data_without_a_decision_for_a_protected_identity_is_not_disclosed() {
    assert_eq!(protected(asked(decided(UNDECIDED), answered())), (State::Failed, Some("SSBT-110".into()), true));
}

#[test]
fn a_part_without_data_keeps_its_state_whatever_is_decided() {
    for if_protected in [Ok(true), Ok(false), UNDECIDED] {
        assert_eq!(protected(asked(decided(if_protected), failed())), (State::Failed, Some("17".into()), true));
        assert_eq!(protected(asked(decided(if_protected), Collected::TimedOut)), (State::TimedOut, None, true));
        assert_eq!(protected(Asked::NotIncluded), (State::NotAsked, None, false));
    }
}

#[test]
fn a_part_that_was_not_permitted_stays_so_and_was_not_asked() {
    for if_protected in [Ok(true), Ok(false), UNDECIDED] {
        let decided = Decided { decision: open_or_closed(false), ..decided(if_protected) };
        assert_eq!(protected(Asked::NotPermitted(decided)), (State::NotPermitted, None, false));
    }
}

#[test]
fn a_part_names_the_mask_that_it_was_held_to_whatever_came_of_it() {
    let of = |opens| Some(open_or_closed(opens).mask().digest());
    for collected in
        [answered, failed, || Collected::TimedOut, || Collected::NothingFound { document: None, reason: None }]
    {
        assert_eq!(part(asked(decided(Ok(false)), collected()), false).mask, of(true));
        assert_eq!(part(asked(decided(Ok(false)), collected()).protect(), true).mask, of(false));
        assert_eq!(part(asked(decided(UNDECIDED), collected()).protect(), true).mask, None);
    }
    let closed = |if_protected| Decided { decision: open_or_closed(false), ..decided(if_protected) };
    assert_eq!(part(Asked::NotPermitted(closed(Ok(true))), false).mask, of(false));
    assert_eq!(part(Asked::NotPermitted(closed(Ok(false))).protect(), true).mask, of(false));
}

#[test]
fn a_part_that_nothing_was_decided_for_names_no_mask() {
    assert_eq!(part(Asked::NotIncluded, false).mask, None);
    assert_eq!(part(Asked::Impossible(BrokerFault::PolicyFailed), false).mask, None);
}

#[test]
fn a_part_that_was_closed_before_more_could_be_seen_of_it_names_no_mask() {
    // It stays not permitted, and no decision for a protected identity says so.
    for if_protected in [Ok(true), UNDECIDED] {
        let closed = Decided { decision: open_or_closed(false), ..decided(if_protected) };
        assert_eq!(part(Asked::NotPermitted(closed).protect(), true).mask, None);
    }
}
