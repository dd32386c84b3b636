//! Codes that agencies write.

/// A code that an agency wrote, safe to show: an agency's text may quote an identity number, and a code is text too.
///
/// # Shape
///
/// 1 to 64 letters, digits, `.`, `-`, `_` and `:`, with at most seven digits in all: no date of birth fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyCode(String);

impl AgencyCode {
    /// Parses what the agency wrote, white space around it left out. Nothing of it is kept unless it has the shape.
    pub fn parse(text: &str) -> Option<Self> {
        let code = text.trim();
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
        let digits = code.chars().filter(char::is_ascii_digit).count();
        ((1..=64).contains(&code.len()) && code.chars().all(allowed) && digits <= MOST_DIGITS)
            .then(|| Self(code.to_owned()))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const MOST_DIGITS: usize = 7;

#[cfg(test)]
mod tests {
    use super::AgencyCode;

    #[test]
    fn ok_codes_that_agencies_use() {
        for code in ["0", "9071003", "Server", "soap-env:Client.Authentication", " FEL\n"] {
            assert_eq!(AgencyCode::parse(code).unwrap().as_str(), code.trim());
        }
    }

    #[test]
    fn err_codes_that_could_say_whom_they_are_about() {
        for code in ["", "  ", "19770117-2392", "199001012385", "Fel 7", "okänd", &"x".repeat(65)] {
            assert_eq!(AgencyCode::parse(code), None);
        }
    }
}
