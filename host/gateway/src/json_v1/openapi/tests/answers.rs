//! What is answered is described as it is written.

use std::sync::Arc;

use ssbtx_core::{
    AgencyId, Answer, BrokerFault, CorrelationId, DatasetFailure, Document, Failure, Notice, Outcome, Reason,
    WithholdReason,
};

use super::super::words::REASONS;
use super::*;
use crate::sample;

/// An answer in which every state is, with all that a part of that state may have.
fn with_every_state() -> Answer {
    let known = sample::document(AgencyId::MIV, sample::MIV, &[]);
    let catalogue = Arc::clone(known.catalogue());
    let decision = |withheld: &str| sample::decision(&catalogue, withheld);
    let document = Document::new(Arc::clone(&catalogue), known.nodes().to_vec(), 3).unwrap();
    let notice = || Notice::parse("502", "Tekniskt fel.").unwrap();
    let failures = vec![DatasetFailure { dataset: "all".parse().unwrap(), reason: notice() }];
    let mut answer = sample::answer(vec![
        (AgencyId::AF, Outcome::NothingFound { document: Some(known.clone()), reason: Some(notice()) }),
        (AgencyId::CSN, Outcome::Failed(Failure::Broker(BrokerFault::Unreachable))),
        (AgencyId::FK, Outcome::Failed(Failure::BaseService(notice()))),
        (AgencyId::SKV, Outcome::TimedOut),
        (AgencyId::SO, Outcome::NotPermitted { decision: sample::tightened(&catalogue, "2026-11-22-miv") }),
        (AgencyId::MIV, Outcome::Answered { document, failures, decision: decision("beslutsKod") }),
    ]);
    answer.correlation_id = Some(CorrelationId::parse("abc").unwrap());
    answer
}

#[test]
fn answers_in_all_six_states_are_as_described() {
    let description = description();
    let validator = validator(&description, &json!({ "$ref": "#/components/schemas/Answer" }));
    let answer = serde_json::to_value(AnswerBody::of(&with_every_state())).unwrap();
    assert_valid(&validator, &answer, "answer");
    let states: BTreeSet<_> =
        answer["parts"].as_array().unwrap().iter().map(|part| part["state"].as_str().unwrap()).collect();
    assert_eq!(states.len(), 6, "{states:?}");
    assert_valid(
        &validator,
        &serde_json::to_value(AnswerBody::of(&sample::answer(Vec::new()))).unwrap(),
        "nobody asked",
    );
}

#[test]
fn an_answer_that_has_more_or_less_than_described_would_be_noticed() {
    let description = description();
    let validator = validator(&description, &json!({ "$ref": "#/components/schemas/Answer" }));
    let answer = serde_json::to_value(AnswerBody::of(&with_every_state())).unwrap();
    for (place, key) in [("", "extra"), ("/parts/6", "extra"), ("/parts/6/withheld/0", "extra"), ("/edition", "extra")]
    {
        let mut more = answer.clone();
        more.pointer_mut(place).unwrap()[key] = json!(1);
        assert!(!validator.is_valid(&more), "{place} has more");
    }
    for (place, key) in [("", "role"), ("/parts/6", "state"), ("/parts/6/withheld/0", "reason")] {
        let mut less = answer.clone();
        less.pointer_mut(place).unwrap().as_object_mut().unwrap().remove(key).unwrap();
        assert!(!validator.is_valid(&less), "{place} has less");
    }
}

#[test]
fn every_reason_to_withhold_is_described() {
    let basis = || "basis".parse().unwrap();
    let reasons = [
        Reason::Policy(WithholdReason::NoLegalBasis),
        Reason::Policy(WithholdReason::NotNeeded),
        Reason::Policy(WithholdReason::ProtectedIdentity),
        Reason::Policy(WithholdReason::ConsentMissing),
        Reason::Policy(WithholdReason::WrongRelation),
        Reason::BasisPending(basis()),
        Reason::BasisNotInForce(basis()),
        Reason::BasisUnknown,
        Reason::AgencyVeto,
        Reason::Tightened("2026-11-22-miv".parse().unwrap()),
        Reason::DependsOnWithheld,
    ];
    assert_eq!(reasons.each_ref().map(Reason::label), REASONS);
}
