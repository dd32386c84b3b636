//! The vocabulary of SSBTX, parsed.
//!
//! Everything that the host says about questions, catalogues, policies and answers is said with these types, and a value of one of them is
//! proof that its rules hold. There is no input or output here, no clock and no async: what needs them takes these types as arguments.

mod accepted_pending;
mod agency;
mod answer;
mod catalogue;
mod day_of_law;
mod decision;
mod digest;
mod document;
mod exchange;
mod failure;
mod front;
mod grant;
mod identifier;
mod legal_basis;
mod mask;
mod open_case;
mod organisation;
mod person;
mod question;
mod reason;
mod redaction;
mod restrictions;
mod signed_json;
#[cfg(test)]
mod specimens;
mod sweden;
mod tightening;
mod verdict;
mod wiped;

pub use accepted_pending::{AcceptedPending, AcceptedScope};
pub use agency::{AgencyId, BASE_SERVICES, InvalidAgencyId, default_disclosers};
pub use answer::{AdapterIdentity, AgencyPart, Answer, Discloser, EditionIdentity, Outcome, PolicyIdentity, State};
pub use catalogue::{
    Bilingual, Catalogue, CatalogueSource, Dataset, Element, ElementId, Encoding, InvalidCatalogue, Kind, Scope,
    ValueType,
};
pub use day_of_law::day_of_law;
pub use decision::{Decision, VerdictCount, Withheld};
pub use digest::{InvalidDigest, Sha256Digest};
pub use document::{Document, InvalidDocument, Node, Value};
pub use exchange::{
    HeaderName, InvalidRequest, Method, Reply, Request, RequestDraft, Response, TransportFailure, UpstreamName,
};
pub use failure::{BrokerFault, DatasetFailure, Failure, InvalidNotice, Notice};
pub use front::Front;
pub use grant::{Grant, GrantEntry, GrantedBasis, InvalidGrant};
pub use identifier::{BasisId, DatasetId, InvalidName, Role, TighteningId};
pub use legal_basis::{LegalBasis, Standing};
pub use mask::Mask;
pub use open_case::OpenCase;
pub use organisation::{InvalidOrganisationNumber, Organisation, OrganisationNumber};
pub use person::{IdentityCheck, InvalidPersonId, PersonId};
pub use question::{
    CaseId, Caseworker, CorrelationId, Inclusion, InvalidPeriod, InvalidText, Parameter, Period, Purpose, Question,
    QuestionId, Requester,
};
pub use reason::Reason;
pub use redaction::without_identity_numbers;
pub use restrictions::Restrictions;
pub use signed_json::{InvalidJson, InvalidValue};
pub use sweden::{beginning_in_sweden, day_in_sweden};
pub use tightening::{InvalidLifted, InvalidTightening, Lifted, Tightened, TightenedEntry, Tightening};
pub use verdict::{Context, PurposeCode, Refusal, Relation, Verdict, WithholdReason};
pub use wiped::WipedBytes;
