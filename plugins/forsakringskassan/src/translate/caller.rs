//! The question to LEFI that a caller of SSBTEK writes itself, read to the letter: what is not understood cannot be narrowed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ssbtx_adapter_kit::json::{Member as Field, members};

use super::information::{Information, Member};
use super::period::Days;
use super::refusal::{QuestionFault, Refusal};

/// What the caller asks for, about the person that the whole question is about.
pub(crate) struct CallersQuestion {
    /// The days asked about.
    pub(crate) days: Days,
    /// Everything asked for; never empty when it comes from the caller.
    pub(crate) information: Vec<Information>,
}

/// Reads a question: base64 of a `LefiExternFormansinformationFraga`.
///
/// # Errors
///
/// [`Refusal::Person`] where it is about another person, [`Refusal::Period`] where the period is none or too long, else [`Refusal::Question`].
pub(crate) fn parse(encoded: &str, person: &str) -> Result<CallersQuestion, Refusal> {
    // `xsd:base64Binary` may be broken into lines.
    let compact: String = encoded.split_ascii_whitespace().collect();
    let json = STANDARD.decode(compact).map_err(|_| QuestionFault::NotBase64)?;
    let fields = Fields::parse(&json, &FIELDS).map_err(|fault| match fault {
        FieldsFault::NotAnObject => QuestionFault::NotAnObject,
        FieldsFault::Unknown => QuestionFault::UnknownMember,
        FieldsFault::Repeated(name) => QuestionFault::Repeated(name),
    })?;
    require_person(&fields, person)?;
    let days = days(&fields)?;
    let information = information(&fields)?;
    if information.is_empty() {
        return Err(QuestionFault::Empty.into());
    }
    Ok(CallersQuestion { days, information })
}

fn require_person(fields: &Fields<'_>, person: &str) -> Result<(), Refusal> {
    let named = text(fields.require("personnummer", "personnummer")?, "personnummer")?;
    let without_century = person.get(2..);
    if named == person || Some(named.as_str()) == without_century { Ok(()) } else { Err(Refusal::Person) }
}

fn days(fields: &Fields<'_>) -> Result<Days, Refusal> {
    let period = fields.require("period", "period")?;
    let ends = Fields::parse(period.as_bytes(), &["from", "tom"]).map_err(|fault| match fault {
        FieldsFault::NotAnObject | FieldsFault::Unknown => QuestionFault::Shape("period"),
        FieldsFault::Repeated(_) => QuestionFault::Repeated("period"),
    })?;
    let from = text(ends.require("from", "period.from")?, "period.from")?;
    let to = text(ends.require("tom", "period.tom")?, "period.tom")?;
    Ok(Days::parse(&from, &to)?)
}

fn information(fields: &Fields<'_>) -> Result<Vec<Information>, QuestionFault> {
    let mut asked = Vec::new();
    for member in Member::ALL {
        let Some(value) = fields.find(member.name()) else { continue };
        let codes: Vec<String> = serde_json::from_str(value).map_err(|_| QuestionFault::Shape(member.name()))?;
        for code in codes {
            let information = Information::all()
                .find(|known| known.member == member && known.code == code)
                .ok_or(QuestionFault::UnknownCode(member.name()))?;
            if asked.contains(&information) {
                return Err(QuestionFault::RepeatedCode(member.name()));
            }
            asked.push(information);
        }
    }
    Ok(asked)
}

fn text(value: &str, name: &'static str) -> Result<String, QuestionFault> {
    serde_json::from_str(value).map_err(|_| QuestionFault::Shape(name))
}

/// The members of an object, each known and there once.
struct Fields<'j>(Vec<Field<'j>>);

enum FieldsFault {
    NotAnObject,
    Unknown,
    Repeated(&'static str),
}

impl<'j> Fields<'j> {
    fn parse(json: &'j [u8], known: &[&'static str]) -> Result<Self, FieldsFault> {
        let fields = members(json).map_err(|_| FieldsFault::NotAnObject)?;
        if fields.iter().any(|field| !known.contains(&field.name.as_str())) {
            return Err(FieldsFault::Unknown);
        }
        let times = |name: &str| fields.iter().filter(|field| field.name == name).count();
        match known.iter().find(|name| times(name) > 1) {
            Some(name) => Err(FieldsFault::Repeated(name)),
            None => Ok(Self(fields)),
        }
    }

    fn find(&self, name: &str) -> Option<&'j str> {
        self.0.iter().find(|field| field.name == name).map(|field| field.value)
    }

    /// The value of the member of this name, told of by its path.
    fn require(&self, name: &str, path: &'static str) -> Result<&'j str, QuestionFault> {
        self.find(name).ok_or(QuestionFault::Missing(path))
    }
}

/// The members of the published question.
const FIELDS: [&str; 8] = [
    "personnummer",
    "period",
    "formansinformation",
    "ansprak",
    "beslut",
    "preliminaraUtbetalningar",
    "utbetalningar",
    "ovrigInformation",
];
