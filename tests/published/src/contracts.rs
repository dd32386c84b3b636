//! Where the published contracts are.

use std::path::{Path, PathBuf};

use crate::document_type::DocumentType;
use crate::schema::Schema;
use crate::xml_validation::{Invalid, xmllint};

/// The folder of published interface files of SSBTEK version 10.
///
/// # Source
///
/// The folder `ssbtek-v10` in the one that the environment variable `SSBTX_CONTRACTS` names, else in `shared/contracts` beside the checkout.
#[derive(Clone, Debug)]
pub struct Contracts {
    folder: PathBuf,
}

impl Contracts {
    /// The folder, or `None` where this machine does not have it: that is then printed, since the test shows nothing.
    pub fn find() -> Option<Self> {
        let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/contracts");
        let folder = std::env::var_os("SSBTX_CONTRACTS").map_or_else(beside, PathBuf::from).join("ssbtek-v10");
        if folder.is_dir() {
            return Some(Self { folder });
        }
        println!(
            "did not run: `{}` is not there; SSBTX_CONTRACTS names the folder of published contracts",
            folder.display()
        );
        None
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a published file is, which is named by its path below this folder.
    pub fn file(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// What is published of a type of documents.
    ///
    /// # Panics
    ///
    /// If the file cannot be read, does not declare the type, or says more than is understood.
    pub fn schema(&self, document_type: &DocumentType) -> Schema {
        Schema::read(&self.file(document_type.file), document_type)
    }

    /// Holds a document to an XML Schema, whichever of its global elements it is.
    ///
    /// # Errors
    ///
    /// [`Invalid`] with all that xmllint has against it.
    ///
    /// # Panics
    ///
    /// If xmllint cannot be run.
    pub fn validate_xml(&self, file: &str, document: &str) -> Result<(), Invalid> {
        xmllint(&self.file(file), document)
    }
}
