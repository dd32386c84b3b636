//! The spans of traces, sent to the operator's collector by OTLP over HTTPS (ADR 0030).
//!
//! A question never waits for a span: there is a queue of a fixed size, and what comes when it is full is dropped and counted, and so is what the
//! collector does not take. What a span can say is [`ssbtx_observation::Attribute`]'s to define; nothing is added here but the service's name and
//! version, and nothing is read from the environment.

mod collector;
mod exporter;
mod message;
mod queue;
mod sampling;
mod settings;

pub use exporter::Exporter;
pub use sampling::SamplingShare;
pub use settings::OtlpSettings;
