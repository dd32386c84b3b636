//! Values, in the forms that agencies write and in those that few programs write.

use super::dice::Dice;
use super::{pattern, text};
use crate::document_type::Format;
use crate::model::{Value, ValueType};

/// A value of this type; an unusual form of it as often as `oddness` says.
pub(super) fn form(value: &Value, format: Format, dice: &mut Dice, oddness: u8) -> String {
    let facets = &value.facets;
    if !facets.enumeration.is_empty() {
        return dice.pick(&facets.enumeration).clone();
    }
    if let Some(expression) = &facets.pattern {
        return pattern::matching(expression, facets, dice);
    }
    let is_odd = dice.chance(oddness);
    let forms: &[&str] = match (value.value_type, format, is_odd) {
        (ValueType::Text, ..) => return text::free(value, dice, is_odd),
        (ValueType::Integer, _, false) => &["0", "1", "42", "100", "12750"],
        (ValueType::Integer, Format::Xml, true) => &["-1", "+5", "007", "-0", "2147483647", "-2147483648"],
        (ValueType::Integer, Format::Json, true) => {
            &["-1", "9223372036854775807", "-9223372036854775808", "1000000007000000000"]
        }
        (ValueType::Decimal, _, false) => &["0", "1", "1200.50", "8450", "0.25"],
        (ValueType::Decimal, Format::Xml, true) => {
            &["-0.0", "+1200.50", ".5", "5.", "00.10", "-17", "123456789.123456789"]
        }
        (ValueType::Decimal, Format::Json, true) => {
            &["-0.0", "1e3", "1E-2", "1200.50", "0.10", "1.0", "-17", "123456789.123456789"]
        }
        (ValueType::Boolean, Format::Xml, true) => &["1", "0"],
        (ValueType::Boolean, ..) => &["true", "false"],
        (ValueType::Date, Format::Xml, true) => &["2016-11-18+01:00", "2026-02-28Z", "0999-12-31", "2024-02-29-14:00"],
        (ValueType::Date, ..) => &["2026-01-01", "2026-03-31", "2024-02-29", "1998-07-15"],
        (ValueType::DateTime, _, false) => &["2026-03-01T08:15:00Z", "2026-03-31T23:59:59+02:00"],
        (ValueType::DateTime, _, true) => &["2026-03-01T08:15:00.123456789Z", "2026-03-01t08:15:00-00:00"],
    };
    let lies_between = |form: &&&str| {
        let number: Option<f64> = form.parse().ok();
        number.is_none_or(|n| facets.minimum.is_none_or(|min| n >= min) && facets.maximum.is_none_or(|max| n <= max))
    };
    let forms: Vec<&str> = forms.iter().filter(lies_between).copied().collect();
    // Where the usual or unusual forms all lie outside, a bound itself does not.
    if forms.is_empty() { facets.minimum.unwrap_or_default().to_string() } else { (*dice.pick(&forms)).to_owned() }
}
