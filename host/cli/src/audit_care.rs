//! What a host does with its audit log besides recording in it: it keeps the index near the end, and removes what is kept no longer.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use jiff::Timestamp;
use ssbtx_audit::{AuditQuestions, Notes, Retention, retain};
use ssbtx_core::day_in_sweden;
use tokio::runtime::Handle;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::sleep;
use tracing::{error, warn};

use crate::audit_command;
use crate::config::{Questions, Sink};

/// The care of a log, until it is dropped.
pub struct AuditCare(JoinHandle<()>);

/// A log whose oldest records are removed.
struct Removal {
    sink: Sink,
    retention: Retention,
    notes: Notes,
}

impl AuditCare {
    /// Begins: the index every few seconds, a removal at once and once a day in Sweden. It must be called on a runtime; gives what answers questions.
    pub fn begin(sink: Sink, questions: Questions, notes: Notes) -> Result<(Arc<AuditQuestions>, Self)> {
        let Questions { keys, officers, misuse, retention } = questions;
        let log = audit_command::search(sink.place(), false)?;
        let removal = retention.map(|retention| Arc::new(Removal { sink, retention, notes: notes.clone() }));
        let questions = Arc::new(AuditQuestions::new(log, keys, officers, misuse, notes, Timestamp::now));
        let care = Self(tokio::spawn(care(Arc::clone(&questions), removal)));
        Ok((questions, care))
    }
}

impl Drop for AuditCare {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn care(questions: Arc<AuditQuestions>, removal: Option<Arc<Removal>>) {
    let mut removed_on = None;
    let mut is_searchable = true;
    loop {
        let today = day_in_sweden(Timestamp::now());
        if let (Some(removal), true) = (&removal, removed_on != Some(today)) {
            remove(Arc::clone(removal)).await;
            removed_on = Some(today);
        }
        let catching_up = Arc::clone(&questions);
        match spawn_blocking(move || catching_up.catch_up()).await {
            Ok(Ok(())) => is_searchable = true,
            Ok(Err(fault)) => {
                if is_searchable {
                    warn!(error = %fault, "audit log cannot be searched");
                }
                is_searchable = false;
            }
            // Told to stop.
            Err(_) => return,
        }
        sleep(PAUSE).await;
    }
}

async fn remove(removal: Arc<Removal>) {
    let runtime = Handle::current();
    let removing = spawn_blocking(move || {
        let Removal { sink, retention, notes } = &*removal;
        let now = Timestamp::now();
        retain(sink.place(), retention.limit(now), notes, now, &runtime)
    });
    if let Ok(Err(fault)) = removing.await {
        error!(error = %fault, "old records of the audit log cannot be removed");
    }
}

/// Long enough to cost nothing, short enough that a question does not wait for what came meanwhile.
const PAUSE: Duration = Duration::from_secs(10);
