use std::sync::atomic::Ordering;
use std::time::Duration;

use super::*;
use crate::limits::{Limit, Measure, Whose};
use crate::sample::{self, Clerk, Still};

/// Asks the clerk under these limits.
struct Desk {
    clerk: Arc<Clerk>,
    limited: Limited,
    caller: Caller,
}

impl Desk {
    fn new(clerk: Clerk, tables: &str) -> Arc<Self> {
        let clerk = Arc::new(clerk);
        let broker: Arc<dyn Answering> = Arc::<Clerk>::clone(&clerk);
        let limited = Limited::new(broker, Arc::new(Still), CaseRegister::NotKept);
        Arc::new(Self { clerk, limited, caller: sample::caller(tables) })
    }

    async fn ask(&self) -> Result<Answer, NotAnswered> {
        self.limited.ask(&self.caller, asking(), &sample::trace()).await
    }

    async fn ask_progressively(&self) -> Result<Pieces, NotAnswered> {
        self.limited.ask_progressively(&self.caller, asking(), &sample::trace()).await
    }
}

fn asking() -> Asking {
    Asking::alone(Front::JsonV1, sample::question(&sample::question_body("162020000001")))
}

fn limit<T>(answered: Result<T, NotAnswered>) -> Option<Limit> {
    match answered.err()? {
        NotAnswered::Limit(reached) => Some(reached.limit),
        NotAnswered::Gate(_) | NotAnswered::Unanswered(_) => None,
    }
}

const CONCURRENCY: Limit = Limit { whose: Whose::Caseworker, measure: Measure::Concurrency };

#[tokio::test]
async fn a_question_whose_asker_goes_away_keeps_its_place_until_it_ends() {
    let desk = Desk::new(Clerk::waiting(), "[consumer.caseworker-limits]\nconcurrent-questions = 1\n");
    let asking = tokio::spawn({
        let desk = Arc::clone(&desk);
        async move { desk.ask().await.is_ok() }
    });
    while desk.clerk.asked.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    asking.abort();
    assert!(asking.await.unwrap_err().is_cancelled());
    assert_eq!(limit(desk.ask().await), Some(CONCURRENCY));
    desk.clerk.may_answer.add_permits(2);
    // The first ends in its own time, and then there is room.
    while limit(desk.ask().await).is_some() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_question_in_pieces_keeps_its_place_until_it_ends_whoever_listens() {
    let desk = Desk::new(Clerk::lingering(), "[consumer.caseworker-limits]\nconcurrent-questions = 1\n");
    drop(desk.ask_progressively().await.ok().unwrap());
    assert_eq!(limit(desk.ask_progressively().await), Some(CONCURRENCY));
    desk.clerk.places.lock().unwrap().take();
    assert!(desk.ask_progressively().await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn refusals_that_cannot_be_recorded_are_told_of_by_the_next_that_can() {
    let desk = Desk::new(Clerk::new(), "[consumer.limits]\nquestions-per-day = 1\n");
    assert!(desk.ask().await.is_ok());
    desk.clerk.records.store(false, Ordering::SeqCst);
    assert!(matches!(desk.ask().await, Err(NotAnswered::Unanswered(Unanswered::NotRecorded(_)))));
    assert!(limit(desk.ask().await).is_some() && limit(desk.ask().await).is_some());
    desk.clerk.records.store(true, Ordering::SeqCst);
    tokio::time::advance(Duration::from_mins(1)).await;
    assert!(limit(desk.ask().await).is_some());
    let told = RefusedWhy::Limit { limit: "consumer-daily-volume", unrecorded: 3 };
    assert_eq!(*desk.clerk.refused.lock().unwrap(), [told]);
}

#[tokio::test]
async fn a_refused_question_reaches_no_broker() {
    let desk = Desk::new(Clerk::new(), "[consumer.limits]\nquestions-per-day = 1\n");
    assert!(desk.ask().await.is_ok());
    assert!(limit(desk.ask().await).is_some());
    assert!(limit(desk.limited.ping(&desk.caller).await).is_some());
    assert_eq!(desk.clerk.asked.load(Ordering::SeqCst), 1);
    assert!(desk.clerk.pinged_with.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn whoever_waits_as_told_has_an_answer() {
    let desk = Desk::new(Clerk::new(), "[consumer.caseworker-limits]\nquestions-per-minute = 1\nburst = 1\n");
    for _ in 0..3 {
        assert!(desk.ask().await.is_ok());
        let Err(NotAnswered::Limit(reached)) = desk.ask().await else { panic!("expected a refusal") };
        tokio::time::sleep(reached.retry_after).await;
    }
}
