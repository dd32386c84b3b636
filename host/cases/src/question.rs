//! The question of a trial or a case.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::Deserialize;
use ssbtx_core::{
    AgencyId, CaseId, Caseworker, Catalogue, CorrelationId, DatasetId, Inclusion, InvalidName,
    InvalidOrganisationNumber, InvalidPeriod, InvalidText, Organisation, Parameter, Period, Purpose, Question,
    QuestionId, Requester,
};

use crate::test_persons::{NotATestPerson, TestPersons};

/// A question about a test person, to whichever agency the adapter speaks for.
///
/// # Shape
///
/// JSON, as a question of JSON v1 (`docs/json-v1.md`) without `include`, and with what the host adds to a question before it reaches an adapter,
/// each of which may be left out: `askedOn` (a day; the day of the trial where it is left out), `legalText`, `wanted` (datasets; all of them
/// where it is left out), `parameters` (`aktorsid`, `version`, `lefi-json-fraga`), and `requester.processors`.
pub struct TrialQuestion {
    question: Question,
    parameters: Vec<Parameter>,
    wanted: Option<Vec<DatasetId>>,
    legal_text: String,
}

/// Why a file is no question of a trial. It quotes no person.
#[derive(Debug, thiserror::Error)]
pub enum InvalidTrialQuestion {
    /// No JSON, or an unknown, missing or misshapen key.
    #[error("question is not as it should be")]
    Shape(#[source] serde_json::Error),
    /// About somebody who may not be tried with.
    #[error("`person` may not be tried with")]
    Person(#[source] NotATestPerson),
    /// A case's question that does not say on which day it is asked.
    #[error("`askedOn` is missing")]
    NoDay,
    /// A period that ends before it begins.
    #[error(transparent)]
    Period(#[from] InvalidPeriod),
    /// An organisation number out of shape.
    #[error(transparent)]
    Organisation(#[from] InvalidOrganisationNumber),
    /// A text out of shape.
    #[error(transparent)]
    Text(#[from] InvalidText),
    /// A dataset's name out of shape.
    #[error("`wanted` names a dataset wrongly")]
    Wanted(#[from] InvalidName),
    /// A parameter that no base service has.
    #[error("parameter `{0}` is none of `aktorsid`, `version` and `lefi-json-fraga`")]
    Parameter(String),
}

impl TrialQuestion {
    /// Reads a question, given the day of the trial.
    ///
    /// # Errors
    ///
    /// [`InvalidTrialQuestion`], which says what is wrong.
    pub fn parse(text: &str, today: Date) -> Result<Self, InvalidTrialQuestion> {
        let file: QuestionFile = serde_json::from_str(text).map_err(InvalidTrialQuestion::Shape)?;
        let asked_on = file.asked_on.unwrap_or(today);
        Self::checked(file, asked_on)
    }

    /// Reads a question that says itself on which day it is asked, so that its outcome is the same on every day.
    pub(crate) fn parse_dated(text: &str) -> Result<Self, InvalidTrialQuestion> {
        let file: QuestionFile = serde_json::from_str(text).map_err(InvalidTrialQuestion::Shape)?;
        let asked_on = file.asked_on.ok_or(InvalidTrialQuestion::NoDay)?;
        Self::checked(file, asked_on)
    }

    fn checked(file: QuestionFile, asked_on: Date) -> Result<Self, InvalidTrialQuestion> {
        let person = TestPersons::PUBLISHED.person(&file.person).map_err(InvalidTrialQuestion::Person)?;
        let processors = file.requester.processors.into_iter().map(organisation).collect::<Result<_, _>>()?;
        let asking =
            OrganisationFile { organisation_number: file.requester.organisation_number, name: file.requester.name };
        let question = Question {
            // Nothing of a trial is recorded, so nothing needs to tell it from another.
            id: QuestionId([0; 16]),
            asked_on,
            person,
            period: Period::new(file.period.from, file.period.to)?,
            requester: Requester {
                organisation: organisation(asking)?,
                caseworker: Caseworker::parse(&file.requester.caseworker)?,
                processors,
            },
            case: CaseId::parse(&file.case_id)?,
            purpose: Purpose::parse(&file.purpose)?,
            correlation_id: file.correlation_id.as_deref().map(CorrelationId::parse).transpose()?,
            include: BTreeMap::new(),
        };
        let wanted = file.wanted.map(|names| names.iter().map(|name| name.parse()).collect::<Result<_, _>>());
        let parameters = file.parameters.into_iter().map(parameter).collect::<Result<_, _>>()?;
        Ok(Self { question, parameters, wanted: wanted.transpose()?, legal_text: file.legal_text })
    }

    /// The question as it is put to one agency.
    pub fn to(&self, agency: AgencyId) -> Question {
        let inclusion = Inclusion { period: None, parameters: self.parameters.clone() };
        Question { include: BTreeMap::from([(agency, inclusion)]), ..self.question.clone() }
    }

    /// The datasets that are wanted: those that it names, or all.
    pub fn wanted(&self, catalogue: &Catalogue) -> Vec<DatasetId> {
        let all = || catalogue.datasets().iter().map(|dataset| dataset.id.clone()).collect();
        self.wanted.clone().unwrap_or_else(all)
    }

    /// The law that lets the agency answer.
    pub fn legal_text(&self) -> &str {
        &self.legal_text
    }
}

impl fmt::Debug for TrialQuestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TrialQuestion(redacted)")
    }
}

fn organisation(file: OrganisationFile) -> Result<Organisation, InvalidOrganisationNumber> {
    Ok(Organisation { number: file.organisation_number.parse()?, name: file.name })
}

fn parameter((name, value): (String, String)) -> Result<Parameter, InvalidTrialQuestion> {
    let known = ["aktorsid", "version", "lefi-json-fraga"].into_iter().find(|known| *known == name);
    known.map(|name| Parameter { name, value }).ok_or(InvalidTrialQuestion::Parameter(name))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct QuestionFile {
    person: String,
    period: PeriodFile,
    requester: RequesterFile,
    case_id: String,
    purpose: String,
    correlation_id: Option<String>,
    asked_on: Option<Date>,
    #[serde(default)]
    legal_text: String,
    wanted: Option<Vec<String>>,
    #[serde(default)]
    parameters: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodFile {
    from: Date,
    to: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct RequesterFile {
    organisation_number: String,
    name: String,
    caseworker: String,
    #[serde(default)]
    processors: Vec<OrganisationFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct OrganisationFile {
    organisation_number: String,
    name: String,
}

#[cfg(test)]
mod tests;
