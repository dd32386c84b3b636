//! What the a-kassor have on record about a person.
//!
//! Field names follow the published schema in English; the wire name stands in each doc comment.

use jiff::civil::Date;
use serde::Deserialize;

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
