//! What travels with a change for those who sign: the review, and what it takes to repeat it without the repository.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use jiff::civil::Date;
use serde::Deserialize;
use ssbtx_core::{BasisId, Sha256Digest};
use ssbtx_review::{review_as_page, review_as_text};
use ssbtx_signing::Change;
use ssbtx_trust::TargetName;

use super::{Failed, Reviewed};

/// The folder of a change for those who sign.
///
/// # Shape
///
/// `review.json`, whose digest is signed; `review.txt` and `review.html` for reading; and under `in-force/` the targets that were in force when
/// the change was made, each by its name.
pub(in crate::policy) struct Papers(PathBuf);

/// What is read of a review: under which terms it was made.
#[derive(Deserialize)]
struct ReviewFile {
    today: Date,
    contexts: ContextsFile,
}

#[derive(Deserialize)]
struct ContextsFile {
    consents: Vec<Vec<BasisText>>,
}

#[derive(Deserialize)]
#[serde(transparent)]
struct BasisText(String);

impl Papers {
    /// Those of a change.
    pub(in crate::policy) fn of(change: &Change) -> Self {
        Self(change.review_folder())
    }

    /// Writes a review in its three forms.
    pub(in crate::policy) fn write_review(&self, reviewed: &Reviewed) -> Result<(), Failed> {
        write(&self.0.join(REVIEW), &reviewed.file)?;
        write(&self.0.join("review.txt"), review_as_text(&reviewed.review).as_bytes())?;
        write(&self.0.join("review.html"), review_as_page(&reviewed.review).as_bytes())
    }

    /// Keeps a target that is in force.
    pub(in crate::policy) fn keep(&self, name: &TargetName, bytes: &[u8]) -> Result<(), Failed> {
        write(&self.in_force(name), bytes)
    }

    /// A target that was in force, if it travels along. Its digest is for the caller to compare.
    pub(in crate::policy) fn kept(&self, name: &TargetName) -> Option<Vec<u8>> {
        fs::read(self.in_force(name)).ok()
    }

    /// The digest of the review as it lies there.
    pub(in crate::policy) fn review_digest(&self) -> Result<Sha256Digest, Failed> {
        Ok(Sha256Digest::of(&self.review()?))
    }

    /// The day and the consents that the review was made with: to repeat it, and to be shown, not to be believed.
    pub(in crate::policy) fn terms(&self) -> Result<(Date, BTreeSet<BasisId>), Failed> {
        let unreadable = || format!("read `{}`", self.0.join(REVIEW).display());
        let file: ReviewFile =
            serde_json::from_slice(&self.review()?).with_context(unreadable).map_err(Failed::NotDone)?;
        let mut consents = BTreeSet::new();
        for BasisText(name) in file.contexts.consents.into_iter().flatten() {
            consents.insert(name.parse().map_err(|_| Failed::NotDone(anyhow!("review names a consent that is none")))?);
        }
        Ok((file.today, consents))
    }

    fn review(&self) -> Result<Vec<u8>, Failed> {
        let path = self.0.join(REVIEW);
        fs::read(&path).with_context(|| format!("read `{}`", path.display())).map_err(Failed::NotDone)
    }

    fn in_force(&self, name: &TargetName) -> PathBuf {
        self.0.join("in-force").join(name.to_string())
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failed> {
    let task = || format!("write `{}`", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(task).map_err(Failed::NotDone)?;
    }
    fs::write(path, bytes).with_context(task).map_err(Failed::NotDone)
}

const REVIEW: &str = "review.json";
