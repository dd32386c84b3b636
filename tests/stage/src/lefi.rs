//! The caller's own question to Försäkringskassan's base service, which SSBTEK's version 10 passes on.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

use crate::pki::{ORGANISATION, OTHER_ORGANISATION};

/// What Försäkringskassan calls the organisations of the stage: their `aktorsid`, each after the organisation number.
///
/// The simulated base service knows these two and no others.
pub const AKTORSID: [(&str, &str); 2] =
    [(ORGANISATION, OWN_AKTORSID), (OTHER_ORGANISATION, "93ba1dea-d7d1-4430-b0b4-a768f6dc56ca")];

/// What a caller writes in `FK/fraga`.
#[derive(Clone)]
pub struct LefiAsking {
    /// The version of LEFI; left out where it is `None`.
    pub version: Option<String>,
    /// For whom Försäkringskassan is asked.
    pub aktorsid: String,
    /// What it is asked.
    pub question: LefiQuestion,
}

/// A question to LEFI, `LefiExternFormansinformationFraga`.
#[derive(Clone)]
pub enum LefiQuestion {
    /// Everything that there is, about the person and the period of the whole question.
    Everything,
    /// This text, which should be JSON.
    Written(String),
}

impl Default for LefiAsking {
    /// In the name of the stage's own organisation, for everything.
    fn default() -> Self {
        Self { version: None, aktorsid: OWN_AKTORSID.to_owned(), question: LefiQuestion::Everything }
    }
}

impl LefiAsking {
    /// In the name of the stage's own organisation, for what this text says.
    pub fn written(question: impl Into<String>) -> Self {
        Self { question: LefiQuestion::Written(question.into()), ..Self::default() }
    }

    /// `FK/fraga`.
    pub(crate) fn to_soap(&self, person: &str, (from, to): (&str, &str)) -> String {
        let version = self.version.as_ref().map(|version| format!("<version>{version}</version>")).unwrap_or_default();
        let question = match &self.question {
            LefiQuestion::Everything => everything(person, from, to),
            LefiQuestion::Written(text) => text.clone(),
        };
        format!(
            "<fraga>{version}<aktorsid>{}</aktorsid><lefiJsonFraga>{}</lefiJsonFraga></fraga>",
            self.aktorsid,
            BASE64_STANDARD.encode(question)
        )
    }
}

/// Asks for everything that LEFI's version 9 has, about one person.
pub fn everything(person: &str, from: &str, to: &str) -> String {
    let payments = [&FK_BENEFITS[..], &PM_BENEFITS].concat();
    json!({
        "personnummer": person,
        "period": { "from": from, "tom": to },
        "formansinformation": FK_BENEFITS,
        "ansprak": PM_BENEFITS,
        "beslut": PM_BENEFITS,
        "preliminaraUtbetalningar": payments,
        "utbetalningar": payments,
        "ovrigInformation": OTHER_INFORMATION,
    })
    .to_string()
}

const OWN_AKTORSID: &str = "6ca56c12-30f1-4b35-bb80-65a95e88e300";

/// The codes of benefits at Försäkringskassan.
const FK_BENEFITS: [&str; 27] = [
    "FK:ABB", "FK:AP", "FK:AS", "FK:BOB", "FK:BST", "FK:BTI", "FK:DPE", "FK:EJO", "FK:ET", "FK:FP", "FK:FSJP", "FK:GP",
    "FK:HE", "FK:MABB", "FK:MEK", "FK:NP", "FK:OMV", "FK:PJOB", "FK:PROG", "FK:RBE", "FK:SA", "FK:SBP", "FK:SJP",
    "FK:TFP", "FK:US", "FK:VB", "FK:YL",
];
/// The codes of benefits at Pensionsmyndigheten.
const PM_BENEFITS: [&str; 3] = ["PM:AP", "PM:BTI", "PM:EF"];
/// The codes of information that concerns no benefit.
const OTHER_INFORMATION: [&str; 8] =
    ["FK:GEPI", "FK:PANV", "FK:SGI", "FK:SKUP", "FK:STAV", "PM:LINT", "PM:PBH", "PM:PU"];
