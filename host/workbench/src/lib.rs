//! What an agency tries its adapter with before anybody signs it.
//!
//! [`inspect`] says what an adapter is: whether it fits the host's limits, what its catalogue lacks for those who read it, and what it changes
//! against another. [`Trial`] puts a question to it in the sandbox and answers its requests from recorded replies. [`measure`] says what that
//! costs. All three run the adapter as a host would, under the same admission and the same limits.
//!
//! Nothing here has a network, and nothing here reads or writes a file: who calls it hands over bytes and gets values back. A trial is about
//! test persons only: see [`TestPersons`].

mod comparison;
mod finding;
mod inspection;
mod lint;
mod measurement;
mod outcome;
mod question;
mod recording;
#[cfg(test)]
mod sample;
mod test_persons;
mod trial;

pub use comparison::{Change, ChangeKind, compare};
pub use finding::{Finding, Level};
pub use inspection::{Inspection, Use, inspect};
pub use lint::lint;
pub use measurement::{Measurement, NotMeasured, Spread, measure, smallest_memory};
pub use outcome::{Outcome, OutcomeJson};
pub use question::{InvalidTrialQuestion, TrialQuestion};
pub use recording::{InvalidRecording, Recording};
pub use test_persons::{NotATestPerson, TestPersons};
pub use trial::{Sent, Trial, TrialFailed, TrialResult};
