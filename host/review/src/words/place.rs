//! Contexts in words.

use std::collections::BTreeSet;

use ssbtx_core::{BasisId, Context, Relation};

use crate::block::Block;
use crate::space::{PROTECTION, RELATIONS, Space};

/// A block of contexts, as a sentence goes on: `i alla sammanhang`, or what it is limited to.
pub(crate) fn contexts(space: &Space, block: &Block) -> String {
    let [relations, consents, protections, days] = &block.0;
    let [all_relations, all_consents, all_protections, all_days] = space.sizes();
    let mut limits = Vec::new();
    if days.len() < all_days {
        limits.push(in_days(space, days));
    }
    if relations.len() < all_relations {
        let named =
            relations.iter().filter_map(|position| RELATIONS.get(*position)).map(|relation| self::relation(*relation));
        limits.push(format!("bara när frågan gäller {}", either(named)));
    }
    if consents.len() < all_consents {
        let named =
            consents.iter().filter_map(|position| space.consents().get(*position)).map(|given| self::consents(given));
        limits.push(format!("bara {}", either(named)));
    }
    if protections.len() < all_protections {
        let named =
            protections.iter().filter_map(|position| PROTECTION.get(*position)).map(|protected| protection(*protected));
        limits.push(format!("bara när {}", either(named)));
    }
    if limits.is_empty() { "i alla sammanhang".to_owned() } else { limits.join(", ") }
}

/// One context.
pub(crate) fn context(context: &Context) -> String {
    let (consents, protected) = (consents(&context.consents), protection(context.protected_identity));
    format!("{}, frågan gäller {}, {consents}, {protected}", context.asked_on, relation(context.relation))
}

/// Days as spans. Each stands for all days up to the next of the space.
fn in_days(space: &Space, days: &BTreeSet<usize>) -> String {
    let last = space.days().len().saturating_sub(1);
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for day in days {
        match spans.last_mut() {
            Some((_, end)) if *end + 1 == *day => *end = *day,
            _ => spans.push((*day, *day)),
        }
    }
    let text = |(begin, end): (usize, usize)| {
        let from = space.days().get(begin).map(|day| format!("från och med {day}")).filter(|_| begin > 0);
        let until = space.last_day_of(end).map(|day| format!("till och med {day}")).filter(|_| end < last);
        [from, until].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    spans.into_iter().map(text).collect::<Vec<_>>().join(" och ")
}

pub(super) fn relation(relation: Relation) -> String {
    match relation {
        Relation::Subject => "den som ärendet avser",
        Relation::HouseholdAdult => "en vuxen i hushållet",
        Relation::HouseholdChild => "ett barn i hushållet",
    }
    .to_owned()
}

pub(super) fn protection(protected: bool) -> String {
    if protected { "identiteten är skyddad" } else { "identiteten inte är skyddad" }.to_owned()
}

pub(super) fn consents(given: &[BasisId]) -> String {
    let names: Vec<&str> = given.iter().map(BasisId::as_str).collect();
    match names.as_slice() {
        [] => "utan samtycke".to_owned(),
        [one] => format!("med samtycket {one}"),
        several => format!("med samtyckena {}", several.join(", ")),
    }
}

fn either(named: impl Iterator<Item = String>) -> String {
    named.collect::<Vec<_>>().join(" eller ")
}

#[cfg(test)]
mod tests {
    use ssbtx_core::{Bilingual, LegalBasis, Standing};

    use super::*;
    use crate::space::Point;

    fn space() -> Space {
        let basis = LegalBasis {
            id: "a".parse().unwrap(),
            act: "SoL".to_owned(),
            provision: "1 §".to_owned(),
            item: None,
            standing: Standing::InForce {
                from: "2026-07-01".parse().unwrap(),
                until: Some("2026-12-31".parse().unwrap()),
            },
            title: Bilingual { sv: "a".to_owned(), en: "a".to_owned() },
        };
        let consents = ["af-samtycke".parse().unwrap()].into();
        Space::new("a".parse().unwrap(), [&basis], &consents, "2026-03-01".parse().unwrap()).unwrap()
    }

    fn said(wanted: impl Fn(&Context) -> bool) -> Vec<String> {
        let space = space();
        let points: BTreeSet<Point> =
            space.points().filter(|point| space.context(*point).is_some_and(|context| wanted(&context))).collect();
        Block::fold(&points).iter().map(|block| contexts(&space, block)).collect()
    }

    #[test]
    fn a_set_of_contexts_is_a_sentence() {
        let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
        assert_eq!(said(|_| true), ["i alla sammanhang"]);
        assert_eq!(said(|context| context.protected_identity), ["bara när identiteten är skyddad"]);
        assert_eq!(said(|context| context.asked_on >= day("2026-07-01")), ["från och med 2026-07-01"]);
        assert_eq!(said(|context| context.asked_on < day("2026-07-01")), ["till och med 2026-06-30"]);
        let in_force = |context: &Context| (day("2026-07-01")..=day("2026-12-31")).contains(&context.asked_on);
        assert_eq!(said(in_force), ["från och med 2026-07-01 till och med 2026-12-31"]);
        assert_eq!(said(|context| !in_force(context)), ["till och med 2026-06-30 och från och med 2027-01-01"]);
        assert_eq!(
            said(|context| context.relation != Relation::HouseholdChild && !context.consents.is_empty()),
            ["bara när frågan gäller den som ärendet avser eller en vuxen i hushållet, bara med samtycket af-samtycke"]
        );
    }

    #[test]
    fn what_is_no_one_block_is_several_sentences() {
        let either = said(|context| context.protected_identity || context.relation == Relation::Subject);
        assert_eq!(either.len(), 2, "{either:?}");
    }
}
