//! The question as JSON v1 has it, read as it comes.

use serde::Deserialize;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{
    Organisation, Parameter, Period, Question, Requester,
};
use ssbtx_core::AgencyId;

use crate::natively::Layout;
use crate::product::LEGAL_TEXT;

/// A question.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    person: String,
    period: AskedPeriod,
    requester: AskedRequester,
    case_id: String,
    purpose: String,
    include: Vec<String>,
}

#[derive(Deserialize)]
struct AskedPeriod {
    from: String,
    to: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AskedRequester {
    organisation_number: String,
    name: String,
    caseworker: String,
}

impl Asked {
    /// Whether a base service is asked.
    pub(super) fn includes(&self, agency: AgencyId) -> bool {
        self.include.iter().any(|included| included == agency.as_str())
    }

    /// The question to one base service, for everything that it has.
    pub(super) fn question(&self, agency: AgencyId, layout: &Layout, aktorsid: &str) -> Question {
        let aktorsid = || Parameter { name: "aktorsid".to_owned(), value: aktorsid.to_owned() };
        Question {
            person: self.person.clone(),
            period: Period { from: self.period.from.clone(), to: self.period.to.clone() },
            requester: Requester {
                organisation: Organisation {
                    number: self.requester.organisation_number.clone(),
                    name: self.requester.name.clone(),
                },
                caseworker: self.requester.caseworker.clone(),
                processors: Vec::new(),
            },
            case_id: self.case_id.clone(),
            purpose: self.purpose.clone(),
            legal_text: LEGAL_TEXT.to_owned(),
            parameters: if agency == AgencyId::FK { vec![aktorsid()] } else { Vec::new() },
            correlation_id: None,
            asked_on: self.period.to.clone(),
            wanted: layout.datasets.clone(),
        }
    }
}
