//! How a base service writes its answers.

use crate::catalogue::Catalogue;
use crate::xml::{FormerNamespace, Name};

/// How a base service writes its answers and its faults.
#[derive(Clone, Copy)]
pub struct AnswerFormat {
    /// What a document may hold.
    pub catalogue: &'static Catalogue,
    /// The local name of the element in a SOAP Fault's `detail` that holds the agency's own code, where it has one.
    pub fault_code: Option<&'static str>,
    /// Where the document lies inside a string: which string that is. Otherwise the Body holds the document itself.
    pub enclosed: Option<Enclosed>,
    /// The namespaces of older versions that are read as those of the catalogue.
    pub former_namespaces: &'static [FormerNamespace],
}

/// A document inside a string: an element in the Body holds an element whose text is a document of its own.
///
/// The string may begin with an XML declaration. What that says of the encoding is passed over: the document arrives as characters.
#[derive(Clone, Copy)]
pub struct Enclosed {
    /// The element in the Body.
    pub payload: Name<'static>,
    /// The element in it whose text is the document.
    pub text: Name<'static>,
}

impl AnswerFormat {
    /// The format of a base service whose Body holds the document itself, in the catalogue's namespaces, and whose faults have no code of its own.
    pub fn plain(catalogue: &'static Catalogue) -> Self {
        Self { catalogue, fault_code: None, enclosed: None, former_namespaces: &[] }
    }
}
