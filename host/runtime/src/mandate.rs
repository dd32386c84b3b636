//! Whom a component may speak or decide for.

/// Where the agency or the role of a component is taken from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mandate<T> {
    /// From the name that it is signed under; what it says of itself must agree.
    Signed(T),
    /// From itself: nobody has signed it, and it answers no question.
    AsDescribed,
}
