//! What Skatteverket has on record about a person.
//!
//! Field names follow the published names in English; the wire name stands in each doc comment.

use jiff::civil::Date;
use serde::Deserialize;

/// `Personuppgift`, beside the identity and the names. A person who is only known has neither list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct SkvRecord {
    /// `Kapitaluppgift`.
    #[serde(default)]
    pub(crate) capital: Vec<CapitalIncome>,
    /// `Skattekontouppgift`.
    #[serde(default)]
    pub(crate) refunds: Vec<Refund>,
}

/// `Kapitaluppgift`, in kronor.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct CapitalIncome {
    /// `Taxeringsar`.
    pub(crate) tax_year: u16,
    /// `SummaIntakterPaKapital`.
    pub(crate) income: i64,
    /// `OverskottPaKapital`.
    pub(crate) surplus: i64,
}

/// `Skattekontouppgift`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Refund {
    /// `AterbetaltBelopp`, in kronor.
    pub(crate) amount: i64,
    /// `Aterbetalningsdatum`.
    pub(crate) paid: Date,
}
