//! The persons that a trial may be about.

use ssbtx_core::{IdentityCheck, PersonId, without_identity_numbers};

/// The published test numbers, and nobody else.
///
/// A recorded reply is a file that is copied, attached and committed, so no trial is about a real person, and there is no switch that lets one
/// be: agencies' test environments answer for test persons. Both the question and every recorded reply are held to it.
///
/// # Source
///
/// Skatteverket, open data: test numbers (personnummer and samordningsnummer) that are never given to a person.
#[derive(Debug, Clone, Copy)]
pub struct TestPersons(&'static str);

/// What is about somebody who is no published test person. It does not quote the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is an identity number that is none of Skatteverket's published test numbers")]
pub struct NotATestPerson;

impl TestPersons {
    /// Those that Skatteverket has published and this project uses.
    pub const PUBLISHED: Self = Self(include_str!("test_persons.txt"));

    /// The person of a test number.
    ///
    /// # Errors
    ///
    /// [`NotATestPerson`] for any other text.
    pub fn person(self, number: &str) -> Result<PersonId, NotATestPerson> {
        let known = self.numbers().any(|test| test == number);
        PersonId::parse(number, IdentityCheck::DateAndCheckDigit).ok().filter(|_| known).ok_or(NotATestPerson)
    }

    /// Passes a text in which no identity number is found but test numbers, with or without century and `-`.
    ///
    /// What this does not find: a number in base64, in UTF-16 or in words, and names.
    ///
    /// # Errors
    ///
    /// [`NotATestPerson`] if there is another, or another number with a date and a check digit as identity numbers have.
    pub fn only_in(self, text: &str) -> Result<(), NotATestPerson> {
        let mut rest = text.to_owned();
        for number in self.numbers() {
            let Some((century, ten)) = number.split_at_checked(2) else { continue };
            let Some((day, last)) = ten.split_at_checked(6) else { continue };
            for spelling in [number, &format!("{century}{day}-{last}"), &format!("{day}-{last}"), ten] {
                rest = rest.replace(spelling, "");
            }
        }
        if without_identity_numbers(&rest) == rest { Ok(()) } else { Err(NotATestPerson) }
    }

    fn numbers(self) -> impl Iterator<Item = &'static str> {
        self.0.lines()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_test_number_is_a_person_in_every_spelling() {
        assert!(TestPersons::PUBLISHED.person("197701172392").is_ok());
        for text in
            ["<p>197701172392</p>", "19770117-2392", "\"7701172392\"", "770117-2392", "191401682396", "2026-01-01"]
        {
            assert_eq!(TestPersons::PUBLISHED.only_in(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn any_other_number_with_a_date_and_a_check_digit_is_refused() {
        let other = crate::sample::identity_number_of_nobody();
        assert_eq!(TestPersons::PUBLISHED.person(&other).unwrap_err(), NotATestPerson);
        assert_eq!(TestPersons::PUBLISHED.only_in(&format!("<p>{other}</p>")), Err(NotATestPerson));
    }
}
