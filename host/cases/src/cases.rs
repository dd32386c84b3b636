//! All cases of one component.

use serde_json::Value;

use crate::adapter_case::AdapterCase;
use crate::file::{AdapterCaseFile, CasesFile, FormFile, KIND, VERSION};
use crate::invalid::{InvalidCase, InvalidCases};
use crate::policy_case::PolicyCase;
use crate::test_persons::TestPersons;

/// The cases of one component, checked.
///
/// # Shape
///
/// JSON in UTF-8, at most [`MOST_BYTES`]: `{"kind":"ssbtx-cases","version":1}` with either `policy` or `adapter`, each a list of at most [`MOST_CASES`].
/// A policy's case: `promise`, `agency`, `purpose`, `relation`, `consents`, `protectedIdentity`, `askedOn`, `elements`, and `expected`, which is
/// `{"disclose": basis}` or `{"withhold": reason}`. An adapter's: `promise`, `question` ([`TrialQuestion`](crate::TrialQuestion), with `askedOn`), `replies`, each
/// `{"text": …}` or `{"base64": …}` ([`Recording`](crate::Recording)), and `expected` ([`ExpectedOutcome`](crate::ExpectedOutcome)).
#[derive(Debug)]
pub struct Cases {
    json: Vec<u8>,
    policy: Vec<PolicyCase>,
    adapter: Vec<AdapterCase>,
}

/// What kind of component cases are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseKind {
    /// A policy.
    Policy,
    /// An adapter.
    Adapter,
}

impl Cases {
    /// No cases: those of a component that carries none.
    pub const fn none() -> Self {
        Self { json: Vec::new(), policy: Vec::new(), adapter: Vec::new() }
    }

    /// Reads cases, all or none.
    ///
    /// # Errors
    ///
    /// [`InvalidCases`], which says what is wrong with the first that is.
    pub fn parse(json: &[u8]) -> Result<Self, InvalidCases> {
        within("bytes", json.len(), MOST_BYTES)?;
        // Read as plain values first: whatever spelling an identity number has in JSON, here it has one.
        let value: Value = serde_json::from_slice(json)?;
        TestPersons::PUBLISHED.only_in(&value.to_string())?;
        let form: FormFile = serde_json::from_value(value).map_err(|_| InvalidCases::Form)?;
        if form.kind != KIND || form.version != VERSION {
            return Err(InvalidCases::Form);
        }
        let file: CasesFile = serde_json::from_slice(json)?;
        let (policy, adapter) = match (file.policy, file.adapter) {
            (Some(policy), None) => (policy, Vec::new()),
            (None, Some(adapter)) => (Vec::new(), adapter),
            (Some(_), Some(_)) | (None, None) => return Err(InvalidCases::Form),
        };
        within("cases", policy.len() + adapter.len(), MOST_CASES)?;
        within("paths of elements", policy.iter().map(|case| case.elements.len()).sum(), MOST_ELEMENTS)?;
        Ok(Self {
            json: json.to_owned(),
            policy: each(policy, PolicyCase::parse)?,
            adapter: each(adapter, AdapterCase::parse)?,
        })
    }

    /// Writes the cases of an adapter, as they were read from files, and reads them.
    pub(crate) fn of_adapter(cases: Vec<AdapterCaseFile>) -> Result<Self, InvalidCases> {
        let file = CasesFile { kind: KIND.to_owned(), version: VERSION, policy: None, adapter: Some(cases) };
        Self::parse(&serde_json::to_vec(&file)?)
    }

    /// The cases as they were read; empty where there are none.
    pub fn as_json(&self) -> &[u8] {
        &self.json
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.policy.len() + self.adapter.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What they are of; `None` where there are none.
    pub fn kind(&self) -> Option<CaseKind> {
        match (self.policy.is_empty(), self.adapter.is_empty()) {
            (true, true) => None,
            (false, _) => Some(CaseKind::Policy),
            (true, false) => Some(CaseKind::Adapter),
        }
    }

    /// Those of a policy.
    pub fn policy(&self) -> &[PolicyCase] {
        &self.policy
    }

    /// Those of an adapter.
    pub fn adapter(&self) -> &[AdapterCase] {
        &self.adapter
    }
}

impl CaseKind {
    /// The stable name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Adapter => "adapter",
        }
    }
}

/// The most bytes that cases are: enough for a hundred recordings of ten kilobytes, and a fraction of what a component may be.
///
/// What it does not stop: cases that take long. That is the self-test's to end.
pub const MOST_BYTES: usize = 1_048_576;
/// The most cases.
pub const MOST_CASES: usize = 512;
/// The most paths of elements in all cases of a policy together: each is looked for in a whole catalogue.
pub const MOST_ELEMENTS: usize = 8_192;

fn within(what: &'static str, found: usize, most: usize) -> Result<(), InvalidCases> {
    if found > most { Err(InvalidCases::TooMany { what, found, most }) } else { Ok(()) }
}

fn each<F, C>(files: Vec<F>, parse: fn(F) -> Result<C, InvalidCase>) -> Result<Vec<C>, InvalidCases> {
    let numbered = files.into_iter().zip(1..);
    numbered.map(|(file, number)| parse(file).map_err(|cause| InvalidCases::Case { number, cause })).collect()
}

#[cfg(test)]
mod tests;
