//! What the operator tells a running host through its admin listener, and what the host says of its configuration there.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use jiff::Timestamp;
use ssbtx_admin::{CertificateExpiry, Configuration, Control, RefusedReload, Reloaded};
use ssbtx_config_file::Setting;
use tokio::sync::{mpsc, oneshot, watch};

use crate::certificates::Certificate;
use crate::reloading::is_of_consumers;

/// The listener's end.
#[derive(Clone)]
pub struct Commander {
    reloads: mpsc::Sender<Answer>,
    drains: watch::Sender<bool>,
    configuration: Arc<Mutex<Configuration>>,
}

/// The host's end.
pub struct Commands {
    /// Asks for a reload, each with the way back.
    pub reloads: mpsc::Receiver<Answer>,
    /// Whether the host is to stop.
    pub drains: watch::Receiver<bool>,
}

/// Where it is told what became of a reload.
pub type Answer = oneshot::Sender<Reloaded>;

impl Commander {
    /// A pair of ends, of a host that begins with this configuration.
    pub fn new(settings: Vec<Setting>, certificates: &[Certificate], now: Timestamp) -> (Self, Commands) {
        let configuration = Configuration {
            loaded: now,
            taken: 0,
            refused: 0,
            last_refused: None,
            certificates: shown(certificates),
            keys: without_consumers(settings),
        };
        let (reloads, asked) = mpsc::channel(1);
        let (drains, told) = watch::channel(false);
        let commander = Self { reloads, drains, configuration: Arc::new(Mutex::new(configuration)) };
        (commander, Commands { reloads: asked, drains: told })
    }

    /// Tells that another configuration is in force.
    pub fn taken(&self, settings: Vec<Setting>, certificates: &[Certificate], now: Timestamp) {
        self.tell(|configuration| {
            configuration.loaded = now;
            configuration.taken = configuration.taken.saturating_add(1);
            configuration.certificates = shown(certificates);
            configuration.keys = without_consumers(settings);
        });
    }

    /// Tells that another configuration was refused.
    pub fn refused(&self, faults: Vec<String>, now: Timestamp) {
        self.tell(|configuration| {
            configuration.refused = configuration.refused.saturating_add(1);
            configuration.last_refused = Some(RefusedReload { at: now, faults });
        });
    }

    fn tell(&self, change: impl FnOnce(&mut Configuration)) {
        // Each change is of whole members: what a panicking thread leaves can be shown.
        change(&mut self.configuration.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

#[async_trait]
impl Control for Commander {
    async fn reload(&self) -> Reloaded {
        let (answer, answered) = oneshot::channel();
        // Who would answer is gone when the host stops.
        if self.reloads.send(answer).await.is_err() {
            return Reloaded::Stopping;
        }
        answered.await.unwrap_or(Reloaded::Stopping)
    }

    fn drain(&self) {
        self.drains.send_replace(true);
    }

    fn is_draining(&self) -> bool {
        *self.drains.borrow()
    }

    fn configuration(&self) -> Configuration {
        self.configuration.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The listener shows nothing of a consumer: `ssbtx config show` does, to whoever may read the file.
fn without_consumers(settings: Vec<Setting>) -> Vec<Setting> {
    settings.into_iter().filter(|setting| !is_of_consumers(&setting.key)).collect()
}

fn shown(certificates: &[Certificate]) -> Vec<CertificateExpiry> {
    let shown = |one: &Certificate| CertificateExpiry { which: one.which.clone(), expires: one.expires };
    certificates.iter().map(shown).collect()
}
