//! What Migrationsverket has on record about a person.
//!
//! Field names follow the published schema in English; the wire name stands in each doc comment.

use jiff::civil::Date;
use serde::Deserialize;

/// `response` of Migrationsverket.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct MivRecord {
    /// `hemland`.
    pub(crate) home_country: Option<String>,
    /// `inresedatum`.
    pub(crate) entered: Option<Date>,
    /// `svarCollection`.
    pub(crate) permits: Vec<Permit>,
}

/// `svar` of Migrationsverket.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Permit {
    /// `anledning`.
    pub(crate) reason: Option<String>,
    /// `anledningNamn`.
    pub(crate) reason_name: Option<String>,
    /// `ansokningsdatum`.
    pub(crate) applied: Option<Date>,
    /// `arendeTyp`.
    pub(crate) case_type: Option<String>,
    /// `arendeTypNamn`.
    pub(crate) case_type_name: Option<String>,
    /// `beslutsKod`.
    pub(crate) decision_code: Option<String>,
    /// `beslutsKodNamn`.
    pub(crate) decision_code_name: Option<String>,
    /// `beslutsTyp`.
    pub(crate) decision_type: Option<String>,
    /// `beslutsTypNamn`.
    pub(crate) decision_type_name: Option<String>,
    /// `beslutsdatum`.
    pub(crate) decided: Option<Date>,
    /// `fromDatum`.
    pub(crate) from: Option<Date>,
    /// `tomDatum`.
    pub(crate) to: Option<Date>,
    /// `giltighetstid`.
    pub(crate) validity: Option<Validity>,
}

/// `giltighetstid`.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Validity {
    /// `PERMANENT`.
    Permanent,
    /// `TIDBEGRANSAT`.
    Temporary,
}

impl Validity {
    /// As the schema writes it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Permanent => "PERMANENT",
            Self::Temporary => "TIDBEGRANSAT",
        }
    }
}
