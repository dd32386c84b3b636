//! What the operator can tell a host to do, and what the host says of its configuration.

use async_trait::async_trait;
use jiff::Timestamp;
use serde::Serialize;
use ssbtx_config_file::Setting;

/// Where the listener's requests to do something go.
#[async_trait]
pub trait Control: Send + Sync + 'static {
    /// Has the configuration read anew, and taken over where nothing is wrong with it and nothing in it asks for a restart.
    async fn reload(&self) -> Reloaded;

    /// Has the host drain and then stop. It answers at once.
    fn drain(&self);

    /// Whether the host has been told to stop, and so should not be asked any more.
    fn is_draining(&self) -> bool;

    /// What is in force. It must answer at once.
    fn configuration(&self) -> Configuration;
}

/// What became of a reload.
///
/// # Shape
///
/// `{"result": "taken", "changed": ["listen.consumers"]}`, `{"result": "refused", "faults": ["ssbtx.toml:27: …"]}` or `{"result": "stopping"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "result", rename_all = "camelCase")]
pub enum Reloaded {
    /// It is in force.
    Taken {
        /// The keys that are otherwise than before, or name a file that is; none where there was nothing to take over.
        changed: Vec<String>,
    },
    /// Nothing has changed.
    Refused {
        /// Everything that stands against it.
        faults: Vec<String>,
    },
    /// The host is stopping.
    Stopping,
}

/// What `GET /admin/configuration` shows.
///
/// # Shape
///
/// `{"loaded": …, "taken": 0, "refused": 0, "lastRefused": {"at": …, "faults": […]} | null, "certificates": [{"which": …, "expires": …}],
/// "keys": [{"key": …, "value": …, "origin": …}]}`, keys as [`Setting`] has them.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Configuration {
    /// When what is in force was read.
    pub loaded: Timestamp,
    /// How many reloads were taken over since the start.
    pub taken: u64,
    /// How many were refused.
    pub refused: u64,
    /// The newest that was refused.
    pub last_refused: Option<RefusedReload>,
    /// The certificates that the host shows and trusts.
    pub certificates: Vec<CertificateExpiry>,
    /// Every key with what is in force for it.
    pub keys: Vec<Setting>,
}

/// A reload that changed nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedReload {
    /// When.
    pub at: Timestamp,
    /// Everything that stood against it.
    pub faults: Vec<String>,
}

/// When certificates of one file expire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificateExpiry {
    /// The key that names the file, such as `listen.certificate-chain` or `upstream.AF.base-service.roots`: a set that the configuration fixes.
    pub which: String,
    /// When the first of its certificates expires.
    pub expires: Timestamp,
}
