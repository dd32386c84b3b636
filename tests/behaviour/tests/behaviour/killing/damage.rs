//! What is done to a source while its host is gone, and undone.

use std::fs;
use std::path::PathBuf;

use super::points::Source;
use crate::play::Play;

/// What was done to a source.
pub(super) enum Damage {
    /// Nothing.
    None,
    /// It lies elsewhere.
    Removed { from: PathBuf, to: PathBuf },
    /// A file of it is not what it was.
    Spoilt { file: PathBuf, was: Vec<u8> },
}

impl Damage {
    /// Makes of the source what it is to be.
    pub(super) fn done_to(play: &Play, source: Source) -> Self {
        match source {
            Source::Whole => Self::None,
            Source::Removed => {
                let from = play.repository.directory();
                let to = from.with_extension("away");
                fs::rename(&from, &to).unwrap();
                Self::Removed { from, to }
            }
            Source::Spoilt => {
                let file = play.repository.metadata_file("timestamp").unwrap();
                let was = fs::read(&file).unwrap();
                fs::write(&file, &was[..was.len() / 2]).unwrap();
                Self::Spoilt { file, was }
            }
        }
    }

    /// Makes of it what it was.
    pub(super) fn mend(self) {
        match self {
            Self::None => {}
            Self::Removed { from, to } => fs::rename(to, from).unwrap(),
            Self::Spoilt { file, was } => fs::write(file, was).unwrap(),
        }
    }
}
