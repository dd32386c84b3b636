//! A catalogue against what is published.

use thiserror::Error;

use crate::declaration::Declaration;

/// The first difference between a catalogue and what is published.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Difference {
    /// An element is published and not catalogued.
    #[error("the catalogue lacks `{0}`")]
    Lacking(String),
    /// An element is catalogued and not published.
    #[error("the catalogue has `{0}` in excess")]
    InExcess(String),
    /// An element is catalogued as another thing than is published.
    #[error("the catalogue says `{catalogued}`, published is `{published}`")]
    Otherwise {
        /// What the catalogue says.
        catalogued: String,
        /// What is published.
        published: String,
    },
    /// All are there, but not in the published order.
    #[error("the catalogue has `{catalogued}` where `{published}` is published")]
    Order {
        /// What stands there in the catalogue.
        catalogued: String,
        /// What is published in its place.
        published: String,
    },
    /// An element that is agreed to be catalogued though it is not published is not in the catalogue, or is published now.
    #[error("`{0}` is agreed to be in excess and is not")]
    NotInExcess(String),
}

/// Compares a catalogue with what is published: every element, with its kind, type, occurrence and namespace, in order, and nothing else.
///
/// `agreed` are the lines of elements that the catalogue has in excess by agreement, as [`Declaration`] writes them. Each must be in excess.
///
/// # Errors
///
/// The first [`Difference`]: an element that the catalogue lacks or tells otherwise, then one that it has in excess, then the order.
pub fn compare(published: &[Declaration], catalogue: &[Declaration], agreed: &[&str]) -> Result<(), Difference> {
    let published: Vec<String> = published.iter().map(Declaration::to_string).collect();
    let (excess, ours): (Vec<String>, Vec<String>) =
        catalogue.iter().map(Declaration::to_string).partition(|line| agreed.contains(&line.as_str()));
    let agreed_only = |line: &&&str| !excess.iter().any(|ours| ours == **line) || published.iter().any(|p| p == **line);
    if let Some(line) = agreed.iter().find(agreed_only) {
        return Err(Difference::NotInExcess((*line).to_owned()));
    }
    if let Some(line) = published.iter().find(|line| !ours.contains(line)) {
        // An element under the same path that is not published itself is this one, told otherwise.
        let same = ours.iter().find(|other| path(other) == path(line) && !published.contains(other));
        return Err(match same {
            Some(other) => Difference::Otherwise { catalogued: other.clone(), published: line.clone() },
            None => Difference::Lacking(line.clone()),
        });
    }
    if let Some(line) = ours.iter().find(|line| !published.contains(line)) {
        return Err(Difference::InExcess(line.clone()));
    }
    let pairs = ours.iter().zip(&published);
    if let Some((catalogued, published)) = pairs.into_iter().find(|(ours, published)| ours != published) {
        return Err(Difference::Order { catalogued: catalogued.clone(), published: published.clone() });
    }
    match (ours.get(published.len()), published.get(ours.len())) {
        (Some(twice), _) => Err(Difference::InExcess(twice.clone())),
        (None, Some(twice)) => Err(Difference::Lacking(twice.clone())),
        (None, None) => Ok(()),
    }
}

fn path(line: &str) -> &str {
    line.split_once(' ').map_or(line, |(path, _)| path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, ValueType};

    fn text(path: &str) -> Declaration {
        Declaration {
            path: path.to_owned(),
            namespace: String::new(),
            kind: Kind::Scalar,
            value_type: Some(ValueType::Text),
            required: false,
            repeats: false,
        }
    }

    fn told(published: &[Declaration], catalogue: &[Declaration], agreed: &[&str]) -> String {
        compare(published, catalogue, agreed)
            .map_or_else(|difference| difference.to_string(), |()| String::from("equal"))
    }

    #[test]
    fn the_first_difference_is_told_by_name() {
        let required = Declaration { required: true, ..text("b") };
        let (a, b, c) = (text("a"), text("b"), text("c"));
        let three = [a.clone(), b.clone(), c.clone()];
        let tables: [(&[Declaration], &[Declaration]); 6] = [
            (&three, &three),
            (&three, &[a.clone(), c.clone()]),
            (&[a.clone(), c.clone()], &three),
            (&three, &[a.clone(), required, c.clone()]),
            (&three, &[b.clone(), a.clone(), c.clone()]),
            (&[a.clone(), b.clone()], &[a.clone(), b.clone(), b.clone()]),
        ];
        let told: Vec<String> = tables.iter().map(|(published, ours)| told(published, ours, &[])).collect();
        insta::assert_snapshot!(told.join("\n"), @r"
        equal
        the catalogue lacks `b text 0..1`
        the catalogue has `b text 0..1` in excess
        the catalogue says `b text 1`, published is `b text 0..1`
        the catalogue has `b text 0..1` where `a text 0..1` is published
        the catalogue has `b text 0..1` in excess
        ");
    }

    #[test]
    fn what_is_agreed_to_be_in_excess_must_be_so() {
        let (a, list) = (text("a"), Declaration { kind: Kind::List, value_type: None, ..text("a") });
        let agreed = ["a list 0..1"];
        assert_eq!(told(std::slice::from_ref(&a), &[a.clone(), list.clone()], &agreed), "equal");
        let unagreed = "`a list 0..1` is agreed to be in excess and is not";
        assert_eq!(told(std::slice::from_ref(&a), std::slice::from_ref(&a), &agreed), unagreed);
        assert_eq!(told(&[a.clone(), list.clone()], &[a, list], &agreed), unagreed);
    }
}
