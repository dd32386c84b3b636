//! Asking before something is signed.

use std::io::{self, BufRead, Write};

use anyhow::Context;

use super::Failed;

/// Asks on standard error and reads one line from standard input; only `ja` and `yes` are consent.
pub(super) fn confirm(question: &str, yes: bool) -> Result<bool, Failed> {
    if yes {
        return Ok(true);
    }
    eprint!("{question} ");
    io::stderr().flush().context("ask").map_err(Failed::NotDone)?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).context("read the answer").map_err(Failed::NotDone)?;
    Ok(is_consent(&answer))
}

fn is_consent(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "ja" | "yes")
}

#[cfg(test)]
mod tests {
    use super::is_consent;

    #[test]
    fn only_a_whole_word_of_consent_is_consent() {
        assert!(is_consent("Ja\n") && is_consent(" yes "));
        for answer in ["", "\n", "j", "y", "nej", "ja tack"] {
            assert!(!is_consent(answer), "{answer}");
        }
    }
}
