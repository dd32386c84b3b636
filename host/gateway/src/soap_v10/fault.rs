//! Why a whole call is refused, and what the caller is told: the one table.

use ssbtx_broker::{Closed, Unanswered};
use ssbtx_core::Role;

use super::envelope::{NAMESPACE, in_envelope};
use super::sequence::Misplaced;
use crate::case_gate::NotPassed;
use crate::limited::NotAnswered;
use crate::limits::LimitReached;

/// Why a call has no answer at all. None of it quotes a value.
///
/// The codes are published: one never changes its meaning and none is used again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    /// No XML, or XML with a document type declaration.
    #[error("request is not well-formed XML without a document type declaration, at line {line}, column {column}")]
    MalformedXml {
        /// Line, from 1.
        line: u32,
        /// Column, from 1.
        column: u32,
    },
    /// Bytes that are not UTF-8.
    #[error("request is not encoded in UTF-8")]
    NotUtf8,
    /// XML that is no SOAP message.
    #[error("request is no SOAP message: expected {0}")]
    NoSoapMessage(&'static str),
    /// SOAP 1.2, or another version.
    #[error("request is of another SOAP version, expected SOAP 1.1")]
    SoapVersion,
    /// A header that must be understood.
    #[error("request has a header that must be understood, and no header is")]
    MustUnderstand,
    /// A body with something else than an operation of the contract.
    #[error(
        "body holds another element, expected `hamtaBastjanstInformation` or `testaBastjanstInformation` of SSBTEK v10"
    )]
    UnknownOperation,
    /// An element or attribute that is missing, or is where it does not belong.
    #[error(transparent)]
    Misplaced(#[from] Misplaced),
    /// A value that its type does not allow.
    #[error("value of `{element}` is not as it should be, expected {expected}")]
    Value {
        /// The element or attribute.
        element: &'static str,
        /// What its type allows.
        expected: &'static str,
    },
    /// A content type that is not `text/xml`.
    #[error("content type is another, expected `text/xml` in UTF-8")]
    ContentType,
    /// A body over the limit.
    #[error("request is larger than {0} bytes")]
    TooLarge(usize),
    /// A body that did not arrive in time, or not whole.
    #[error("request did not arrive whole and in time")]
    NotWhole,
    /// A certificate that no consumer is registered with.
    #[error("certificate belongs to no registered consumer")]
    NotRegistered,
    /// An organisation that the consumer does not act for, or Försäkringskassan's name for another than who asks.
    #[error(
        "`organisationsnummer` in `ingivare` is neither the certificate's nor one that it is registered to act for, or `aktorsid` is another's"
    )]
    NotYourOrganisation,
    /// No policy decides for the certificate's role.
    #[error("no policy is loaded for role `{0}`")]
    RoleWithoutPolicy(Role),
    /// A limit of the consumer's or the caseworker's.
    #[error(transparent)]
    Limit(LimitReached),
    /// A person outside of the open cases that the consumer is held to.
    #[error("person is not registered in an open case with this `arendeidentitet` and organisation")]
    CaseNotOpen,
    /// Open cases that cannot be read.
    #[error("open cases cannot be read at present")]
    CasesUnavailable,
    /// No question is answered at present.
    #[error(transparent)]
    Closed(#[from] Closed),
    /// The record could not be written.
    #[error("question could not be recorded")]
    NotRecorded,
    /// A fault of ours ended the question.
    #[error("question was broken off")]
    BrokenOff,
}

/// The operation that a fault is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    /// `hamtaBastjanstInformation`, and whatever cannot be told.
    Ask,
    /// `testaBastjanstInformation`
    Test,
}

/// What the caller is told of a fault.
struct Told {
    /// SOAP's own code.
    side: &'static str,
    /// The stable code (`felkod`).
    code: &'static str,
    /// What it means, in Swedish (`felmeddelande`).
    message: &'static str,
}

impl Fault {
    /// The stable code.
    pub(crate) fn code(&self) -> &'static str {
        self.told().code
    }

    /// The limit that it is about, if it is about one.
    pub(crate) fn limit(&self) -> Option<&LimitReached> {
        if let Self::Limit(reached) = self { Some(reached) } else { None }
    }

    /// Writes the fault as published: the first `felmeddelande` says what the code means, the second what is wrong with this request.
    pub(crate) fn write(&self, operation: Operation) -> String {
        let told = self.told();
        let name = match operation {
            Operation::Ask => "ssbt:hamtaBastjanstInformationFault",
            Operation::Test => "ssbt:testaBastjanstInformationFault",
        };
        in_envelope(|out| {
            out.open("soap:Fault");
            out.leaf("faultcode", &format!("soap:{}", told.side));
            out.leaf("faultstring", &format!("{} {}", told.code, told.message));
            // SOAP 1.1, section 4.4: a fault about a header has no detail.
            if !matches!(self, Self::MustUnderstand) {
                out.open("detail");
                out.start(name);
                out.attribute("xmlns:ssbt", NAMESPACE);
                out.started();
                out.leaf("ssbt:felkod", told.code);
                out.leaf("ssbt:felmeddelande", told.message);
                out.leaf("ssbt:felmeddelande", &self.to_string());
                out.close(name);
                out.close("detail");
            }
            out.close("soap:Fault");
        })
    }

    fn told(&self) -> Told {
        let told = |side, code, message| Told { side, code, message };
        match self {
            Self::MalformedXml { .. } | Self::NotUtf8 => {
                told(CLIENT, "SSBT-201", "Anropet är inte välformad XML i UTF-8.")
            }
            Self::NoSoapMessage(_) => told(CLIENT, "SSBT-202", "Anropet är inget SOAP-meddelande."),
            Self::SoapVersion => told("VersionMismatch", "SSBT-203", "Anropet måste följa SOAP 1.1."),
            Self::MustUnderstand => {
                told("MustUnderstand", "SSBT-204", "Anropet har ett huvud som tjänsten inte hanterar.")
            }
            Self::UnknownOperation => told(CLIENT, "SSBT-205", "Tjänsten har ingen sådan operation."),
            Self::Misplaced(_) => told(CLIENT, "SSBT-206", "Ett element saknas eller hör inte hemma i frågan."),
            Self::Value { .. } => told(CLIENT, "SSBT-207", "Ett värde i frågan är felaktigt."),
            Self::ContentType => told(CLIENT, "SSBT-208", "Anropet måste ha innehållstypen text/xml i UTF-8."),
            Self::TooLarge(_) => told(CLIENT, "SSBT-209", "Anropet är för stort."),
            Self::NotWhole => told(CLIENT, "SSBT-210", "Anropet kom inte fram helt och i tid."),
            Self::NotRegistered => told(CLIENT, "SSBT-211", "Certifikatet hör inte till någon registrerad konsument."),
            Self::NotYourOrganisation => told(CLIENT, "SSBT-212", "Konsumenten får inte fråga för ingivarens räkning."),
            Self::RoleWithoutPolicy(_) => {
                told(SERVER, "SSBT-213", "Rollen saknar regler, därför lämnas inga uppgifter.")
            }
            Self::NotRecorded => told(SERVER, "SSBT-214", "Frågan kunde inte loggas, därför lämnas inga uppgifter."),
            Self::BrokenOff => told(SERVER, "SSBT-215", "Frågan avbröts av ett fel i tjänsten."),
            Self::Closed(Closed::TrustExpired) => {
                told(SERVER, "SSBT-216", "Tjänstens regler har gått ut, därför lämnas inga uppgifter.")
            }
            Self::CaseNotOpen => told(
                CLIENT,
                "SSBT-218",
                "Personen finns inte i något pågående ärende med denna ärendeidentitet, därför ställs ingen fråga.",
            ),
            Self::CasesUnavailable => {
                told(SERVER, "SSBT-219", "Pågående ärenden kan inte läsas just nu, därför ställs ingen fråga.")
            }
            Self::Limit(_) => {
                told(CLIENT, "SSBT-217", "Gränsen för antalet frågor är nådd, därför ställs ingen fråga.")
            }
        }
    }
}

impl From<NotAnswered> for Fault {
    fn from(refusal: NotAnswered) -> Self {
        match refusal {
            NotAnswered::Limit(reached) => Self::Limit(reached),
            NotAnswered::Gate(NotPassed::CaseNotOpen) => Self::CaseNotOpen,
            NotAnswered::Gate(NotPassed::Unreadable) => Self::CasesUnavailable,
            NotAnswered::Unanswered(unanswered) => unanswered.into(),
        }
    }
}

impl From<Unanswered> for Fault {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Closed(closed) => Self::Closed(closed),
            Unanswered::RoleWithoutPolicy(role) => Self::RoleWithoutPolicy(role),
            Unanswered::NotRecorded(_) => Self::NotRecorded,
            Unanswered::BrokenOff => Self::BrokenOff,
        }
    }
}

const CLIENT: &str = "Client";
const SERVER: &str = "Server";

#[cfg(test)]
mod tests;
