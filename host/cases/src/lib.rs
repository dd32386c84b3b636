//! Cases that travel in a component: what must hold before it may answer.
//!
//! Whoever writes a policy or an adapter writes down what it promises, as cases: in this context, these elements have this verdict; to this
//! question and these replies, this is the outcome. [`with_cases`] puts them into the component, in a section of their own, so that whoever signs
//! the component signs its cases too, and [`cases_of`] takes them out again. What is in a section is outside data: it is parsed here, within
//! [limits](MOST_BYTES), and whatever is not as it should be refuses all of it.
//!
//! Cases of adapters are about published test persons and nobody else: see [`TestPersons`].
//!
//! What this crate does not answer for: whether the cases hold, which `ssbtx-self-test` finds out in the sandbox, and whether they are enough.

mod adapter_case;
mod cases;
mod difference;
mod element_pattern;
mod expected_outcome;
mod file;
mod folder;
mod invalid;
mod policy_case;
mod promise;
mod question;
mod recording;
#[cfg(test)]
mod sample;
mod section;
mod test_persons;

pub use adapter_case::AdapterCase;
pub use cases::{CaseKind, Cases, MOST_BYTES, MOST_CASES, MOST_ELEMENTS};
pub use element_pattern::{ElementPattern, InvalidPattern};
pub use expected_outcome::{Difference, ExpectedOutcome, InvalidOutcome};
pub use folder::{NotRead, adapter_cases};
pub use invalid::{InvalidCase, InvalidCases};
pub use policy_case::{ExpectedVerdict, PolicyCase};
pub use promise::{InvalidPromise, Promise};
pub use question::{InvalidTrialQuestion, TrialQuestion};
pub use recording::{InvalidRecording, Recording};
pub use section::{SECTION, cases_of, with_cases};
pub use test_persons::{NotATestPerson, TestPersons};
