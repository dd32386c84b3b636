//! What Arbetsförmedlingen has on record about a person.
//!
//! Field names follow the published schema in English; the wire name stands in each doc comment.

use jiff::civil::Date;
use serde::Deserialize;

/// What Arbetsförmedlingen has on record.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct AfRecord {
    /// `ArbetssokandeInfo`.
    pub(crate) enrolment: Enrolment,
    /// `BeslutInfo`.
    #[serde(default)]
    pub(crate) decisions: Vec<Decision>,
    /// `Akassetillhorighet`: what the person has said.
    pub(crate) unemployment_fund: Option<String>,
}

/// `ArbetssokandeInfo`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Enrolment {
    /// `ArbetssokandeRegistrerad`.
    pub(crate) registered: Date,
    /// `ArbetssokandeAvaktualiserad`; with it the person is no longer a job seeker.
    pub(crate) deregistered: Option<Date>,
    /// `ArbetssokandeSKAT`.
    pub(crate) category: String,
    /// `ArbetssokandeOmfattning`.
    pub(crate) extent_percent: u8,
    /// `AktivetetsRapportDatum`.
    pub(crate) activity_report: ActivityReport,
}

/// `AktivetetsRapportDatum`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ActivityReport {
    /// `AktivitetsRapportMeddelande`: 200 handed in, 500 missing, 501 not handed in, 502 technical error.
    pub(crate) message: String,
    /// `SenasteAktivitetsRapportDatum`.
    pub(crate) latest: Option<Date>,
}

/// `Beslut`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Decision {
    /// `ErsattningTyp`.
    pub(crate) benefit: String,
    /// `Omfattning`.
    pub(crate) extent_percent: u8,
    /// `BeslutFrom`.
    pub(crate) from: Date,
    /// `BeslutTom`.
    pub(crate) to: Date,
}
