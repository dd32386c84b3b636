//! What has expired is used for the time of grace, and then no question is answered until a valid set comes.

use jiff::{SignedDuration, Timestamp};
use ssbtx_broker::{Closed, Unanswered};
use ssbtx_rollout::{Outcome, TrustState};
use ssbtx_stage::repository::{DemoTarget, FAR_AWAY};

use crate::clock::clock;
use crate::stage::{GRACE, Running, Setting};
use crate::targets::{ADAPTER, guest, policy_that_promises, tightening};

/// A repository whose timestamp expires in an hour.
fn expiring_in_an_hour() -> Setting {
    let mut setting = Setting::new();
    let expires = Timestamp::now() + SignedDuration::from_hours(1);
    let expires = Timestamp::from_second(expires.as_second()).unwrap();
    setting.repository.document_mut("timestamp").unwrap().set("expires", expires.to_string());
    setting.repository.publish_next(&["timestamp"]).unwrap();
    setting
}

async fn is_answered(running: &Running) -> bool {
    match running.ask().await {
        Ok(_) => true,
        Err(Unanswered::Closed(Closed::TrustExpired)) => false,
        Err(other) => panic!("{other}"),
    }
}

const AN_HOUR: SignedDuration = SignedDuration::from_hours(1);

fn grace() -> SignedDuration {
    SignedDuration::try_from(GRACE).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_expired_set_answers_for_its_grace_then_closes_and_a_renewed_one_opens() {
    clock!(clock);
    let mut setting = expiring_in_an_hour();
    let running = setting.begin(clock::now).await;
    assert!(is_answered(&running).await);

    clock::set_ahead(AN_HOUR);
    running.until("expired", |status| status.trust.state == TrustState::Expired).await;
    assert!(is_answered(&running).await, "it is used for its grace");

    clock::set_ahead(AN_HOUR + grace());
    running.until("closed", |status| status.trust.state == TrustState::Closed).await;
    assert!(!is_answered(&running).await);

    setting.repository.document_mut("timestamp").unwrap().set("expires", FAR_AWAY);
    setting.repository.renew_timestamp().unwrap();
    let status = running.until("open again", |status| status.trust.state == TrustState::Valid).await;
    assert_eq!(status.attempts[0].outcome, Outcome::Renewed);
    assert!(is_answered(&running).await);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_host_is_opened_by_another_set_too() {
    clock!(clock);
    let mut setting = expiring_in_an_hour();
    let running = setting.begin(clock::now).await;
    clock::set_ahead(AN_HOUR + grace());
    running.until("closed", |status| status.trust.state == TrustState::Closed).await;

    setting.repository.document_mut("timestamp").unwrap().set("expires", FAR_AWAY);
    setting.repository.replace(&policy_that_promises("something new")).unwrap();
    let status = running.until("open again", |status| status.trust.state == TrustState::Valid).await;
    assert_eq!(status.attempts[0].outcome, Outcome::Active);
    assert!(is_answered(&running).await);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_set_that_has_expired_at_the_source_does_not_open_a_closed_host() {
    clock!(clock);
    let mut setting = expiring_in_an_hour();
    let running = setting.begin(clock::now).await;
    clock::set_ahead(AN_HOUR + grace());
    running.until("closed", |status| status.trust.state == TrustState::Closed).await;
    // Valid by the machine's clock, and expired by the host's.
    setting.repository.renew_timestamp().unwrap();
    let (_, reason) = running.refused().await;
    assert!(reason.contains("expired"), "{reason}");
    assert!(!is_answered(&running).await);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_that_starts_on_an_expired_copy_alarms_at_once_and_closes_on_time() {
    clock!(clock);
    let setting = expiring_in_an_hour();
    setting.begin(clock::now).await.stop().await;
    let hidden = setting.hide_repository();

    clock::set_ahead(AN_HOUR + SignedDuration::from_mins(1));
    let running = setting.begin(clock::now).await;
    assert_eq!(running.board.status().trust.state, TrustState::Expired);
    assert!(is_answered(&running).await);
    clock::set_ahead(AN_HOUR + grace());
    running.until("closed", |status| status.trust.state == TrustState::Closed).await;
    assert!(!is_answered(&running).await);
    running.stop().await;

    let Err(refused) = setting.try_begin(clock::now).await else { panic!("it began on what is out of its grace") };
    assert!(refused.to_string().contains("the last good copy: "), "{refused}");
    setting.show_repository(&hidden);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_host_is_not_opened_by_the_tightening_of_a_refused_set_and_opens_with_it() {
    clock!(clock);
    let mut setting = expiring_in_an_hour();
    let running = setting.begin(clock::now).await;
    clock::set_ahead(AN_HOUR + grace());
    running.until("closed", |status| status.trust.state == TrustState::Closed).await;

    setting.repository.document_mut("timestamp").unwrap().set("expires", FAR_AWAY);
    let broken = DemoTarget::new(ADAPTER, guest("undeclared-import"));
    setting.repository.replace_all(&[broken, tightening()]).unwrap();
    running.until("tightened", |status| status.active.in_advance.is_some()).await;
    running.looks(3).await;
    assert!(!is_answered(&running).await);
    // As when the machine's clock is set right: what was held opens, and what is held is the tightened edition.
    clock::set_ahead(SignedDuration::ZERO);
    running.until("open again", |status| status.trust.state == TrustState::Valid).await;
    assert!(is_answered(&running).await);
    assert_eq!(running.edition().withholding().in_force().count(), 2);
    running.stop().await;
}
