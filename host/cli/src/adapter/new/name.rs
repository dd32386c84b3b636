//! What an agency is called, and what its adapter is called after it.

use std::str::FromStr;

/// The name that an agency uses itself.
///
/// # Shape
///
/// 1 to 64 letters, digits, spaces and `-`, beginning with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyName(String);

/// A text that names no agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("name is not 1 to 64 letters, digits, spaces and `-` that begin with a letter of the Swedish alphabet")]
pub struct InvalidAgencyName;

impl AgencyName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder's name: ASCII in lower case, å and ä as a, ö as o, words joined by `-`.
    pub fn folder(&self) -> String {
        self.words().join("-")
    }

    /// The crate's name.
    pub fn package(&self) -> String {
        format!("ssbtx-adapter-{}", self.folder())
    }

    /// The name of the crate in Rust code.
    pub fn crate_name(&self) -> String {
        self.package().replace('-', "_")
    }

    /// The adapter's type.
    pub fn type_name(&self) -> String {
        let capitalised = |word: String| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
        };
        self.words().into_iter().map(capitalised).collect()
    }

    fn words(&self) -> Vec<String> {
        let ascii = |letter: char| match letter {
            'å' | 'ä' => 'a',
            'ö' => 'o',
            'é' => 'e',
            letter if letter.is_ascii_alphanumeric() => letter,
            _ => ' ',
        };
        let plain: String = self.0.to_lowercase().chars().map(ascii).collect();
        plain.split_whitespace().map(str::to_owned).collect()
    }
}

impl FromStr for AgencyName {
    type Err = InvalidAgencyName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_letter = |letter: char| letter.is_ascii_alphabetic() || "åäöéÅÄÖÉ".contains(letter);
        let shaped = (1..=64).contains(&text.chars().count())
            && text.starts_with(is_letter)
            && text.chars().all(|letter| is_letter(letter) || letter.is_ascii_digit() || matches!(letter, ' ' | '-'));
        if shaped { Ok(Self(text.to_owned())) } else { Err(InvalidAgencyName) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_adapter_is_called_after_its_agency_in_ascii() {
        let called = |name: &str| {
            let name: AgencyName = name.parse().unwrap();
            (name.folder(), name.crate_name(), name.type_name())
        };
        let expected = |folder: &str, crate_name: &str, type_name: &str| {
            (folder.to_owned(), crate_name.to_owned(), type_name.to_owned())
        };
        assert_eq!(called("Bolagsverket"), expected("bolagsverket", "ssbtx_adapter_bolagsverket", "Bolagsverket"));
        assert_eq!(
            called("Örebro läns-kassa"),
            expected("orebro-lans-kassa", "ssbtx_adapter_orebro_lans_kassa", "OrebroLansKassa")
        );
    }

    #[test]
    fn err_name() {
        for text in ["", "1a", "-", "a\"b", "a\nb", "a/b", "a{b}"] {
            assert_eq!(text.parse::<AgencyName>(), Err(InvalidAgencyName), "{text}");
        }
    }
}
