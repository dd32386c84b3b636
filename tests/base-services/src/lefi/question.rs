//! Reads a `LefiExternFormansinformationFraga` as strictly as its schema allows.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::bad_request::BadRequest;
use crate::lefi::class::Class;
use crate::lefi::group::{Discloser, Group};
use crate::lefi::json::Tree;

/// A question that LEFI answers.
pub(crate) struct Question {
    /// `personnummer`: 10 or 12 digits.
    pub(crate) person: String,
    /// Every group asked for, in the class in which it was.
    asked: Vec<(Class, &'static Group)>,
}

impl Question {
    /// Reads a body.
    ///
    /// # Errors
    ///
    /// [`BadRequest`] for anything that LEFI answers with status 400.
    pub(crate) fn read(body: &str) -> Result<Self, BadRequest> {
        let document = Tree::parse(body).map_err(|_| BadRequest::NotJson)?;
        let members = members(&document, "fraga", |name| {
            matches!(name, "personnummer" | "period") || Class::named(name).is_some()
        })?;
        let person = mandatory(&document, "fraga", "personnummer")?;
        let person = person.text().filter(|text| is_person(text)).ok_or_else(|| wrong_value("personnummer", PERSON))?;
        read_period(mandatory(&document, "fraga", "period")?)?;

        let mut asked = Vec::new();
        for (name, value) in members {
            let Some(class) = Class::named(name) else { continue };
            for item in value.items().ok_or_else(|| wrong_value(class.name(), CODES))? {
                let group = item.text().and_then(Group::of_code).filter(|group| class.has(group));
                let group = group.ok_or_else(|| wrong_value(class.name(), CODES))?;
                if asked.contains(&(class, group)) {
                    return Err(wrong_value(class.name(), CODES));
                }
                asked.push((class, group));
            }
        }
        if asked.is_empty() {
            Err(wrong_value("fraga", ANYTHING))
        } else {
            Ok(Self { person: person.to_owned(), asked })
        }
    }

    /// Every group asked for, with its class.
    pub(crate) fn asked(&self) -> impl Iterator<Item = (Class, &'static Group)> {
        self.asked.iter().copied()
    }

    /// Whether anything in this class is asked of this discloser.
    pub(crate) fn concerns(&self, class: Class, discloser: Discloser) -> bool {
        self.asked().any(|(asked, group)| asked == class && group.discloser() == discloser)
    }

    /// Whether anything at all is asked of this discloser.
    pub(crate) fn concerns_any_of(&self, discloser: Discloser) -> bool {
        Class::ALL.into_iter().any(|class| self.concerns(class, discloser))
    }

    /// Whether this group is asked for in this class.
    pub(crate) fn asks(&self, class: Class, group: &Group) -> bool {
        self.asked().any(|(asked, found)| asked == class && found == group)
    }
}

fn members<'a>(
    object: &'a Tree,
    parent: &str,
    is_known: impl Fn(&str) -> bool,
) -> Result<&'a [(String, Tree)], BadRequest> {
    let Tree::Object(members) = object else {
        return Err(wrong_value(parent, "an object"));
    };
    for (position, (name, _)) in members.iter().enumerate() {
        if !is_known(name) || members.iter().take(position).any(|(earlier, _)| earlier == name) {
            return Err(BadRequest::Member { parent: parent.to_owned(), name: name.clone() });
        }
    }
    Ok(members)
}

fn mandatory<'a>(object: &'a Tree, parent: &str, name: &str) -> Result<&'a Tree, BadRequest> {
    object.member(name).ok_or_else(|| BadRequest::Missing { parent: parent.to_owned(), name: name.to_owned() })
}

fn is_person(text: &str) -> bool {
    matches!(text.len(), 10 | 12) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn read_period(period: &Tree) -> Result<(), BadRequest> {
    members(period, "period", |name| matches!(name, "from" | "tom"))?;
    let from = date(mandatory(period, "period", "from")?, "from")?;
    let tom = date(mandatory(period, "period", "tom")?, "tom")?;
    let last = from.checked_add(2.years()).unwrap_or(Date::MAX);
    if from <= tom && tom <= last { Ok(()) } else { Err(wrong_value("period", PERIOD)) }
}

fn date(text: &Tree, member: &str) -> Result<Date, BadRequest> {
    // Jiff also reads other spellings of a date; the schema's `date` has one.
    let parsed = text.text().and_then(|text| text.parse().ok().filter(|date: &Date| date.to_string() == text));
    parsed.ok_or_else(|| wrong_value(member, "a date"))
}

fn wrong_value(member: &str, expected: &'static str) -> BadRequest {
    BadRequest::Value { element: member.to_owned(), expected }
}

const PERSON: &str = "a text of ten or twelve digits";
const CODES: &str = "a list of different codes of its kind";
const PERIOD: &str = "from one date to the same or a later one, at most two years";
const ANYTHING: &str = "a question for anything";

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: &str = r#"{"personnummer":"197701172392","period":{"from":"2024-11-30","tom":"2026-11-30"},"formansinformation":["FK:SJP"],"beslut":[],"utbetalningar":["FK:SJP","PM:AP"]}"#;

    fn refusal(body: &str) -> String {
        match Question::read(body) {
            Ok(_) => "none".to_owned(),
            Err(refusal) => refusal.to_string(),
        }
    }

    fn wrong(member: &str, expected: &'static str) -> String {
        wrong_value(member, expected).to_string()
    }

    fn spoiled(from: &str, to: &str) -> String {
        assert!(RIGHT.contains(from), "{from}");
        refusal(&RIGHT.replace(from, to))
    }

    #[test]
    fn a_question_says_what_is_asked_of_whom() {
        let question = Question::read(RIGHT).unwrap_or_else(|refusal| panic!("{refusal}"));
        let group = |code| Group::of_code(code).unwrap();
        assert_eq!(question.person, "197701172392");
        assert!(question.asks(Class::Benefits, group("FK:SJP")) && question.asks(Class::Payments, group("FK:SJP")));
        assert!(!question.asks(Class::PreliminaryPayments, group("FK:SJP")));
        assert!(question.concerns(Class::Payments, Discloser::Pm) && !question.concerns(Class::Claims, Discloser::Pm));
        assert!(question.concerns_any_of(Discloser::Fk));
    }

    #[test]
    fn ok_question() {
        assert_eq!(refusal(RIGHT), "none");
        assert_eq!(spoiled("197701172392", "7701172392"), "none");
        assert_eq!(spoiled(r#""from":"2024-11-30""#, r#""from":"2026-11-30""#), "none");
        assert_eq!(spoiled(r#""beslut":[],"#, ""), "none");
    }

    #[test]
    fn err_question() {
        assert_eq!(refusal("{"), BadRequest::NotJson.to_string());
        assert_eq!(refusal("[]"), wrong("fraga", "an object"));
        assert_eq!(refusal("{}"), "member `personnummer` of `fraga` is absent");
        assert_eq!(
            spoiled(r#""beslut""#, r#""besked""#),
            "member `besked` of `fraga` is not in the schema or stands there twice"
        );
        assert_eq!(
            spoiled(r#""beslut""#, r#""utbetalningar""#),
            "member `utbetalningar` of `fraga` is not in the schema or stands there twice"
        );
        assert_eq!(spoiled(r#""197701172392""#, "197701172392"), wrong("personnummer", PERSON));
        assert_eq!(spoiled("197701172392", "19770117-2392"), wrong("personnummer", PERSON));
        assert_eq!(spoiled(r#","tom":"2026-11-30""#, ""), "member `tom` of `period` is absent");
        assert_eq!(
            spoiled(r#","tom""#, r#","till":1,"tom""#),
            "member `till` of `period` is not in the schema or stands there twice"
        );
        assert_eq!(spoiled("2026-11-30", "2026-11-31"), wrong("tom", "a date"));
        assert_eq!(spoiled("2026-11-30", "20261130"), wrong("tom", "a date"));
        assert_eq!(spoiled("2026-11-30", "2026-12-01"), wrong("period", PERIOD));
        assert_eq!(spoiled("2026-11-30", "2024-11-29"), wrong("period", PERIOD));
        assert_eq!(spoiled("[]", "null"), wrong("beslut", CODES));
        assert_eq!(spoiled("[]", r#"["FK:SJP"]"#), wrong("beslut", CODES));
        assert_eq!(spoiled(r#"["FK:SJP"]"#, r#"["FK:SJP","FK:SJP"]"#), wrong("formansinformation", CODES));
        assert_eq!(spoiled(r#"["FK:SJP"]"#, r#"["PM:AP"]"#), wrong("formansinformation", CODES));
        assert_eq!(spoiled(r#"["FK:SJP","PM:AP"]"#, r#"["FK:GEPI"]"#), wrong("utbetalningar", CODES));
    }

    #[test]
    fn a_question_that_asks_for_nothing_is_refused() {
        let (head, _) = RIGHT.split_once(r#","formansinformation""#).unwrap();
        assert_eq!(refusal(&format!("{head}}}")), wrong("fraga", ANYTHING));
    }
}
