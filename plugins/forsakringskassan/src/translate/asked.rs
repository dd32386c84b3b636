//! The question to LEFI: one person, one period, and no more information than is wanted.

use serde_json::{Value, json};
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Question;

use super::caller::{CallersQuestion, parse};
use super::information::{Information, Member};
use super::parameters::parameter;
use super::period::Days;
use super::refusal::Refusal;
use super::wanted::Wanted;

/// What LEFI is asked: never empty, and never more than the datasets that are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    person: String,
    days: Days,
    information: Vec<Information>,
}

impl Asked {
    /// The caller's own question to LEFI narrowed to what is wanted, or, without one, everything that is wanted.
    ///
    /// # Errors
    ///
    /// [`Refusal`] where the caller's question is none that LEFI version 9 takes, where the period is too long, and where nothing is left.
    pub(crate) fn of(question: &Question) -> Result<Self, Refusal> {
        let whole = match parameter(&question.parameters, "lefi-json-fraga") {
            Some(encoded) => parse(encoded, &question.person)?,
            None => CallersQuestion {
                days: Days::parse(&question.period.from, &question.period.to)?,
                information: Information::all().collect(),
            },
        };
        let mut information = whole.information;
        let wanted = Wanted::new(&question.wanted);
        information.retain(|information| information.is_wanted(&wanted));
        if information.is_empty() {
            return Err(Refusal::NothingPermitted);
        }
        Ok(Self { person: question.person.clone(), days: whole.days, information })
    }

    /// Everything that is asked for.
    pub(crate) fn information(&self) -> &[Information] {
        &self.information
    }

    /// The question as LEFI reads it. A member that would be an empty list is left out.
    pub(crate) fn to_json(&self) -> String {
        let mut question = json!({
            "personnummer": self.person,
            "period": { "from": self.days.from(), "tom": self.days.to() },
        });
        for member in Member::ALL {
            let codes: Vec<&str> = self.information.iter().filter(|i| i.member == member).map(|i| i.code).collect();
            if let (Some(members), false) = (question.as_object_mut(), codes.is_empty()) {
                members.insert(member.name().to_owned(), Value::from(codes));
            }
        }
        question.to_string()
    }
}
