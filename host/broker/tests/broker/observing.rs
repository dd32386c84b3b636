//! Whoever watches is told what was decided, once it is on record.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ssbtx_broker::{Asker, Edition, Observer, Unanswered};
use ssbtx_core::{AgencyId, Context, Decision, Inclusion, Question, Sha256Digest};
use ssbtx_runtime::SandboxSettings;

use crate::stage::{Stage, asker, context, question};

/// Keeps what it is told, and how many lines the log had by then.
#[derive(Default)]
struct Notes {
    log: Mutex<Option<PathBuf>>,
    told: Mutex<Vec<Told>>,
}

struct Told {
    trust_version: u64,
    context: Context,
    masks: Vec<(AgencyId, Sha256Digest)>,
    lines: usize,
}

impl Observer for Notes {
    fn answered(&self, edition: &Arc<Edition>, context: &Context, decisions: &[(AgencyId, Arc<Decision>)]) {
        let log = self.log.lock().unwrap().clone().unwrap();
        self.told.lock().unwrap().push(Told {
            trust_version: edition.trust_version(),
            context: context.clone(),
            masks: decisions.iter().map(|(agency, decision)| (*agency, decision.mask().digest())).collect(),
            lines: std::fs::read_to_string(log).unwrap().lines().count(),
        });
    }
}

async fn stage(policy: &str) -> (Stage, Arc<Notes>) {
    let notes = Arc::new(Notes::default());
    let (limits, deadline) = (SandboxSettings::default(), Duration::from_secs(5));
    let observer: Arc<dyn Observer> = Arc::clone(&notes) as Arc<dyn Observer>;
    let stage = Stage::ungranted(limits, deadline, "honest", policy, observer).await;
    *notes.log.lock().unwrap() = Some(stage.audit_folder().join("audit-000000000001.jsonl"));
    (stage, notes)
}

#[tokio::test]
async fn an_answer_is_told_of_with_its_decisions_after_it_is_recorded() {
    let (stage, notes) = stage("policy-honest").await;
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    let told = notes.told.lock().unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].trust_version, told[0].lines), (answer.edition.trust_version, 1));
    assert_eq!(told[0].context, context());
    let mask = answer.parts.iter().find(|part| part.agency == AgencyId::AF).unwrap().mask.unwrap();
    assert_eq!(told[0].masks, [(AgencyId::AF, mask)]);
}

#[tokio::test]
async fn an_agency_that_was_not_included_or_not_decided_on_is_not_told_of() {
    let (stage, notes) = stage("policy-traps").await;
    stage.broker.ask(asker(), question(), None).await.unwrap();
    let of_none = Question { include: [(AgencyId::SO, Inclusion::default())].into(), ..question() };
    stage.broker.ask(asker(), of_none, None).await.unwrap();
    assert!(notes.told.lock().unwrap().iter().all(|told| told.masks.is_empty()));
    assert_eq!(notes.told.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_question_that_was_not_answered_is_not_told_of() {
    let (stage, notes) = stage("policy-honest").await;
    let stranger = Asker { role: "ekonomiskt-bistand".parse().unwrap(), ..asker() };
    let asked = stage.broker.ask(stranger, question(), None).await;
    assert!(matches!(asked, Err(Unanswered::RoleWithoutPolicy(_))));
    assert!(notes.told.lock().unwrap().is_empty());
}
