//! The operator's configuration as it stands in the file. Unknown keys are refused; [`crate::config`] makes the final types of it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

/// `ssbtx.toml`. Relative paths are relative to the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ConfigFile {
    /// Where the host listens, and as whom.
    pub listen: Listen,
    /// Which components it believes.
    pub trust: Trust,
    /// Which pending legal bases it accepts; none where this is left out.
    #[serde(default)]
    pub accept_pending: Vec<AcceptPending>,
    /// Where it records.
    pub audit: Audit,
    /// How it treats questions.
    #[serde(default)]
    pub question: Question,
    /// How it logs.
    #[serde(default)]
    pub log: Log,
    /// Where the operator's own listener is; there is none where this is left out.
    pub admin: Option<Admin>,
    /// Where the base services are.
    #[serde(default)]
    pub upstream: Vec<Upstream>,
    /// What components may use: limits by name, such as `call-time-ms = 100`.
    #[serde(default)]
    pub sandbox: BTreeMap<String, u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Listen {
    /// Address and port, such as `0.0.0.0:8443`; port 0 takes a free one.
    pub address: String,
    /// The host's certificate chain, PEM.
    pub certificate_chain: PathBuf,
    /// Its private key, PEM.
    pub private_key: PathBuf,
    /// The issuers of consumers' certificates, PEM.
    pub client_roots: PathBuf,
    /// Lists of the certificates that those issuers have taken back, PEM or DER; where there are none, nobody asks for any.
    #[serde(default)]
    pub revocation_lists: Vec<PathBuf>,
    /// Who may ask: `consumers.toml`.
    pub consumers: PathBuf,
    /// The largest request body, in bytes.
    pub max_body_bytes: Option<usize>,
    /// The most connections at once.
    pub max_connections: Option<usize>,
    /// How long a client may take for a request's headers, in milliseconds.
    pub header_timeout_ms: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Trust {
    /// The root metadata that the operator trusts, taken from a safe place once.
    pub root: PathBuf,
    /// Where `metadata` and `targets` of the repository are: a folder, or `https://…`.
    pub repository: String,
    /// For a repository at `https://…`, the issuers of the server's certificate, PEM.
    pub repository_roots: Option<PathBuf>,
    /// The folder of the last good copy, which this host alone uses: what it comes back on, and what it remembers.
    pub state: PathBuf,
    /// How long the host waits between two looks at the repository, in milliseconds.
    pub poll_interval_ms: Option<u64>,
    /// How long the host goes on with what has expired, in hours.
    pub expiry_grace_hours: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Admin {
    /// Address and port, such as `127.0.0.1:9443`; port 0 takes a free one.
    pub address: String,
    /// The listener's certificate chain, PEM.
    pub certificate_chain: PathBuf,
    /// Its private key, PEM.
    pub private_key: PathBuf,
    /// The issuers of the operator's certificates, PEM: whoever has one of theirs may read everything here.
    pub client_roots: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AcceptPending {
    /// The legal basis, by name.
    pub basis: String,
    /// The datasets for which it is accepted, as `AF/inskrivning`; all that rest on it where this is left out.
    pub datasets: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Audit {
    /// The log's folder.
    pub directory: PathBuf,
    /// The key under which persons are named in it.
    pub subject_key: PathBuf,
    /// How it says what it is; it has no checkpoints where this is left out.
    pub checkpoints: Option<Checkpoints>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Checkpoints {
    /// The key that they are signed with, PKCS#8 in PEM.
    pub key: PathBuf,
    /// The log's name in them, such as `ssbtx.example.se/audit/1`.
    pub origin: String,
    /// How long a record waits for its checkpoint, in milliseconds.
    pub interval_ms: Option<u64>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Question {
    /// How long agencies are waited for, in milliseconds.
    pub deadline_ms: Option<u64>,
    /// How strictly identity numbers are read.
    pub identity_check: Option<IdentityCheck>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum IdentityCheck {
    DateAndCheckDigit,
    TwelveDigits,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Log {
    /// `json` or `text`.
    pub format: Option<LogFormat>,
    /// What is logged, as `info` or `info,ssbtx_broker=debug`.
    pub filter: Option<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    Json,
    Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Upstream {
    /// The agency whose adapter may reach it.
    pub agency: String,
    /// The name by which the adapter knows it.
    pub name: String,
    /// Where it is, `https://…`.
    pub url: String,
    /// The issuers of its certificate, PEM.
    pub roots: PathBuf,
    /// The host's client certificate chain towards it, PEM.
    pub certificate_chain: PathBuf,
    /// The key of that, PEM.
    pub private_key: PathBuf,
    /// How long a connection may take, in milliseconds.
    pub connect_timeout_ms: Option<u64>,
    /// How long an exchange may take, in milliseconds.
    pub timeout_ms: Option<u64>,
    /// The most exchanges at once.
    pub max_in_flight: Option<usize>,
    /// How long one waits for a place among these, in milliseconds.
    pub max_wait_ms: Option<u64>,
    /// How many exchanges in a row must fail before it is not asked for a while.
    pub breaker_failures: Option<usize>,
    /// How long it is not asked then, in milliseconds.
    pub breaker_open_ms: Option<u64>,
}
