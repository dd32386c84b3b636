//! What Transportstyrelsen has on record about a person.
//!
//! Field names follow the published names in English; the wire name stands in each doc comment.

use serde::Deserialize;

/// `fordon`. Every value is text in the schema.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Vehicle {
    /// `regnr`.
    pub(crate) registration: String,
    /// `fabrikat`.
    pub(crate) make: String,
    /// `fordonsar`.
    pub(crate) year: String,
    /// `fordonsslag`.
    pub(crate) class: String,
    /// `handelsbeteckning`.
    pub(crate) model: String,
}
