//! Writes a `LefiExternFormansinformationSvar`: what was found of what was asked for, and nothing else.
//!
//! The published document leaves open how LEFI says that nothing was found. Here `formansinformation` has a member only for what was found, and
//! is an empty object where that is nothing; Pensionsmyndigheten's lists are there, perhaps empty, for the classes that were asked for.
//! `avvikelser` is `[]` where there is none, as in the published example and against the published schema.

use crate::cast::{DiscloserState, LefiRecord};
use crate::lefi::class::Class;
use crate::lefi::group::{Discloser, Group};
use crate::lefi::json::Tree;
use crate::lefi::question::Question;

/// What both disclosers have on record about a person.
#[derive(Clone, Copy)]
pub(crate) struct Records<'a> {
    /// Försäkringskassan's.
    pub(crate) fk: &'a LefiRecord,
    /// Pensionsmyndigheten's.
    pub(crate) pm: &'a LefiRecord,
}

/// Answers a question from these records.
pub(crate) fn answer(question: &Question, records: Records<'_>) -> Tree {
    let mut members = vec![
        ("utlamnare".to_owned(), Tree::List(states(question, records))),
        ("avvikelser".to_owned(), deviations(question, records)),
    ];
    if contributes(question, records, Discloser::Fk) {
        members.push(("formansinformation".to_owned(), Tree::Object(found_at_fk(question, records.fk))));
    }
    if contributes(question, records, Discloser::Pm) {
        let classes = Class::ALL.into_iter().filter(|class| question.concerns(*class, Discloser::Pm));
        members.extend(
            classes.map(|class| (class.name().to_owned(), Tree::List(found_at_pm(question, records.pm, class)))),
        );
    }
    Tree::Object(members)
}

impl<'a> Records<'a> {
    fn of(self, discloser: Discloser) -> &'a LefiRecord {
        match discloser {
            Discloser::Fk => self.fk,
            Discloser::Pm => self.pm,
        }
    }
}

/// `utlamnare`: those whom the question concerns.
fn states(question: &Question, records: Records<'_>) -> Vec<Tree> {
    let concerned = Discloser::ALL.into_iter().filter(|discloser| question.concerns_any_of(*discloser));
    concerned.map(|discloser| state(discloser, records.of(discloser).state)).collect()
}

/// A `LefiUtlamnareTillstand`.
pub(crate) fn state(discloser: Discloser, state: DiscloserState) -> Tree {
    let name = [("kod", Tree::of_text(discloser.code())), ("namn", Tree::of_text(discloser.name()))];
    Tree::object([("utlamnare", Tree::object(name)), ("tillstand", Tree::code(state.code(), state.description()))])
}

/// Whether this discloser is asked and adds to the answer: the published document says that only one whose state is `OK` does.
fn contributes(question: &Question, records: Records<'_>, discloser: Discloser) -> bool {
    question.concerns_any_of(discloser) && records.of(discloser).state == DiscloserState::Ok
}

/// `avvikelser`: why groups asked for are not answered, of the disclosers that contribute.
fn deviations(question: &Question, records: Records<'_>) -> Tree {
    let deviating = |class| {
        let asked = question.asked().filter(move |(asked, _)| *asked == class);
        asked.filter_map(move |(class, group)| {
            contributes(question, records, group.discloser()).then_some(())?;
            let deviation = records.of(group.discloser()).deviation(class, group)?;
            let reason = Tree::code(deviation.code(), deviation.description());
            Some(Tree::object([
                ("avvikelse", reason),
                (class.group_member(), Tree::code(group.code, group.description)),
            ]))
        })
    };
    let classes = Class::ALL.into_iter().map(|class| (class.name().to_owned(), deviating(class).collect::<Vec<_>>()));
    let members: Vec<_> =
        classes.filter(|(_, items)| !items.is_empty()).map(|(name, items)| (name, Tree::List(items))).collect();
    if members.is_empty() { Tree::List(Vec::new()) } else { Tree::Object(members) }
}

fn found_at_fk(question: &Question, record: &LefiRecord) -> Vec<(String, Tree)> {
    let members = record.members().map(|(name, entries)| {
        let found = entries.iter().filter(|entry| is_given(question, record, entry.class, &entry.groups));
        (name.to_owned(), found.map(|entry| entry.json.clone()).collect::<Vec<_>>())
    });
    members.filter(|(_, found)| !found.is_empty()).map(|(name, found)| (name, Tree::List(found))).collect()
}

fn found_at_pm(question: &Question, record: &LefiRecord, class: Class) -> Vec<Tree> {
    let entries = record.members().flat_map(|(_, entries)| entries).filter(|entry| entry.class == class);
    entries.filter(|entry| is_given(question, record, class, &entry.groups)).map(|entry| entry.json.clone()).collect()
}

/// Whether an entry about these groups is given: one payment may be about several benefits, and is given whole with the first of them.
fn is_given(question: &Question, record: &LefiRecord, class: Class, groups: &[&Group]) -> bool {
    groups.iter().any(|group| question.asks(class, group) && record.deviation(class, group).is_none())
}
