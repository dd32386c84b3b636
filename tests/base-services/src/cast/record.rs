//! What each agency has on record about a person.
//!
//! Field names follow the published schemas in English; the wire name stands in each doc comment.

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

/// `Arbetsloshetsersattning`: what one a-kassa answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct UnemploymentFund {
    /// `SvarandeOrganisation`.
    pub(crate) name: String,
    /// `StatusSvarandeOrganisation`: `FEL` if so, else `OK`.
    #[serde(default)]
    pub(crate) fails: bool,
    /// `Utbetalningar`.
    #[serde(default)]
    pub(crate) payments: Vec<Payment>,
    /// `Avstangningar`.
    #[serde(default)]
    pub(crate) suspensions: Vec<Suspension>,
    /// `AnsoktOmErsattning`.
    pub(crate) application: Option<Application>,
}

/// `Utbetalningar`. Amounts and days are decimals, sent with the digits written here.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Payment {
    /// `Utbetalningsdatum`.
    pub(crate) paid: Date,
    /// `NettoEfterSkatt`, in kronor.
    pub(crate) net_after_tax: String,
    /// `NettoEfterAvdrag`, in kronor.
    pub(crate) net_after_deductions: String,
    /// `Ersattningsdagar`.
    pub(crate) days: String,
    /// `AvserFrom`.
    pub(crate) from: Date,
    /// `AvserTom`.
    pub(crate) to: Date,
}

/// `Avstangningar`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Suspension {
    /// `AvstangdFrom`.
    pub(crate) from: Date,
    /// `AvstangdTom`.
    pub(crate) to: Date,
}

/// `AnsoktOmErsattning`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Application {
    /// `BeslutOmRattTillErsattning`; nil while there is no decision.
    pub(crate) decided: Option<Date>,
    /// `AnsokanOmUtbetalningInlamnad`.
    pub(crate) payment_applied_for: bool,
}

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
