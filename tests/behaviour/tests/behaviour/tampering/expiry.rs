//! Nothing is taken after its time. There is no switch.

use jiff::{SignedDuration, Timestamp};
use ssbtx_stage::repository::EXPIRED;
use ssbtx_trust::NotTrusted;

use super::{Defect, Ground, assert_refused, defects};

defects! {
    "expired-timestamp" => an_expired_timestamp_is_refused,
    "expired-snapshot" => an_expired_snapshot_is_refused,
    "expired-targets" => expired_targets_are_refused,
    "expired-delegation" => an_expired_delegation_is_refused_by_its_name,
    "expired-tightening" => an_expired_list_of_what_is_withheld_is_refused,
    "expired-root" => an_expired_root_is_refused,
    "frozen" => a_repository_that_somebody_holds_still_is_refused_when_its_timestamp_expires,
}

async fn an_expired_timestamp_is_refused(ground: &mut Ground) {
    refuses_expired("timestamp", ground.defect().await).await;
}

async fn an_expired_snapshot_is_refused(ground: &mut Ground) {
    refuses_expired("snapshot", ground.defect().await).await;
}

async fn expired_targets_are_refused(ground: &mut Ground) {
    refuses_expired("targets", ground.defect().await).await;
}

async fn an_expired_delegation_is_refused_by_its_name(ground: &mut Ground) {
    refuses_expired("governance", ground.defect().await).await;
}

async fn an_expired_list_of_what_is_withheld_is_refused(ground: &mut Ground) {
    refuses_expired("tightening", ground.defect().await).await;
}

async fn an_expired_root_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    // The trusted root may be old, since newer ones follow; the last of them may not.
    defect.repository.document_mut("root").unwrap().set("version", 2);
    refuses_expired("root", defect).await;
}

async fn a_repository_that_somebody_holds_still_is_refused_when_its_timestamp_expires(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    // What everybody else signed is good for years; only the timestamp says that nothing newer is kept back.
    let soon = Timestamp::now() + SignedDuration::from_hours(1);
    defect
        .repository
        .document_mut("timestamp")
        .unwrap()
        .set("expires", soon.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    defect.repository.renew_timestamp().unwrap();
    defect.trusted().await;
    defect.settings.now = || Timestamp::now() + SignedDuration::from_hours(2);
    assert_refused!(defect.refusal().await, NotTrusted::Expired { role, .. } if role == "timestamp");
}

async fn refuses_expired(expired: &str, mut defect: Defect<'_>) {
    defect.repository.document_mut(expired).unwrap().set("expires", EXPIRED);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Expired { role, at } if role == expired && at.to_string() == EXPIRED
    );
}
