//! Reads `[person.fk]` and `[person.pm]` of a cast.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::cast::lefi::{DeviatingGroup, Deviation, DiscloserState, Entry, LefiRecord};
use crate::lefi::{Class, Discloser, Group, Tree};

/// What Försäkringskassan has on record.
#[derive(Deserialize)]
#[serde(try_from = "Section")]
pub(crate) struct FkRecord(pub(crate) LefiRecord);

/// What Pensionsmyndigheten has on record.
#[derive(Deserialize)]
#[serde(try_from = "Section")]
pub(crate) struct PmRecord(pub(crate) LefiRecord);

/// Why a section is no record. It names no value, since an entry may hold an identity number.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InvalidRecord {
    /// A member that this discloser does not answer in.
    #[error("member `{member}` is none of `{discloser}`")]
    Member {
        /// The member.
        member: String,
        /// The discloser's code.
        discloser: &'static str,
    },
    /// An entry that is no JSON object.
    #[error("entry {position} of `{member}` is not a JSON object")]
    Entry {
        /// The member.
        member: String,
        /// The entry's position, from 0.
        position: usize,
    },
    /// An entry that says no group of this discloser, though its member leaves it open.
    #[error("entry {position} of `{member}` names no group of `{discloser}`")]
    Group {
        /// The member.
        member: String,
        /// The entry's position, from 0.
        position: usize,
        /// The discloser's code.
        discloser: &'static str,
    },
    /// A deviation of a group that the class does not have.
    #[error("group `{group}` of class `{class}` is none of `{discloser}`")]
    Deviation {
        /// The group's code.
        group: String,
        /// The class's name.
        class: String,
        /// The discloser's code.
        discloser: &'static str,
    },
}

impl TryFrom<Section> for FkRecord {
    type Error = InvalidRecord;

    fn try_from(section: Section) -> Result<Self, Self::Error> {
        section.read(Discloser::Fk).map(Self)
    }
}

impl TryFrom<Section> for PmRecord {
    type Error = InvalidRecord;

    fn try_from(section: Section) -> Result<Self, Self::Error> {
        section.read(Discloser::Pm).map(Self)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Section {
    #[serde(default)]
    state: DiscloserState,
    #[serde(default)]
    deviations: Vec<DeviationEntry>,
    #[serde(default)]
    information: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DeviationEntry {
    class: String,
    group: String,
    code: Deviation,
}

impl Section {
    fn read(self, discloser: Discloser) -> Result<LefiRecord, InvalidRecord> {
        let deviations = self.deviations.into_iter().map(|entry| entry.read(discloser)).collect::<Result<_, _>>()?;
        let mut information = BTreeMap::new();
        for (member, texts) in self.information {
            let place = Place::of(&member, discloser)
                .ok_or_else(|| InvalidRecord::Member { member: member.clone(), discloser: discloser.code() })?;
            let read = |(position, text): (usize, String)| place.read(&text, &member, position);
            let entries = texts.into_iter().enumerate().map(read).collect::<Result<_, _>>()?;
            information.insert(member, entries);
        }
        Ok(LefiRecord { state: self.state, deviations, information })
    }
}

impl DeviationEntry {
    fn read(self, discloser: Discloser) -> Result<DeviatingGroup, InvalidRecord> {
        let class = Class::named(&self.class);
        let group = Group::of_code(&self.group).filter(|group| group.discloser() == discloser);
        match (class, group) {
            (Some(class), Some(group)) if class.has(group) => Ok(DeviatingGroup { class, group, deviation: self.code }),
            _ => Err(InvalidRecord::Deviation { group: self.group, class: self.class, discloser: discloser.code() }),
        }
    }
}

/// A member of an answer: whose it is, in which class it is asked for, and how the group of an entry is found out.
struct Place {
    discloser: Discloser,
    class: Class,
    groups_of: fn(&str, &Tree) -> Vec<&'static Group>,
}

impl Place {
    fn of(member: &str, discloser: Discloser) -> Option<Self> {
        let (class, groups_of): (_, fn(&str, &Tree) -> Vec<&'static Group>) = match (discloser, member) {
            (Discloser::Fk, "preliminarautbetalningar") => (Class::PreliminaryPayments, of_family),
            (Discloser::Fk, "utbetalningsuppgift") => (Class::Payments, of_family),
            (Discloser::Fk, _) => {
                let groups = Group::of_member(member);
                let group = groups.first()?;
                let class = [Class::Benefits, Class::Other].into_iter().find(|class| class.has(group))?;
                (class, |member, _| Group::of_member(member))
            }
            (Discloser::Pm, _) => match Class::named(member)? {
                Class::Benefits => return None,
                class @ (Class::Claims | Class::Decisions) => (class, |_, entry| of_code(entry, "formansgrupp")),
                class @ (Class::PreliminaryPayments | Class::Payments) => (class, of_lines),
                class @ Class::Other => (class, |_, entry| of_code(entry, "informationstyp")),
            },
        };
        Some(Self { discloser, class, groups_of })
    }

    fn read(&self, text: &str, member: &str, position: usize) -> Result<Entry, InvalidRecord> {
        let no_object = || InvalidRecord::Entry { member: member.to_owned(), position };
        let json = Tree::parse(text).ok().filter(|tree| matches!(tree, Tree::Object(_))).ok_or_else(no_object)?;
        let groups = (self.groups_of)(member, &json);
        if groups.is_empty() || groups.iter().any(|group| group.discloser() != self.discloser) {
            let discloser = self.discloser.code();
            return Err(InvalidRecord::Group { member: member.to_owned(), position, discloser });
        }
        Ok(Entry { class: self.class, groups, json })
    }
}

/// Försäkringskassan's payments: `formansfamilj` names the group, without its prefix.
fn of_family(_: &str, entry: &Tree) -> Vec<&'static Group> {
    let family = entry.member("formansfamilj").and_then(|family| family.member("id")).and_then(Tree::text);
    Vec::from_iter(family.and_then(|id| Group::of_code(&format!("FK:{id}"))))
}

fn of_code(entry: &Tree, member: &str) -> Vec<&'static Group> {
    let code = entry.member(member).and_then(|group| group.member("kod")).and_then(Tree::text);
    Vec::from_iter(code.and_then(Group::of_code))
}

/// Pensionsmyndigheten's payments: each line names its group.
fn of_lines(_: &str, entry: &Tree) -> Vec<&'static Group> {
    let lines = entry.member("utbetalningsrader").and_then(Tree::items).unwrap_or_default();
    lines.iter().flat_map(|line| of_code(line, "formansgrupp")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fk(text: &str) -> Result<FkRecord, String> {
        toml::from_str(text).map_err(|refusal: toml::de::Error| refusal.message().to_owned())
    }

    fn pm(text: &str) -> Result<PmRecord, String> {
        toml::from_str(text).map_err(|refusal: toml::de::Error| refusal.message().to_owned())
    }

    #[test]
    fn an_entry_is_filed_under_the_groups_that_it_is_about() {
        let FkRecord(record) = fk(r#"information.utbetalningsuppgift = ['{"formansfamilj":{"id":"SJP"}}']"#).unwrap();
        let (_, entries) = record.members().next().unwrap();
        assert_eq!((entries[0].class, entries[0].groups[0].code), (Class::Payments, "FK:SJP"));

        let line = |code| format!(r#"{{"formansgrupp":{{"kod":"PM:{code}"}}}}"#);
        let payment = format!(r#"{{"utbetalningsrader":[{},{}]}}"#, line("AP"), line("BTI"));
        let PmRecord(record) = pm(&format!("information.utbetalningar = ['{payment}']")).unwrap();
        let (_, entries) = record.members().next().unwrap();
        assert_eq!(entries[0].groups.iter().map(|group| group.code).collect::<Vec<_>>(), ["PM:AP", "PM:BTI"]);
    }

    #[test]
    fn err_record() {
        let refusal = |text| fk(text).map(|_| ()).unwrap_err();
        assert_eq!(refusal("information.beslut = []"), "member `beslut` is none of `FK`");
        assert_eq!(
            refusal("information.sjukpenningarende = ['{}', '[]']"),
            "entry 1 of `sjukpenningarende` is not a JSON object"
        );
        assert_eq!(
            refusal(r#"information.utbetalningsuppgift = ['{"formansfamilj":{"id":"GEPI2"}}']"#),
            "entry 0 of `utbetalningsuppgift` names no group of `FK`"
        );
        assert_eq!(
            refusal("deviations = [{ class = 'beslut', group = 'FK:SJP', code = 'OBEHORIG' }]"),
            "group `FK:SJP` of class `beslut` is none of `FK`"
        );
        assert!(refusal("deviations = [{ class = 'beslut', group = 'FK:SJP', code = 'SJUK' }]").contains("SJUK"));
        assert!(refusal("sate = 'OK'").contains("unknown field"));

        let refusal = |text| pm(text).map(|_| ()).unwrap_err();
        assert_eq!(refusal("information.sjukpenningarende = []"), "member `sjukpenningarende` is none of `PM`");
        assert_eq!(
            refusal(r#"information.ovrigInformation = ['{"informationstyp":{"kod":"FK:SGI"}}']"#),
            "entry 0 of `ovrigInformation` names no group of `PM`"
        );
    }
}
