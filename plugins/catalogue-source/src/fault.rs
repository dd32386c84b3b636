//! What can be wrong with a `catalogue.toml`.

use std::io;

use thiserror::Error;

use crate::place::Place;

/// A mistake in the file.
///
/// Each names the element, by its path, or the dataset. A catalogue holds no personal data, so the texts quote it.
#[derive(Debug, Error)]
pub enum Fault {
    /// Not TOML, an unknown or missing key, or a value that no such key has.
    #[error(transparent)]
    Toml(#[from] toml::de::Error),
    /// The same in a file that the catalogue includes.
    #[error("include `{0}`")]
    Included(String, #[source] toml::de::Error),
    /// A file that the catalogue includes cannot be read.
    #[error("include `{0}` cannot be read")]
    Unreadable(String, #[source] io::Error),
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
    #[error("{text} of {owner} is {length} bytes, expected 1 to 4096")]
    Text {
        /// Whose text.
        owner: Place,
        /// Which text.
        text: &'static str,
        /// Its length without white space around it.
        length: usize,
    },
    /// Two elements with one path, two datasets or types with one name, or two paths that Rust would name alike.
    #[error("{0} is declared twice")]
    Twice(Place),
    /// An element that breaks one of the rules for elements.
    #[error("element {place}: {problem}")]
    Element {
        /// Where it is written.
        place: Place,
        /// The rule that it breaks.
        problem: ElementProblem,
    },
    /// A type that breaks one of the rules for types.
    #[error("type `{name}`: {problem}")]
    Type {
        /// The type's name.
        name: String,
        /// The rule that it breaks.
        problem: TypeProblem,
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
    /// Both `dataset` and `technical`, or neither where nothing around it says.
    #[error("has either a dataset or `technical = true`")]
    Scope,
    /// A dataset that is not declared.
    #[error("dataset `{0}` is not declared")]
    UnknownDataset(String),
    /// Marks protection with something other than a boolean or a text.
    #[error("only a boolean or a text can mark protection")]
    Mark,
    /// `of` on something that holds a value.
    #[error("only an object, or a list without `type`, can have `of`")]
    Of,
    /// A type that is not declared.
    #[error("type `{0}` is not declared")]
    UnknownType(String),
    /// A type within itself, which would have no end.
    #[error("type `{0}` would hold itself")]
    HoldsItself(String),
    /// A list in XML, or one whose content is not one repeated `item`.
    #[error("a list is for JSON and has one child, `item`, which repeats")]
    List,
    /// Deeper than the contract allows.
    #[error("lies deeper than 32 levels")]
    TooDeep,
}

/// The rule for types that one of them breaks.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum TypeProblem {
    /// No element is of it and no type that is used extends it.
    #[error("is used nowhere")]
    Unused,
    /// Extends a type that is not declared.
    #[error("extends `{0}`, which is not declared")]
    UnknownBase(String),
    /// Extends itself, at once or through others.
    #[error("extends itself")]
    ExtendsItself,
}
