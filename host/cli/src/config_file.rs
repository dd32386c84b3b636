//! The shape of `ssbtx.toml`: every table with its keys. Relative paths are relative to the file; whatever is not listed here is a fault.
//!
//! What a key's value must be stands where it is read, in `config/reading/`, and for operators in `docs/configuration.md`.

/// The tables of the file.
pub const TABLES: &[&str] = &[
    "listen",
    "trust",
    "accept-pending",
    "audit",
    "question",
    "agency-deadlines-ms",
    "log",
    "admin",
    "upstream",
    "sandbox",
    "telemetry",
    "cases",
];

/// `[listen]`: where the host listens, and as whom.
pub const LISTEN: &[&str] = &[
    "address",
    "certificate-chain",
    "private-key",
    "client-roots",
    "revocation-lists",
    "consumers",
    "max-body-bytes",
    "max-connections",
    "header-timeout-ms",
    "drain-ms",
];

/// `[trust]`: which components the host believes.
pub const TRUST: &[&str] =
    &["root", "repository", "repository-roots", "state", "compiled-code", "poll-interval-ms", "expiry-grace-hours"];

/// `[admin]`: where the operator's own listener is; there is none where this is left out.
pub const ADMIN: &[&str] = &["address", "certificate-chain", "private-key", "client-roots"];

/// `[[accept-pending]]`: which pending legal bases are accepted; none where this is left out.
pub const ACCEPT_PENDING: &[&str] = &["basis", "datasets"];

/// `[audit]`: where the host records.
pub const AUDIT: &[&str] = &[
    "sink",
    "directory",
    "postgresql",
    "subject-key",
    "checkpoints",
    "earlier-subject-keys",
    "overlapping-subject-key",
    "officers",
    "misuse",
    "retention-days",
];

/// `[audit.postgresql]`: the database that the log is in, with `sink = "postgresql"`.
pub const POSTGRESQL: &[&str] =
    &["host", "port", "database", "user", "log", "password", "roots", "certificate-chain", "private-key"];

/// `[audit.checkpoints]`: how the log says what it is; it has no checkpoints where this is left out.
pub const CHECKPOINTS: &[&str] = &["key", "origin", "interval-ms"];

/// `[audit.misuse]`: what the misuse report counts as unusual.
pub const MISUSE: &[&str] =
    &["working-hours-from", "working-hours-until", "volume-factor", "volume-at-least", "asked-often"];

/// `[question]`: how the host treats questions.
pub const QUESTION: &[&str] = &["deadline-ms", "identity-check", "household-at-once"];

/// `[log]`: how the host logs.
pub const LOG: &[&str] = &["format", "filter"];

/// `[cases]`: where open cases are kept; there are none where this is left out.
pub const CASES: &[&str] = &["store", "directory", "postgresql", "key", "longest-days", "most-cases"];

/// `[cases.postgresql]`: the database that open cases are in, with `store = "postgresql"`.
pub const CASES_POSTGRESQL: &[&str] =
    &["host", "port", "database", "user", "password", "roots", "certificate-chain", "private-key"];

/// `[telemetry]`: where the spans of traces are sent; to nobody where this is left out.
pub const TELEMETRY: &[&str] = &[
    "otlp-endpoint",
    "otlp-roots",
    "otlp-certificate-chain",
    "otlp-private-key",
    "otlp-interval-ms",
    "sampling-percent",
];

/// `[[upstream]]`: where the base services are.
pub const UPSTREAM: &[&str] = &[
    "agency",
    "name",
    "url",
    "roots",
    "certificate-chain",
    "private-key",
    "connect-timeout-ms",
    "timeout-ms",
    "max-connecting",
    "max-in-flight",
    "max-wait-ms",
    "breaker-failures",
    "breaker-open-ms",
];
