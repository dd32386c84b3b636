//! Who holds a key.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// The name of the person who holds a key, as the key's description says in the member `x-ssbtx-person`.
///
/// A threshold of keys is a threshold of persons only if the host can tell that two keys are one person's. Two names are equal when they have
/// the same letters and digits in the same words, whatever the case and whatever stands between: `Anna Andersson` is `anna  andersson.`
///
/// # Shape
///
/// 1 to 100 characters, of them at least one letter: letters of the Latin alphabet (Unicode up to U+024F and U+1E00 to U+1EFF), the digits `0`–`9`,
/// spaces, `'`, `’`, `(`, `)`, `,`, `-` and `.`. So there is one way to write an accented letter (a letter followed by a combining mark would look
/// the same and be another text), no letter of another alphabet that looks like one of these, and nothing invisible.
///
/// # Errors
///
/// Parsing gives [`InvalidPerson`] for anything else.
#[derive(Clone)]
pub struct Person {
    name: String,
    counted_as: String,
}

/// A text that cannot be a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("person is not 1 to 100 Latin letters, digits, spaces and `'’(),-.` with at least one letter")]
pub struct InvalidPerson;

impl Person {
    /// The name as it was written, without outer white space.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl FromStr for Person {
    type Err = InvalidPerson;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = text.chars().all(|character| counts(character) || PUNCTUATION.contains(&character));
        let short = text.chars().count() <= MAX_CHARACTERS;
        if !plain || !short || !text.chars().any(char::is_alphabetic) {
            return Err(InvalidPerson);
        }
        let words: Vec<&str> = text.split(|character| !counts(character)).filter(|word| !word.is_empty()).collect();
        Ok(Self { name: text.trim().to_owned(), counted_as: words.join(" ").to_lowercase() })
    }
}

/// Whether a character may tell two persons apart.
fn counts(character: char) -> bool {
    let is_latin = matches!(character, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    character.is_ascii_digit() || (is_latin && character.is_alphabetic())
}

impl PartialEq for Person {
    fn eq(&self, other: &Self) -> bool {
        self.counted_as == other.counted_as
    }
}

impl Eq for Person {}

impl PartialOrd for Person {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Person {
    fn cmp(&self, other: &Self) -> Ordering {
        self.counted_as.cmp(&other.counted_as)
    }
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Names nobody: it may end in a log.
impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").finish_non_exhaustive()
    }
}

/// The member of a key's description that says who holds it.
pub(crate) const MEMBER: &str = "x-ssbtx-person";
const MAX_CHARACTERS: usize = 100;
const PUNCTUATION: [char; 8] = [' ', '\'', '’', '(', ')', ',', '-', '.'];

#[cfg(test)]
mod tests {
    use super::*;

    fn person(text: &str) -> Person {
        text.parse().unwrap()
    }

    #[test]
    fn a_person_is_one_however_the_name_is_spaced_or_capitalised() {
        for same in ["anna exempel", " Anna Exempel", "ANNA EXEMPEL ", "Anna   Exempel"] {
            assert_eq!(person(same), person("Anna Exempel"), "{same}");
        }
        assert_eq!(person("ÅSA ÖRN"), person("Åsa Örn"));
        assert_eq!(person(" ÅSA ÖRN ").to_string(), "ÅSA ÖRN");
        for same in ["Anna-Lena O'Prov", "Anna Lena O’Prov.", "(anna lena) o,prov"] {
            assert_eq!(person(same), person("Anna-Lena O'Prov"), "{same}");
        }
    }

    #[test]
    fn persons_with_different_names_are_different() {
        assert_ne!(person("Anna Exempel"), person("Anna Exempelsson"));
        assert_ne!(person("Anna Exempel (SKR)"), person("Anna Exempel"));
    }

    #[test]
    fn err_person() {
        for text in [
            "",
            " ",
            "1",
            "-",
            "Anna\nExempel",
            "Anna\u{a0}Exempel",
            "Anna\u{200b}Exempel",
            "A\u{30a}sa Exempel",
            "\u{212b}sa Exempel",
            "\u{410}nna Exempel",
            "Ann\u{3b1} Exempel",
            "\u{ff21}nna Exempel",
            "Anna Exempel\u{b2}",
            "Anna Exempel \u{661}",
            "Anna\u{202e}Exempel",
            "Anna/Exempel",
            "Anna <anna@exempel.se>",
            &"a".repeat(101),
        ] {
            assert_eq!(text.parse::<Person>(), Err(InvalidPerson), "{text}");
        }
    }
}
