//! The questions that tests and the demo ask, in the words of both fronts.

use serde_json::{Value, json};

use crate::lefi::LefiAsking;
use crate::pki::ORGANISATION;

/// A question about one person.
#[derive(Clone)]
pub struct Asking {
    /// The person's identity number.
    pub person: String,
    /// The base services to include.
    pub include: Vec<String>,
    /// First and last day.
    pub period: (String, String),
    /// The caseworker.
    pub caseworker: String,
    /// The case.
    pub case: String,
    /// Why.
    pub purpose: String,
    /// The asker's own reference.
    pub correlation_id: Option<String>,
    /// The name of the authority that asks.
    pub requester: String,
    /// What Försäkringskassan is asked; in SOAP alone, since JSON leaves that to the host.
    pub lefi: LefiAsking,
}

impl Asking {
    /// Asks every base service about a person.
    pub fn about(person: &str) -> Self {
        Self {
            person: person.to_owned(),
            include: BASE_SERVICES.map(str::to_owned).to_vec(),
            period: ("2025-10-01".to_owned(), "2026-11-30".to_owned()),
            caseworker: "Handläggare Ett".to_owned(),
            case: "EB-2026-0001".to_owned(),
            purpose: "Prövning av ekonomiskt bistånd".to_owned(),
            correlation_id: None,
            requester: "Exempelkommun, socialnämnden".to_owned(),
            lefi: LefiAsking::default(),
        }
    }

    /// Includes these base services and no others.
    #[must_use]
    pub fn including(mut self, agencies: &[&str]) -> Self {
        self.include = agencies.iter().map(|agency| (*agency).to_owned()).collect();
        self
    }

    /// The question as the JSON front takes it.
    pub fn to_json(&self) -> Value {
        let mut question = json!({
            "person": self.person,
            "period": { "from": self.period.0, "to": self.period.1 },
            "requester": { "organisationNumber": ORGANISATION, "name": self.requester, "caseworker": self.caseworker },
            "caseId": self.case,
            "purpose": self.purpose,
            "include": self.include,
        });
        if let (Some(id), Some(question)) = (&self.correlation_id, question.as_object_mut()) {
            question.insert("correlationId".to_owned(), json!(id));
        }
        question
    }

    /// The question as SSBTEK's version 10 takes it.
    pub fn to_soap(&self) -> String {
        let agencies: String = BASE_SERVICES.iter().map(|agency| self.block(agency)).collect();
        let correlation = self
            .correlation_id
            .as_ref()
            .map(|id| format!("<korrelationsid>{}</korrelationsid>", escaped(id)))
            .unwrap_or_default();
        format!(
            "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Header/><soapenv:Body>\
             <hamtaBastjanstInformation xmlns=\"http://schema.forsakringskassan.se/integration/ssbt/10\"><generellaFrageparametrar>\
             {correlation}<fraganSkallInkluderasISvaret>false</fraganSkallInkluderasISvaret>\
             <ingivare><organisationsnummer>{ORGANISATION}</organisationsnummer><namn>{requester}</namn>\
             <handlaggare>{caseworker}</handlaggare></ingivare><personidentitet>{person}</personidentitet>\
             <arendeidentitet>{case}</arendeidentitet><tidsperiod><fromDatum>{from}</fromDatum><tomDatum>{to}</tomDatum></tidsperiod>\
             <syfte>{purpose}</syfte><lagtext>SoL 15 kap.</lagtext></generellaFrageparametrar>\
             <specifikaFrageparametrar>{agencies}</specifikaFrageparametrar></hamtaBastjanstInformation></soapenv:Body></soapenv:Envelope>",
            caseworker = escaped(&self.caseworker),
            requester = escaped(&self.requester),
            person = escaped(&self.person),
            case = escaped(&self.case),
            from = escaped(&self.period.0),
            to = escaped(&self.period.1),
            purpose = escaped(&self.purpose),
        )
    }

    /// What stands about a base service in `specifikaFrageparametrar`.
    fn block(&self, agency: &str) -> String {
        let is_included = self.include.iter().any(|included| included == agency);
        let content = match agency {
            "FK" if is_included => self.lefi.to_soap(&self.person, (&self.period.0, &self.period.1)),
            _ => String::new(),
        };
        format!("<{agency} inkludera=\"{is_included}\">{content}</{agency}>")
    }
}

/// The base services of SSBTEK's version 10, in its order.
pub const BASE_SERVICES: [&str; 7] = ["AF", "CSN", "FK", "SKV", "SO", "TNS", "MIV"];

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
