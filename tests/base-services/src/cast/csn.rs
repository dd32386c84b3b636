//! What CSN has on record about a person.
//!
//! Field names follow the published schema in English; the wire name stands in each doc comment. The schema counts studies in weeks, written
//! `yyyyWW`, and money in whole kronor.

use jiff::civil::Date;
use serde::Deserialize;

/// `Person`: the cases of each form of support.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct CsnRecord {
    /// `Studiemedel`.
    #[serde(default)]
    pub(crate) studiemedel: Vec<Case>,
    /// `Studiehjalp`.
    #[serde(default)]
    pub(crate) studiehjalp: Vec<Case>,
    /// `HemutrustningsLan`.
    #[serde(default)]
    pub(crate) hemutrustningslan: Vec<HomeLoan>,
    /// `Studiestartsstod`.
    #[serde(default)]
    pub(crate) studiestartsstod: Vec<Case>,
    /// `Omstallningsstudiestod`.
    #[serde(default)]
    pub(crate) omstallningsstudiestod: Vec<Case>,
}

/// `Arende` of every form of support but the loan for home equipment.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Case {
    /// `stodform`, such as `GRUND`.
    pub(crate) form: String,
    /// `klartext`: the form in words.
    pub(crate) name: String,
    /// `status`.
    pub(crate) status: String,
    /// `relarende`: the number of the case that this one follows.
    pub(crate) related: Option<u16>,
    /// `soktaTider`.
    #[serde(default)]
    pub(crate) applied: Vec<AppliedTime>,
    /// `BeviljadeTider`.
    #[serde(default)]
    pub(crate) granted: Vec<GrantedTime>,
    /// `UtbetalningsPlan`.
    #[serde(default)]
    pub(crate) payments: Vec<StudyPayment>,
}

/// `Arende` of the loan for home equipment, which is paid once for no weeks in particular.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct HomeLoan {
    /// `status`.
    pub(crate) status: String,
    /// `@medlanare`: the identity number of whoever borrows too.
    pub(crate) co_borrower: Option<String>,
    /// `UtbetalningsPlan`.
    #[serde(default)]
    pub(crate) payments: Vec<StudyPayment>,
}

/// `soktTid`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct AppliedTime {
    /// `soktfrom`; 0 on the wire if absent.
    pub(crate) from: Option<Date>,
    /// `sokttom`; 0 on the wire if absent.
    pub(crate) to: Option<Date>,
    /// `soktomfattning`.
    pub(crate) extent_percent: u8,
    /// `soktlan`: `J` if so, else a space; the element is left out where the form has no loan.
    pub(crate) loan: Option<bool>,
}

/// `BeviljadTid`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct GrantedTime {
    /// `starttid`.
    pub(crate) from_week: String,
    /// `sluttid`.
    pub(crate) to_week: String,
    /// `takt`.
    pub(crate) rate_percent: Option<u8>,
    /// `gr_takt`: how much of it is studies at grundskola level.
    pub(crate) basic_rate_percent: Option<u8>,
    /// `Beloppen`.
    #[serde(default)]
    pub(crate) amounts: Vec<Amount>,
}

/// `Utbetalning`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct StudyPayment {
    /// `utbetdatum`.
    pub(crate) paid: Date,
    /// `utbetstatus`: `Utbetald` or `Planerad`.
    pub(crate) status: String,
    /// `Utbetaldatider`.
    pub(crate) times: Vec<PaidTime>,
}

/// `Utbetaldtid`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PaidTime {
    /// `startvecka`.
    pub(crate) from_week: Option<String>,
    /// `slutvecka`.
    pub(crate) to_week: Option<String>,
    /// `Beloppen`.
    pub(crate) amounts: Vec<Amount>,
}

/// `Belopp`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Amount {
    /// `beloppstyp`, such as `GRUNDB`.
    pub(crate) kind: String,
    /// `klartext`: the kind in words.
    pub(crate) name: String,
    /// `belopp`: what is paid each week, or the whole where nothing is paid by the week.
    pub(crate) each: i32,
    /// `totbelopp`.
    pub(crate) total: i32,
}
