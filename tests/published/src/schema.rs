//! What is published of one type of documents.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jsonschema::Validator;
use proptest::strategy::BoxedStrategy;

use crate::declaration::{self, Declaration};
use crate::document_type::{DocumentType, Format};
use crate::model::Node;
use crate::overrides::Overrides;
use crate::xml_validation::{Invalid, xmllint};
use crate::{json_validation, open_api, writing, xml_schema};

/// What is published of one type of documents: what it declares, whether a document follows it, and documents that do.
#[derive(Debug)]
pub struct Schema {
    root: Arc<Node>,
    format: Format,
    validity: Validity,
}

/// What a document is held to.
#[derive(Debug)]
enum Validity {
    XmlSchema(PathBuf),
    JsonSchema(Box<Validator>),
}

impl Schema {
    /// What an XML Schema that is not a published one says of documents with this root.
    ///
    /// # Panics
    ///
    /// If the file cannot be read, does not declare the root, or says more than is understood.
    pub fn in_file(file: &Path, root: &str) -> Self {
        let validity = Validity::XmlSchema(file.to_owned());
        Self { root: Arc::new(xml_schema::read(file, root)), format: Format::Xml, validity }
    }

    pub(crate) fn read(file: &Path, document_type: &DocumentType) -> Self {
        match document_type.format() {
            Format::Xml => Self::in_file(file, document_type.name),
            Format::Json => {
                let text = std::fs::read_to_string(file)
                    .unwrap_or_else(|error| panic!("cannot read `{}`: {error}", file.display()));
                let validator = json_validation::validator(file, &text, document_type.name);
                let root = open_api::read(file, &text, document_type.name);
                let validity = Validity::JsonSchema(Box::new(validator));
                Self { root: Arc::new(root), format: Format::Json, validity }
            }
        }
    }

    /// The tree of what it declares.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// One declaration for each element and attribute, each before what it holds; the first is the root's.
    pub fn declarations(&self) -> Vec<Declaration> {
        declaration::declarations(&self.root)
    }

    /// Holds a document to the schema.
    ///
    /// # Errors
    ///
    /// [`Invalid`] with all that speaks against it; in XML also if its root is another global element of the schema.
    ///
    /// # Panics
    ///
    /// If xmllint cannot be run.
    pub fn validate(&self, document: &str) -> Result<(), Invalid> {
        match &self.validity {
            Validity::JsonSchema(validator) => json_validation::validate(validator, document),
            Validity::XmlSchema(file) => {
                xmllint(file, document)?;
                let parsed = roxmltree::Document::parse(document).map_err(|error| Invalid(error.to_string()))?;
                let name = parsed.root_element().tag_name();
                let is_root =
                    name.name() == self.root.name && name.namespace().unwrap_or_default() == self.root.namespace;
                if is_root { Ok(()) } else { Err(Invalid(format!("`{}` is not `{}`", name.name(), self.root.name))) }
            }
        }
    }

    /// Documents that follow the schema, in all its variety and every spelling that its format allows.
    ///
    /// Elements and members are absent, there once, or repeated; lists and objects may be empty. What a wildcard would allow is never there. XML has
    /// varying prefixes and default declarations, references, CDATA sections, comments and white space; JSON escapes, white space and numbers that
    /// few programs write. Where a value looks like an identity number, it is one of the published test numbers.
    ///
    /// # Shape
    ///
    /// At most some 400 elements and a few dozen kilobytes. It shrinks towards a document with what is required and nothing more, plainly written.
    ///
    /// # Panics
    ///
    /// If an override names a path that the schema does not declare.
    pub fn strategy(&self, overrides: &Overrides) -> BoxedStrategy<String> {
        overrides.must_be_declared(&self.root);
        writing::strategy(Arc::clone(&self.root), self.format, overrides.clone())
    }

    /// A plainly written document in which every declared element, attribute and member is there once, but for what an override removes.
    ///
    /// Values are chosen by `seed`.
    ///
    /// # Panics
    ///
    /// If an override names a path that the schema does not declare.
    pub fn complete(&self, overrides: &Overrides, seed: u64) -> String {
        overrides.must_be_declared(&self.root);
        writing::complete(&self.root, self.format, overrides, seed)
    }
}
