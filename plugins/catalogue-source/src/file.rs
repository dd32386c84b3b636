//! The shape of `catalogue.toml`, before it is checked. Unknown keys are refused.

use serde::Deserialize;

/// The file, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CatalogueFile {
    pub(crate) agency: String,
    pub(crate) version: String,
    pub(crate) encoding: Encoding,
    /// The namespace of every element that names none of its own; empty for unqualified names. Attributes do not inherit it, as in XML.
    #[serde(default)]
    pub(crate) namespace: String,
    /// Further files with types and nothing else, relative to the folder of this one.
    #[serde(default)]
    pub(crate) include: Vec<String>,
    pub(crate) root: RootEntry,
    pub(crate) dataset: Vec<Dataset>,
    #[serde(default, rename = "type")]
    pub(crate) types: Vec<TypeEntry>,
    #[serde(default)]
    pub(crate) element: Vec<ElementEntry>,
}

/// A file that a catalogue includes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IncludedFile {
    #[serde(rename = "type")]
    pub(crate) types: Vec<TypeEntry>,
}

/// What objects in several places have in common, written once.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TypeEntry {
    pub(crate) name: String,
    /// The type whose elements come before its own.
    pub(crate) extends: Option<String>,
    pub(crate) label: Bilingual,
    pub(crate) help: Bilingual,
    /// Its elements; their paths begin below the object that is of this type.
    #[serde(default)]
    pub(crate) element: Vec<ElementEntry>,
}

/// The document's root: element 0, an object, technical.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RootEntry {
    pub(crate) name: String,
    pub(crate) namespace: Option<String>,
    pub(crate) label: Bilingual,
    pub(crate) help: Bilingual,
}

/// One element below the root or below an object of a type.
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in the file")]
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ElementEntry {
    /// Names from below the root or the type's object, joined by `/`; an attribute as `@name`.
    pub(crate) path: String,
    pub(crate) namespace: Option<String>,
    pub(crate) kind: Kind,
    #[serde(rename = "type")]
    pub(crate) value_type: Option<ValueType>,
    /// The type of an object, or of the objects in a list.
    pub(crate) of: Option<String>,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default)]
    pub(crate) repeats: bool,
    pub(crate) dataset: Option<String>,
    #[serde(default)]
    pub(crate) technical: bool,
    #[serde(default)]
    pub(crate) marks_protection: bool,
    pub(crate) label: Bilingual,
    pub(crate) help: Bilingual,
}

/// A dataset (informationsmängd): what is asked for, opened and withheld together.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Dataset {
    /// Its name, 1 to 64 characters `a`–`z`, `0`–`9` and `-`.
    pub id: String,
    /// The agency that owns the data, such as `AF`.
    pub discloser: String,
    /// What a caseworker calls it.
    pub label: Bilingual,
    /// What it holds, in a sentence.
    pub help: Bilingual,
}

/// A text in both languages.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Swedish, for caseworkers and lawyers.
    pub sv: String,
    /// English, for developers and operators.
    pub en: String,
}

/// How the documents look on the wire.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// XML.
    Xml,
    /// JSON.
    Json,
}

/// How an element is built.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Holds attributes and child elements.
    Object,
    /// A JSON array: exactly one child, which repeats and is named `item`.
    List,
    /// Holds one value.
    Scalar,
    /// An XML attribute.
    Attribute,
}

/// What a value means.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum ValueType {
    /// Free text or a code.
    Text,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// True or false.
    Boolean,
    /// A calendar date.
    Date,
    /// A point in time.
    DateTime,
}
