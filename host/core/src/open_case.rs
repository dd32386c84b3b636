//! Whether a question is in an open case.

/// Whether the person that a question is about is registered in an open case of whoever asks.
///
/// # Source
///
/// SFS 2009:321 13 §, SFS 2001:181 2 kap. 8 a §, SFS 2002:546 12 §: direct access only to persons with an open case at the nämnd.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OpenCase {
    /// Nobody looked: the operator has not switched the gate on for this consumer.
    NotChecked,
    /// The person is registered in the case that the question names, and the case is open.
    Inside,
    /// The person is not, or the case is not open.
    Outside,
}

impl OpenCase {
    /// The stable name, as audit records and metrics show it.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotChecked => "notChecked",
            Self::Inside => "inside",
            Self::Outside => "outside",
        }
    }
}
