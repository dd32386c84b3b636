//! What a case promises.

use std::fmt;
use std::str::FromStr;

/// What a case promises, as a sentence: its name in every report.
///
/// # Shape
///
/// 1 to 200 bytes of one line, without white space around it.
///
/// # Errors
///
/// Parsing gives [`InvalidPromise`] for anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise(String);

/// A text that is no promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("promise is not 1 to 200 bytes on one line, without white space around it")]
pub struct InvalidPromise;

impl Promise {
    /// The sentence.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Promise {
    type Err = InvalidPromise;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shaped = (1..=200).contains(&text.len()) && text.trim() == text && !text.contains(char::is_control);
        if shaped { Ok(Self(text.to_owned())) } else { Err(InvalidPromise) }
    }
}

impl fmt::Display for Promise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn err_promise() {
        for text in ["", " a", "a\n", "a\nb", &"a".repeat(201)] {
            assert_eq!(text.parse::<Promise>(), Err(InvalidPromise), "{text}");
        }
        assert!("permits rest on the pending basis".parse::<Promise>().is_ok());
    }
}
