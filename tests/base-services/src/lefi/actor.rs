//! The actors that LEFI lets ask.

/// The actors' ids (`aktorsId`), each after the organisation number whose actor it is.
///
/// Försäkringskassan gives every organisation an id when it is let in. These two are invented, for the organisations of the demonstrations.
///
/// # Shape
///
/// A UUID in lower case with hyphens.
pub const AKTORSID: [(&str, &str); 2] = [
    ("162020000001", "6ca56c12-30f1-4b35-bb80-65a95e88e300"),
    ("162020000003", "93ba1dea-d7d1-4430-b0b4-a768f6dc56ca"),
];

/// Whether this is an actor that the caller may represent.
pub(crate) fn is_known(actor: &str) -> bool {
    AKTORSID.iter().any(|(_, known)| *known == actor)
}
