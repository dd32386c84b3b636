//! The vocabulary of SSBTX, parsed.
//!
//! Everything that the host says about questions, catalogues, policies and answers is said with these types, and a value of one of them is
//! proof that its rules hold. There is no input or output here, no clock and no async: what needs them takes these types as arguments.

mod accepted_pending;
mod agency;
mod answer;
mod catalogue;
mod decision;
mod digest;
mod document;
mod exchange;
mod failure;
mod front;
mod identifier;
mod legal_basis;
mod mask;
mod organisation;
mod person;
mod question;
mod redaction;
#[cfg(test)]
mod specimens;
mod verdict;

pub use accepted_pending::{AcceptedPending, AcceptedScope};
pub use agency::{AgencyId, BASE_SERVICES, InvalidAgencyId, default_disclosers};
pub use answer::{AdapterIdentity, AgencyPart, Answer, Discloser, EditionIdentity, Outcome, PolicyIdentity, State};
pub use catalogue::{
    Bilingual, Catalogue, CatalogueSource, Dataset, Element, ElementId, Encoding, InvalidCatalogue, Kind, Scope,
    ValueType,
};
pub use decision::{Decision, Reason, VerdictCount, Withheld};
pub use digest::{InvalidDigest, Sha256Digest};
pub use document::{Document, InvalidDocument, Node, Value};
pub use exchange::{
    HeaderName, InvalidRequest, Method, Reply, Request, RequestDraft, Response, TransportFailure, UpstreamName,
};
pub use failure::{BrokerFault, DatasetFailure, Failure, InvalidNotice, Notice};
pub use front::Front;
pub use identifier::{BasisId, DatasetId, InvalidName, Role};
pub use legal_basis::{LegalBasis, Standing};
pub use mask::Mask;
pub use organisation::{InvalidOrganisationNumber, Organisation, OrganisationNumber};
pub use person::{IdentityCheck, InvalidPersonId, PersonId};
pub use question::{
    CaseId, Caseworker, CorrelationId, Inclusion, InvalidPeriod, InvalidText, Parameter, Period, Purpose, Question,
    QuestionId, Requester,
};
pub use redaction::without_identity_numbers;
pub use verdict::{Context, PurposeCode, Refusal, Relation, Verdict, WithholdReason};
