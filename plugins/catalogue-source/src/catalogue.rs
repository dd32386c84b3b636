//! A catalogue whose rules hold.

use crate::fault::Fault;
use crate::file::{Bilingual, CatalogueFile, Dataset, Encoding, Kind, ValueType};
use crate::rules::{check_datasets, check_head, check_use};
use crate::{source, tree};

/// Everything that one base service can disclose, checked against the rules of `ssbtx:catalogue@1.0.0`.
#[derive(Debug)]
pub struct Catalogue {
    /// The base service's id, such as `AF`.
    pub agency: String,
    /// The catalogue's own version.
    pub version: String,
    /// How its documents look on the wire.
    pub encoding: Encoding,
    /// Every element in the order of the agency's schema: each directly before its first child. The first is the root.
    pub elements: Vec<Element>,
    /// Every dataset.
    pub datasets: Vec<Dataset>,
}

/// One element. Its id is its position.
#[derive(Debug)]
pub struct Element {
    /// Names from below the root, joined by `/`; empty for the root. In JSON an object and a list beside it may have one path.
    pub path: String,
    /// The name of its id in Rust code, unique; empty for the root.
    pub(crate) constant: String,
    /// The id of the element that holds this one; the root has none.
    pub parent: Option<u16>,
    /// The ids of the elements in it, in order.
    pub children: Vec<u16>,
    /// Its local name.
    pub name: String,
    /// Its namespace, empty for an unqualified name.
    pub namespace: String,
    /// How it is built.
    pub kind: Kind,
    /// What its value means; objects and lists have none.
    pub value_type: Option<ValueType>,
    /// Whether the schema demands at least one where its parent is.
    pub required: bool,
    /// Whether it may occur more than once under one parent.
    pub repeats: bool,
    /// What it belongs to.
    pub scope: Scope,
    /// Whether a value here can say that the person's identity is protected: a boolean that is true, or a text that is not blank.
    pub marks_protection: bool,
    /// What a caseworker calls it.
    pub label: Bilingual,
    /// What a caseworker must know to read it right.
    pub help: Bilingual,
}

/// What an element belongs to.
#[derive(Debug, PartialEq, Eq)]
pub enum Scope {
    /// Carries no personal data and is needed by the schema.
    Technical,
    /// Part of this dataset.
    Dataset(String),
}

impl Catalogue {
    /// Parses the text of a `catalogue.toml` that includes no other file; [`Catalogue::load`] reads one that does.
    ///
    /// # Errors
    ///
    /// The first [`Fault`] found, in the order of the file.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        source::parse(text, |_| Err(std::io::ErrorKind::Unsupported.into()))
    }

    /// Checks a file with all its types.
    pub(crate) fn from_file(file: CatalogueFile) -> Result<Self, Fault> {
        check_head(&file)?;
        check_datasets(&file.dataset)?;
        let elements = tree::build(&file)?;
        check_use(&elements, &file.dataset)?;
        Ok(Self {
            agency: file.agency,
            version: file.version,
            encoding: file.encoding,
            elements,
            datasets: file.dataset,
        })
    }
}
