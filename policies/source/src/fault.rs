//! What can be wrong with a source file, and where.

use std::fmt;
use std::io;

/// Why a source file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InvalidSource {
    /// It is no TOML, or has a key that is unknown, missing or of the wrong kind. The cause shows the line.
    #[error("not in the form of a policy source")]
    Form(#[from] toml::de::Error),
    /// The same of a file that it includes.
    #[error("`{file}`, which it includes, is not in the form of a policy source")]
    IncludedForm {
        /// The file, as it is included.
        file: String,
        /// What is wrong.
        #[source]
        cause: Box<toml::de::Error>,
    },
    /// A file that it includes could not be read.
    #[error("`{file}`, which it includes, cannot be read")]
    Unreadable {
        /// The file, as it is included.
        file: String,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// It is well formed and wrong.
    #[error(transparent)]
    Faults(#[from] Faults),
}

/// Everything that is wrong with a well-formed source file, in its order; never empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn note(&mut self, place: &Place, mistake: Mistake) {
        self.0.push(Fault { place: place.clone(), mistake });
    }

    /// The value that was made, if nothing is wrong.
    pub(crate) fn or<T>(self, made: Option<T>) -> Result<T, Self> {
        match made {
            Some(made) if self.0.is_empty() => Ok(made),
            _ => Err(self),
        }
    }

    /// The faults.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, fault) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {mistake}")]
pub struct Fault {
    place: Place,
    mistake: Mistake,
}

impl Fault {
    /// What is wrong.
    pub fn mistake(&self) -> &Mistake {
        &self.mistake
    }

    /// Where it is.
    pub fn place(&self) -> &Place {
        &self.place
    }
}

/// Where in a source file something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The keys at the top.
    Top,
    /// A table of an array, counted from 1, with the text that names it.
    Table {
        /// The file that it stands in, where that is an included one.
        file: Option<String>,
        /// The array: `basis`, `open`, `closed` or `case`.
        array: &'static str,
        /// Its position in the array of that file, from 1.
        number: usize,
        /// What it calls itself: a basis's id, a rule's agency, a case's promise.
        name: String,
    },
}

impl Place {
    pub(crate) fn table(file: Option<&str>, array: &'static str, position: usize, name: &str) -> Self {
        Self::Table { file: file.map(str::to_owned), array, number: position + 1, name: name.to_owned() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => f.write_str("at the top"),
            Self::Table { file, array, number, name } => {
                if let Some(file) = file {
                    write!(f, "`{file}`, ")?;
                }
                write!(f, "`[[{array}]]` number {number} (`{name}`)")
            }
        }
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// A key says nothing.
    #[error("`{key}` is empty")]
    Empty {
        /// The key.
        key: &'static str,
    },
    /// A value is not written as it must be.
    #[error("`{key}` is `{found}`, expected {expected}")]
    Shape {
        /// The key.
        key: &'static str,
        /// Its value.
        found: String,
        /// What it must look like.
        expected: &'static str,
    },
    /// A name stands twice where it may stand once.
    #[error("`{found}` is already given in {first}")]
    Duplicate {
        /// The name.
        found: String,
        /// Where it stood first.
        first: Place,
    },
    /// A rule or case rests on a basis that is not listed.
    #[error("basis `{found}` is not listed under `[[basis]]`")]
    UnknownBasis {
        /// The basis.
        found: String,
    },
    /// A basis that no rule rests on.
    #[error("no rule rests on this basis")]
    UnusedBasis,
    /// A validity that ends before it begins.
    #[error("`until` is `{until}`, before `from`, which is `{from}`")]
    Backwards {
        /// First day.
        from: String,
        /// Last day.
        until: String,
    },
    /// Keys that do not go together.
    #[error("{expected}")]
    Combination {
        /// What must be there.
        expected: &'static str,
    },
    /// A case about an agency without rules.
    #[error("agency `{found}` has no rule in `policy.toml`")]
    UnknownAgency {
        /// The agency.
        found: String,
    },
}
