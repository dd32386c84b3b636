//! What an agency has published of its base service.
//!
//! The schemas are not part of the project. They are read from the folder that `SSBTX_CONTRACTS` names, else from `shared/contracts` beside the
//! checkout.

pub(crate) mod lines;
mod schema;

use std::path::{Path, PathBuf};

pub(crate) use schema::Schema;

/// What one agency has published of its base service, and where.
#[derive(Clone, Copy, Debug)]
pub struct Published {
    /// The base service's id, such as `AF`.
    pub agency: &'static str,
    /// The path that questions are posted to.
    pub path: &'static str,
    /// The schema's file, below the folder `ssbtek-v10` of the published interface files.
    pub schema: &'static str,
    /// The name of the global element that is an answer.
    pub answer: &'static str,
}

impl Published {
    /// The schema, or `None` where this machine does not have it: that is then printed, since the test shows nothing.
    pub(crate) fn schema(&self) -> Option<Schema> {
        let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/contracts");
        let folder = std::env::var_os("SSBTX_CONTRACTS").map_or_else(beside, PathBuf::from);
        let file = folder.join("ssbtek-v10").join(self.schema);
        if !file.is_file() {
            println!(
                "did not run: `{}` is not there; SSBTX_CONTRACTS names the folder of published schemas",
                file.display()
            );
            return None;
        }
        Some(Schema::load(file))
    }
}
