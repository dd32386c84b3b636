//! Cases of an adapter, as files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::value::RawValue;

use crate::cases::Cases;
use crate::expected_outcome::{ExpectedOutcome, InvalidOutcome};
use crate::file::{AdapterCaseFile, ReplyFile};
use crate::invalid::InvalidCases;

/// Reads the cases of an adapter from a folder.
///
/// # Shape
///
/// Every folder in it is a case, and what it promises is its name, with spaces for `-`. In it lie `expected.json` ([`ExpectedOutcome`]), `replies/1.http`,
/// `replies/2.http`, … in the order of the requests ([`Recording`](crate::Recording)), none where nothing is sent, and `question.json`
/// ([`TrialQuestion`](crate::TrialQuestion)); a case without a question of its own has the one beside it, in the folder itself. The order of cases is that of their names.
///
/// # Errors
///
/// [`NotRead`], with the file that is at fault where one is.
pub fn adapter_cases(folder: &Path) -> Result<Cases, NotRead> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder).map_err(|cause| unreadable(folder, cause))? {
        let path = entry.map_err(|cause| unreadable(folder, cause))?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    if folders.is_empty() {
        return Err(NotRead::NoCase(folder.to_owned()));
    }
    folders.sort();
    let cases = folders.iter().map(|case| adapter_case(case, folder)).collect::<Result<_, _>>()?;
    Cases::of_adapter(cases).map_err(|cause| NotRead::Invalid { folder: folder.to_owned(), cause })
}

/// Why there are no cases to be had of a folder.
#[derive(Debug, thiserror::Error)]
pub enum NotRead {
    /// A file or folder cannot be read.
    #[error("cannot read `{}`", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// There is no folder in it.
    #[error("no case lies in `{}`: a case is a folder in it", .0.display())]
    NoCase(PathBuf),
    /// A question is no JSON.
    #[error("`{}` is no JSON", path.display())]
    NotJson {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        cause: serde_json::Error,
    },
    /// An outcome is none.
    #[error("`{}` is not as it should be", path.display())]
    Outcome {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        cause: InvalidOutcome,
    },
    /// What was read are no cases. They are counted in the order of their names.
    #[error("what lies in `{}` are no cases", folder.display())]
    Invalid {
        /// Where.
        folder: PathBuf,
        /// Why.
        #[source]
        cause: InvalidCases,
    },
}

fn adapter_case(folder: &Path, shared: &Path) -> Result<AdapterCaseFile, NotRead> {
    let own = folder.join("question.json");
    let question = if own.exists() { own } else { shared.join("question.json") };
    let expected = folder.join("expected.json");
    Ok(AdapterCaseFile {
        promise: folder.file_name().map(|name| name.to_string_lossy().replace('-', " ")).unwrap_or_default(),
        question: RawValue::from_string(compact(&text(&question)?))
            .map_err(|cause| NotRead::NotJson { path: question, cause })?,
        replies: replies(&folder.join("replies"))?,
        expected: ExpectedOutcome::parse(&compact(&text(&expected)?))
            .map_err(|cause| NotRead::Outcome { path: expected, cause })?,
    })
}

/// `1.http`, `2.http` and so on, up to the first that is not there.
fn replies(folder: &Path) -> Result<Vec<ReplyFile>, NotRead> {
    let files = (1..).map(|number| folder.join(format!("{number}.http"))).take_while(|path| path.exists());
    files.map(|path| fs::read(&path).map(ReplyFile::of).map_err(|cause| unreadable(&path, cause))).collect()
}

fn text(path: &Path) -> Result<String, NotRead> {
    fs::read_to_string(path).map_err(|cause| unreadable(path, cause))
}

/// JSON without the white space between its tokens: it travels in every component.
fn compact(json: &str) -> String {
    let (mut in_text, mut escaped) = (false, false);
    let is_kept = |letter: &char| {
        let kept = in_text || !letter.is_ascii_whitespace();
        if *letter == '"' && !escaped {
            in_text = !in_text;
        }
        escaped = in_text && *letter == '\\' && !escaped;
        kept
    };
    json.chars().filter(is_kept).collect()
}

fn unreadable(path: &Path, cause: io::Error) -> NotRead {
    NotRead::Unreadable { path: path.to_owned(), cause }
}

#[cfg(test)]
mod tests;
