//! The identity number of a person.

use std::fmt;

use jiff::civil::Date;
use zeroize::Zeroize;

/// The identity number of the person that a question is about.
///
/// It never prints: there is no `Display`, and `Debug` shows that there is one and nothing of it. It is wiped from memory when it is dropped.
///
/// # Shape
///
/// 12 digits: century and year, month, day (plus 60 in a samordningsnummer), three digits, and a check digit (Luhn over the last ten).
///
/// # Source
///
/// Folkbokföringslagen (1991:481) 18 § and lag (2022:1697) om samordningsnummer; SSBTEK v10, `Personidentitet`, checks twelve digits only.
#[derive(Clone, PartialEq, Eq, Hash)]
#[doc(alias = "personnummer")]
#[doc(alias = "samordningsnummer")]
pub struct PersonId(String);

/// How strictly an identity number is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityCheck {
    /// Twelve digits with a real date and a right check digit.
    DateAndCheckDigit,
    /// Twelve digits, as SSBTEK v10 has it: whatever else is wrong is left to the agencies.
    TwelveDigits,
}

impl PersonId {
    /// Reads an identity number.
    ///
    /// # Errors
    ///
    /// [`InvalidPersonId`], which says what is wrong and nothing of the number.
    pub fn parse(text: &str, check: IdentityCheck) -> Result<Self, InvalidPersonId> {
        if text.len() != 12 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidPersonId::NotTwelveDigits);
        }
        match check {
            IdentityCheck::TwelveDigits => {}
            IdentityCheck::DateAndCheckDigit => {
                if !has_date(text) {
                    return Err(InvalidPersonId::NoSuchDate);
                }
                if !has_check_digit(text) {
                    return Err(InvalidPersonId::WrongCheckDigit);
                }
            }
        }
        Ok(Self(text.to_owned()))
    }

    /// The twelve digits, for the agency that is asked, the answer and the keyed digest in the audit log; for nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonId(redacted)")
    }
}

impl Drop for PersonId {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// What is wrong with an identity number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPersonId {
    /// Not twelve digits.
    #[error("identity number is not twelve digits")]
    NotTwelveDigits,
    /// The first eight digits name no day, with or without 60 added to the day.
    #[error(
        "identity number begins with no date, expected `yyyyMMdd`, with 60 added to the day in a samordningsnummer"
    )]
    NoSuchDate,
    /// The last digit does not follow from the nine before it.
    #[error("identity number has a wrong check digit")]
    WrongCheckDigit,
}

fn has_date(digits: &str) -> bool {
    let number = |range| digits.get(range).and_then(|part: &str| part.parse::<i8>().ok());
    let year = digits.get(..4).and_then(|part| part.parse::<i16>().ok());
    let (Some(year), Some(month), Some(day)) = (year, number(4..6), number(6..8)) else {
        return false;
    };
    Date::new(year, month, if day > 60 { day - 60 } else { day }).is_ok()
}

fn has_check_digit(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .skip(2)
        .enumerate()
        .map(|(position, byte)| {
            let digit = u32::from(byte - b'0') * if position % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<PersonId, InvalidPersonId> {
        PersonId::parse(text, IdentityCheck::DateAndCheckDigit)
    }

    #[test]
    fn ok_identity_numbers() {
        for text in ["189001019802", "197701172392", "191401682396", "202601612381"] {
            assert_eq!(parse(text).unwrap().reveal(), text);
        }
    }

    #[test]
    fn err_identity_numbers() {
        assert_eq!(parse(""), Err(InvalidPersonId::NotTwelveDigits));
        assert_eq!(parse("7701172392"), Err(InvalidPersonId::NotTwelveDigits));
        assert_eq!(parse("19770117-2392"), Err(InvalidPersonId::NotTwelveDigits));
        assert_eq!(parse("\u{ff11}97701172392"), Err(InvalidPersonId::NotTwelveDigits));
        assert_eq!(parse("197713172392"), Err(InvalidPersonId::NoSuchDate));
        assert_eq!(parse("197701172393"), Err(InvalidPersonId::WrongCheckDigit));
    }

    #[test]
    fn twelve_digits_are_enough_where_the_setting_says_so() {
        assert!(PersonId::parse("000000000000", IdentityCheck::TwelveDigits).is_ok());
        assert!(PersonId::parse("00000000000x", IdentityCheck::TwelveDigits).is_err());
    }

    #[test]
    fn an_identity_number_never_prints() {
        assert_eq!(format!("{:?}", parse("197701172392").unwrap()), "PersonId(redacted)");
        assert!(!format!("{:?}", parse("197701172393")).contains("2393"));
    }
}
