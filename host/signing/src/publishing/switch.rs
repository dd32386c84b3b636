//! From the copy to the repository, so that nobody meets a half.

use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::plan::{Plan, Switch, TIMESTAMP};
use super::staging::{METADATA, Staging};
use crate::file::{self, FileFault};
use crate::repository::Repository;

/// One thing that is done to the repository. Before and after each, a reader meets the old repository or the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Moves a file into place: a new one that nothing points to yet, or last the timestamp.
    Place { from: PathBuf, to: PathBuf },
    /// Moves the metadata folder to where there is none.
    PlaceFolder { from: PathBuf, to: PathBuf },
    /// Exchanges two metadata folders in one step.
    Exchange { new: PathBuf, old: PathBuf },
}

/// Everything that is to be done, in its order.
pub(super) fn steps(staging: &Staging, plan: &Plan) -> Vec<Step> {
    let mut steps = Vec::new();
    for target in plan.targets().iter().filter(|target| target.bytes.is_some()) {
        let place = |folder: &Path| Repository::target_file(folder, &target.name, &target.sha256);
        steps.push(Step::Place { from: place(staging.folder()), to: place(staging.repository()) });
    }
    let (new, old) = (staging.folder().join(METADATA), staging.repository().join(METADATA));
    match plan.switch() {
        Switch::First => steps.push(Step::PlaceFolder { from: new, to: old }),
        Switch::Metadata => steps.push(Step::Exchange { new, old }),
        Switch::Timestamp => {
            // The timestamp comes last: nothing else makes anything visible.
            let others = plan.new_files().filter(|name| *name != TIMESTAMP);
            steps
                .extend(others.chain([TIMESTAMP]).map(|name| Step::Place { from: new.join(name), to: old.join(name) }));
        }
    }
    steps
}

impl Step {
    pub(crate) fn take(&self) -> Result<(), FileFault> {
        match self {
            Self::Place { from, to } => {
                if let Some(folder) = to.parent() {
                    file::create_folder(folder)?;
                }
                file::rename(from, to)
            }
            Self::PlaceFolder { from, to } => file::rename(from, to),
            Self::Exchange { new, old } => {
                let exchanged = renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE);
                exchanged.map_err(|error| FileFault::new("exchange", old)(error.into()))?;
                [new, old].into_iter().filter_map(|path| path.parent()).try_for_each(file::sync_folder)
            }
        }
    }
}
