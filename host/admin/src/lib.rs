//! The operator's listener: whether the host lives and is ready, its metrics, what it decides by, how it is configured, and whether agencies
//! answer.
//!
//! It has an address, a certificate and client authorities of its own. Nothing that it shows is of a person or a question: every label
//! of a metric is one of a set that signed components, the configuration and this crate fix, and every number is a count, a version or a time. It
//! can have the configuration's files read anew and the host stop. What a host decides by changes through the signed repository alone.

mod agencies;
mod audit;
mod commands;
mod connection;
mod control;
mod figures;
mod insight;
mod listener;
mod metrics;
mod overview;
mod patience;
mod routes;
mod settings;

pub use control::{CertificateExpiry, Configuration, Control, RefusedReload, Reloaded};
pub use figures::{Figures, ProcessFigures, Sources};
pub use insight::{BasisDates, Editions, Insight, Readiness};
pub use listener::{Admin, AdminNotStarted};
pub use overview::Overview;
pub use settings::{AdminLimits, AdminSettings};
