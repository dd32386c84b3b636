use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use ssbtx_audit::RefusedWhy;
use ssbtx_broker::Unanswered;
use ssbtx_core::{Answer, Front, IdentityCheck, OrganisationNumber, PersonId};
use ssbtx_open_cases::{CaseKey, CaseLimits, SqliteStore};
use uuid::Uuid;

use super::*;
use crate::answering::Answering;
use crate::limited::{Asking, Limited, NotAnswered};
use crate::outside::Outside as _;
use crate::sample::{self, Clerk, Still};

const PERSON: &str = "197701172392";
const OTHER: &str = "197701182383";

/// A consumer that is held to its open cases, and whom it asks.
struct Desk {
    clerk: Arc<Clerk>,
    limited: Limited,
    caller: Caller,
    cases: OpenCases,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn new(mode: &str, clerk: Clerk) -> Self {
        Self::with(mode, clerk, "")
    }

    fn with(mode: &str, clerk: Clerk, tables: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = || CaseKey::from_bytes([7; 32]);
        let store = SqliteStore::open(&folder.path().join("cases"), &key()).unwrap();
        let cases = OpenCases::new(key(), Arc::new(store), CaseLimits::default());
        let clerk = Arc::new(clerk);
        let broker: Arc<dyn Answering> = Arc::<Clerk>::clone(&clerk);
        let limited = Limited::new(broker, Arc::new(Still), CaseRegister::Kept(cases.clone()));
        Self { clerk, limited, caller: sample::held_caller(mode, tables), cases, _folder: folder }
    }

    async fn register(&self, person: &str, relation: Relation) {
        let organisation: OrganisationNumber = "162020000001".parse().unwrap();
        let case = ssbtx_core::CaseId::parse("2026-0017").unwrap();
        let of = CaseOf { consumer: self.caller.name(), organisation: &organisation, case: &case };
        let person = PersonId::parse(person, IdentityCheck::DateAndCheckDigit).unwrap();
        let until = Still.now() + Duration::from_hours(24);
        self.cases.register(of, &[(person, relation)], until, Still.now()).await.unwrap();
    }

    async fn ask(&self, asking: Asking) -> Result<Answer, NotAnswered> {
        self.limited.ask(&self.caller, asking, &sample::trace()).await
    }

    /// What the broker was told, if it was asked.
    fn told(&self) -> Option<OpenCase> {
        if self.clerk.asked.load(Ordering::SeqCst) == 0 {
            return None;
        }
        self.clerk.last.lock().unwrap().as_ref().map(|(asker, _)| asker.open_case)
    }
}

fn asking() -> Asking {
    Asking::alone(Front::JsonV1, sample::question(&sample::question_body("162020000001")))
}

#[tokio::test]
async fn a_person_in_an_open_case_is_asked_about() {
    for mode in ["warn", "enforce"] {
        let desk = Desk::new(mode, Clerk::new());
        desk.register(PERSON, Relation::Subject).await;
        assert!(desk.ask(asking()).await.is_ok());
        assert_eq!(desk.told(), Some(OpenCase::Inside));
        assert!(desk.clerk.refused.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_question_outside_of_open_cases_is_recorded_and_asks_nobody() {
    let desk = Desk::new("enforce", Clerk::new());
    desk.register(OTHER, Relation::Subject).await;
    let refused = desk.ask(asking()).await;
    assert!(matches!(refused, Err(NotAnswered::Gate(NotPassed::CaseNotOpen))));
    assert_eq!(desk.told(), None);
    assert_eq!(*desk.clerk.refused.lock().unwrap(), [RefusedWhy::CaseNotOpen]);
    let figures = desk.cases.figures();
    assert_eq!(figures[0].results, [(GateResult::Inside, 0), (GateResult::Outside, 0), (GateResult::Refused, 1)]);
}

#[tokio::test]
async fn a_refusal_that_cannot_be_recorded_is_not_told() {
    let desk = Desk::new("enforce", Clerk::forgetful());
    let refused = desk.ask(asking()).await;
    assert!(matches!(refused, Err(NotAnswered::Unanswered(Unanswered::NotRecorded(_)))));
}

#[tokio::test]
async fn with_a_warning_the_broker_is_asked_and_told() {
    let desk = Desk::new("warn", Clerk::new());
    assert!(desk.ask(asking()).await.is_ok());
    assert_eq!(desk.told(), Some(OpenCase::Outside));
    assert!(desk.clerk.refused.lock().unwrap().is_empty());
}

#[tokio::test]
async fn nobody_looks_where_the_gate_is_off() {
    let desk = Desk::new("off", Clerk::new());
    assert!(desk.ask(asking()).await.is_ok());
    assert_eq!(desk.told(), Some(OpenCase::NotChecked));
    assert!(desk.cases.figures().is_empty());
}

#[tokio::test]
async fn a_household_claims_no_other_relation_than_was_registered() {
    let desk = Desk::new("enforce", Clerk::new());
    desk.register(PERSON, Relation::HouseholdChild).await;
    let of_household = |relation| Asking { relation, household: Some(Uuid::nil()), ..asking() };
    let refused = desk.ask(of_household(Relation::Subject)).await;
    assert!(matches!(refused, Err(NotAnswered::Gate(NotPassed::CaseNotOpen))));
    assert!(desk.ask(of_household(Relation::HouseholdChild)).await.is_ok());
}

#[tokio::test]
async fn a_question_about_one_person_is_asked_in_the_relation_that_was_registered() {
    for (mode, asked_as) in [
        ("enforce", Relation::HouseholdChild),
        // Whoever is not held to its open cases says with such a question that the case is about the person.
        ("warn", Relation::Subject),
        ("off", Relation::Subject),
    ] {
        let desk = Desk::new(mode, Clerk::new());
        desk.register(PERSON, Relation::HouseholdChild).await;
        assert!(desk.ask(asking()).await.is_ok());
        let told = desk.clerk.last.lock().unwrap().as_ref().map(|(asker, _)| asker.relation);
        assert_eq!(told, Some(asked_as), "{mode}");
    }
}

#[tokio::test]
async fn where_nobody_can_tell_whoever_is_held_to_open_cases_gets_no_answer() {
    for (mode, told) in [("enforce", None), ("warn", Some(OpenCase::NotChecked)), ("off", Some(OpenCase::NotChecked))] {
        let desk = Desk::new(mode, Clerk::new());
        let broker: Arc<dyn Answering> = Arc::<Clerk>::clone(&desk.clerk);
        let desk = Desk { limited: Limited::new(broker, Arc::new(Still), CaseRegister::NotKept), ..desk };
        let answered = desk.ask(asking()).await;
        assert_eq!(matches!(answered, Err(NotAnswered::Gate(NotPassed::Unreadable))), told.is_none(), "{mode}");
        assert_eq!(desk.told(), told);
    }
}

#[tokio::test]
async fn a_question_that_is_refused_for_a_limit_is_recorded_once_a_minute() {
    let desk = Desk::with("off", Clerk::new(), "[consumer.limits]\nquestions-per-day = 1\n");
    assert!(desk.ask(asking()).await.is_ok());
    for _ in 0..3 {
        assert!(matches!(desk.ask(asking()).await, Err(NotAnswered::Limit(_))));
    }
    let limit = RefusedWhy::Limit { limit: "consumer-daily-volume", unrecorded: 0 };
    assert_eq!(*desk.clerk.refused.lock().unwrap(), [limit]);
}

#[tokio::test]
async fn the_gate_is_asked_only_within_the_limits() {
    let desk = Desk::with("enforce", Clerk::new(), "[consumer.limits]\nquestions-per-day = 1\n");
    assert!(matches!(desk.ask(asking()).await, Err(NotAnswered::Gate(_))));
    assert!(matches!(desk.ask(asking()).await, Err(NotAnswered::Limit(_))));
}
