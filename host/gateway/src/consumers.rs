//! Who may ask: consumers, their certificates and the role of each.

mod actors;
mod allowances;
mod file;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use ssbtx_config_file::Document;
use ssbtx_core::{AgencyId, Organisation, OrganisationNumber, Parameter, Question, Role, Sha256Digest};
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::case_gate::GateMode;
use crate::limits::ConsumerLimits;
use actors::Actors;

/// Every consumer that may ask, by the fingerprint of its certificates.
///
/// # Shape
///
/// The file `consumers.toml`:
///
/// ```toml
/// [[consumer]]
/// name = "Exempelkommun, socialnämnden"
/// organisation-number = "162020000001"
/// acts-for = ["162020000003"]          # may be left out
/// open-cases = "enforce"               # or "warn", or "off", as where it is left out
///
/// [[consumer.certificate]]
/// fingerprint = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"   # SHA-256 of the DER
/// role = "ekonomiskt-bistand"
///
/// [consumer.aktorsid]                  # may be left out
/// 162020000001 = "exempelkommun-1"     # Försäkringskassan's name for the organisation
///
/// [consumer.limits]                    # may be left out, and each of its keys
/// questions-per-minute = 600
/// burst = 100
/// concurrent-questions = 64
/// questions-per-day = 50000
///
/// [consumer.caseworker-limits]         # may be left out, and each of its keys
/// questions-per-minute = 60
/// burst = 30
/// concurrent-questions = 8
/// questions-per-day = 1000
/// ```
#[derive(Clone)]
pub struct Consumers {
    by_fingerprint: HashMap<Sha256Digest, Caller>,
}

/// A consumer: a municipality's nämnd and its system, or a processor that asks for others.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Consumer {
    name: String,
    organisation: OrganisationNumber,
    acts_for: BTreeSet<OrganisationNumber>,
    actors: Actors,
    limits: ConsumerLimits,
    gate: GateMode,
}

/// A consumer that showed one of its certificates, hence in one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    consumer: Arc<Consumer>,
    role: Role,
}

/// A certificate that the trusted issuers vouch for but no consumer is registered with, or not under its organisation number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("certificate belongs to no registered consumer")]
pub(crate) struct NotRegistered;

/// A question in the name of an organisation that the consumer does not act for, or in Försäkringskassan's name for another than who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("consumer is not registered to act for the organisation that the question names")]
pub(crate) struct NotYourOrganisation;

impl Consumers {
    /// Reads `consumers.toml`. What is wrong becomes the document's faults, and what is read its settings; where there is a fault, what is
    /// given stands for nothing.
    pub fn read(document: &Document) -> Self {
        file::read(document)
    }

    /// Reads a file's text, or tells everything that is wrong with it.
    #[cfg(test)]
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let told = |faults: Vec<ssbtx_config_file::Fault>| {
            faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        };
        let document = Document::parse(std::path::Path::new("consumers.toml"), text).map_err(told)?;
        let consumers = Self::read(&document);
        let read = document.end(Some(consumers));
        read.value.ok_or_else(|| told(read.faults))
    }

    /// Every role that a certificate is registered for.
    pub fn roles(&self) -> BTreeSet<&Role> {
        self.by_fingerprint.values().map(Caller::role).collect()
    }

    /// The names of the consumers that are held to their open cases, by a warning or a refusal.
    pub fn held_to_open_cases(&self) -> BTreeSet<&str> {
        let held = self.by_fingerprint.values().filter(|caller| caller.gate() != GateMode::Off);
        held.map(Caller::name).collect()
    }

    /// Finds the caller behind a certificate that was verified during the handshake.
    ///
    /// The fingerprint names the caller; the organisation number in the certificate must be the consumer's, so that an entry copied to the
    /// wrong consumer opens nothing.
    pub(crate) fn identify(&self, certificate: &[u8]) -> Result<Caller, NotRegistered> {
        let caller = self.by_fingerprint.get(&Sha256Digest::of(certificate)).ok_or(NotRegistered)?;
        let stated = subject_organisation(certificate).ok_or(NotRegistered)?;
        if stated == caller.consumer.organisation { Ok(caller.clone()) } else { Err(NotRegistered) }
    }
}

impl fmt::Debug for Consumers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Consumers({} certificates)", self.by_fingerprint.len())
    }
}

impl Caller {
    /// The consumer's name.
    pub(crate) fn name(&self) -> &str {
        &self.consumer.name
    }

    /// The role of the certificate that was shown.
    pub(crate) fn role(&self) -> &Role {
        &self.role
    }

    /// How much the consumer and its caseworkers may ask.
    pub(crate) fn limits(&self) -> &ConsumerLimits {
        &self.consumer.limits
    }

    /// Whether the consumer is held to its open cases.
    pub(crate) fn gate(&self) -> GateMode {
        self.consumer.gate
    }

    /// Whether the consumer may speak for an organisation.
    pub(crate) fn speaks_for(&self, organisation: &OrganisationNumber) -> bool {
        self.consumer.organisation == *organisation || self.consumer.acts_for.contains(organisation)
    }

    /// The organisation of the consumer's own certificates.
    pub(crate) fn organisation(&self) -> &OrganisationNumber {
        &self.consumer.organisation
    }

    /// What the consumer is known as to base services that must be told when they are pinged.
    pub(crate) fn parameters(&self) -> BTreeMap<AgencyId, Vec<Parameter>> {
        self.consumer.actors.parameters(&self.consumer.organisation)
    }

    /// Lets a question pass if the consumer may ask in the names that it gives: its organisation's, and Försäkringskassan's for that.
    ///
    /// Where the consumer asks for another, it is that organisation's processor (personuppgiftsbiträde) whether the question says so or not,
    /// so it is named first: the agencies are told who handles the data, and some have room for one processor.
    pub(crate) fn authorise(&self, mut question: Question) -> Result<Question, NotYourOrganisation> {
        let own = &self.consumer.organisation;
        let asker = &question.requester.organisation.number;
        let is_own = asker == own;
        if !self.speaks_for(asker) {
            return Err(NotYourOrganisation);
        }
        self.consumer.actors.name(&mut question)?;
        if is_own {
            return Ok(question);
        }
        let requester = &mut question.requester;
        requester.processors.retain(|processor| processor.number != *own);
        requester.processors.insert(0, Organisation { number: own.clone(), name: self.consumer.name.clone() });
        Ok(question)
    }
}

/// How much longer a certificate is valid at a point in time; nothing for one that cannot be read.
pub(crate) fn remaining_validity(certificate: &[u8], now: Timestamp) -> Duration {
    let last = X509Certificate::from_der(certificate)
        .map_or(0, |(_, certificate)| certificate.validity().not_after.timestamp());
    Duration::from_secs(u64::try_from(last.saturating_sub(now.as_second())).unwrap_or_default())
}

/// The organisation number in the subject's `serialNumber`: `16` and ten digits.
fn subject_organisation(certificate: &[u8]) -> Option<OrganisationNumber> {
    let (_, certificate) = X509Certificate::from_der(certificate).ok()?;
    let mut numbers = certificate.subject().iter_by_oid(&x509_parser::oid_registry::OID_X509_SERIALNUMBER);
    let (number, None) = (numbers.next()?, numbers.next()) else { return None };
    let number = number.as_str().ok()?;
    if number.starts_with("16") { number.parse().ok() } else { None }
}

#[cfg(test)]
mod tests;
