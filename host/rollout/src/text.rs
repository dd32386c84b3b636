//! Values that the status shows as their text.

use std::fmt::Display;

use serde::{Serialize, Serializer};

/// Writes a value as its `Display` does.
///
/// # Errors
///
/// The serializer's.
pub(crate) fn as_text<S: Serializer>(value: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// Writes a value as its `Display` does, or null.
///
/// # Errors
///
/// The serializer's.
#[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
pub(crate) fn as_optional_text<S: Serializer>(value: &Option<impl Display>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_ref().map(ToString::to_string).serialize(serializer)
}
