//! Nothing is taken after its time. There is no switch.

use ssbtx_stage::repository::EXPIRED;
use ssbtx_trust::{Memory, NotTrusted};
use tempfile::TempDir;

use super::{Defect, assert_refused};

#[tokio::test]
async fn an_expired_timestamp_is_refused() {
    refuses_expired("timestamp", Defect::named("expired-timestamp").await).await;
}

#[tokio::test]
async fn an_expired_snapshot_is_refused() {
    refuses_expired("snapshot", Defect::named("expired-snapshot").await).await;
}

#[tokio::test]
async fn expired_targets_are_refused() {
    refuses_expired("targets", Defect::named("expired-targets").await).await;
}

#[tokio::test]
async fn an_expired_delegation_is_refused_by_its_name() {
    refuses_expired("governance", Defect::named("expired-delegation").await).await;
}

#[tokio::test]
async fn an_expired_root_is_refused() {
    let mut defect = Defect::named("expired-root").await;
    // The trusted root may be old, since newer ones follow; the last of them may not.
    defect.repository.document_mut("root").unwrap().set("version", 2);
    refuses_expired("root", defect).await;
}

#[tokio::test]
async fn a_repository_older_than_one_seen_before_is_refused_by_a_host_that_remembers() {
    let mut defect = Defect::named("rolled-back").await;
    let memory = TempDir::new().unwrap();
    defect.settings.memory = Memory::Directory(memory.path().to_owned());
    let older = defect.repository.document("timestamp").unwrap().clone();
    defect.repository.document_mut("timestamp").unwrap().set("version", 2);
    defect.repository.publish().unwrap();
    ssbtx_trust::load(&defect.settings).await.unwrap();
    defect.repository.add_document("timestamp", older);
    assert_refused!(defect.refusal_once_published().await, NotTrusted::RolledBack { .. });
}

async fn refuses_expired(expired: &str, mut defect: Defect) {
    defect.repository.document_mut(expired).unwrap().set("expires", EXPIRED);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::Expired { role, at } if role == expired && at.to_string() == EXPIRED
    );
}
