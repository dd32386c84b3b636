//! What can be wrong with a `catalogue.toml`.

use thiserror::Error;

/// A mistake in the file.
///
/// Each names the element, by its path, or the dataset. A catalogue holds no personal data, so the texts quote it.
#[derive(Debug, Error)]
pub enum Fault {
    /// Not TOML, an unknown or missing key, or a value that no such key has.
    #[error(transparent)]
    Toml(#[from] toml::de::Error),
    /// A name or version of the wrong shape.
    #[error("{what} is `{found}`, expected {expected}")]
    Shape {
        /// What has the wrong shape.
        what: &'static str,
        /// What is written.
        found: String,
        /// What may be written.
        expected: &'static str,
    },
    /// A text that people read is missing or too long.
    #[error("{text} of `{owner}` is {length} bytes, expected 1 to 4096")]
    Text {
        /// The element's path, or the dataset's name.
        owner: String,
        /// Which text.
        text: &'static str,
        /// Its length without white space around it.
        length: usize,
    },
    /// Two elements with one path, two datasets with one name, or two paths that Rust would name alike.
    #[error("`{0}` is declared twice")]
    Twice(String),
    /// An element that breaks one of the rules for elements.
    #[error("element `{path}`: {problem}")]
    Element {
        /// The element's path.
        path: String,
        /// The rule that it breaks.
        problem: ElementProblem,
    },
    /// A dataset that no element belongs to.
    #[error("dataset `{0}` is named by no element")]
    UnusedDataset(String),
    /// More than the contract allows.
    #[error("{found} {what}, expected at most {most}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
}

/// The rule for elements that one of them breaks.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ElementProblem {
    /// Its parent is not declared before it, or has been left already.
    #[error("its parent is not the element before it nor one that holds that element")]
    OutOfOrder,
    /// Its parent holds a value.
    #[error("its parent is no object or list")]
    ParentHoldsValue,
    /// `@` and the kind disagree.
    #[error("`@` before its name and kind `attribute` go together")]
    AttributeMark,
    /// An attribute after its parent's child elements, or one that repeats.
    #[error("an attribute comes before its parent's child elements and never repeats")]
    AttributePlace,
    /// A value without a type, or a type without a value.
    #[error("a scalar or attribute has a type, an object or list has none")]
    Type,
    /// Neither or both of `dataset` and `technical`.
    #[error("has either a dataset or `technical = true`")]
    Scope,
    /// A dataset that is not declared.
    #[error("dataset `{0}` is not declared")]
    UnknownDataset(String),
    /// Marks protection with something other than a boolean.
    #[error("only a boolean can mark protection")]
    Mark,
    /// A list in XML, or one whose content is not one repeated `item`.
    #[error("a list is for JSON and has one child, `item`, which repeats")]
    List,
    /// Deeper than the contract allows.
    #[error("lies deeper than 32 levels")]
    TooDeep,
}
