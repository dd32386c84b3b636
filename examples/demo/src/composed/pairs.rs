//! Labels that belong two and two: a first and a last day, a code and its words.

use super::shape::period;
use super::{Content, Item, Value};

/// Joins the pairs among the items of one block, each at the place of its first day or its code.
pub fn join(mut items: Vec<Item>) -> Vec<Item> {
    for (from, until) in PERIODS {
        join_all(
            &mut items,
            |label| label.strip_suffix(from),
            until,
            |from, until| period(Some(from), Some(until)).unwrap_or_default(),
        );
    }
    for (code, words) in CODES {
        join_all(&mut items, |label| label.strip_suffix(code), words, |code, words| format!("{words} ({code})"));
    }
    items
}

/// Joins every item whose label has a stem with the one whose label is that stem and this ending.
fn join_all(
    items: &mut Vec<Item>,
    stem: impl Fn(&str) -> Option<&str>,
    ending: &str,
    words: impl Fn(String, String) -> String,
) {
    let mut at = 0;
    while let Some(first) = items.get(at) {
        let joined = stem(&first.label).filter(|stem| !stem.is_empty()).and_then(|stem| {
            let other = format!("{stem}{ending}");
            let place = items.iter().position(|item| item.label == other)?;
            let [text, other] = [first, items.get(place)?].map(Item::text);
            (place != at).then_some((place, stem.to_owned(), words(text?, other?)))
        });
        if let Some((place, label, text)) = joined {
            let other = items.remove(place);
            let kept = if place < at { at - 1 } else { at };
            if let Some(item) = items.get_mut(kept) {
                item.label = label;
                item.content = Content::Value(Value::plain(text));
                item.note = item.note.take().or(other.note);
            }
            at = kept;
        }
        at += 1;
    }
}

/// How the labels of a first and a last day end.
const PERIODS: [(&str, &str); 2] = [(" från och med", " till och med"), (" från och med vecka", " till och med vecka")];
/// How the labels of a code and of its words end.
const CODES: [(&str, &str); 2] = [(", kod", ""), ("", " i klartext")];
