//! What the caller sends to this base service alone.

use std::fmt::{self, Display, Formatter};

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Parameter;

use super::refusal::Refusal;

/// The municipality's name at Försäkringskassan (aktörs-id), safe to put into a path.
///
/// # Shape
///
/// 1 to 128 letters, digits and `-._~`, but neither `.` nor `..`, which would name another place in the path.
///
/// # Source
///
/// LEFI version 9 says that it is a text. The signs are those that RFC 3986, section 2.3, lets a path hold as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ActorId(String);

impl ActorId {
    /// Parses the parameter `aktorsid`.
    ///
    /// # Errors
    ///
    /// [`Refusal::ActorId`] where it is missing or has another shape.
    pub(crate) fn of(parameters: &[Parameter]) -> Result<Self, Refusal> {
        let text = parameter(parameters, "aktorsid").unwrap_or_default();
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let is_one = (1..=LONGEST).contains(&text.len()) && text.bytes().all(allowed) && !matches!(text, "." | "..");
        if is_one { Ok(Self(text.to_owned())) } else { Err(Refusal::ActorId) }
    }
}

impl Display for ActorId {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether the caller means the version that is spoken here: it says so, or says nothing.
///
/// # Errors
///
/// [`Refusal::Version`] where it names another.
pub(crate) fn require_version(parameters: &[Parameter]) -> Result<(), Refusal> {
    match parameter(parameters, "version") {
        None | Some("v9" | "9") => Ok(()),
        Some(_) => Err(Refusal::Version),
    }
}

/// The value of the parameter of this name.
pub(crate) fn parameter<'p>(parameters: &'p [Parameter], name: &str) -> Option<&'p str> {
    parameters.iter().find(|parameter| parameter.name == name).map(|parameter| parameter.value.trim())
}

const LONGEST: usize = 128;
