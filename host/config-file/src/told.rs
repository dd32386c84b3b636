//! A fault with its causes, on one line.

use std::error::Error;

/// An error's text with all of its causes.
pub fn told(error: &(dyn Error + 'static)) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        let text = source.to_string();
        // Some errors repeat their cause in their own text.
        if !told.ends_with(&text) {
            told.push_str(": ");
            told.push_str(&text);
        }
        cause = source.source();
    }
    told
}
