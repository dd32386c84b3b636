//! What an agency tries its adapter with before anybody signs it.
//!
//! [`inspect`] says what an adapter is: whether it fits the host's limits, what its catalogue lacks for those who read it, whether it passes its own
//! cases, and what it changes against another. [`measure`] says what a question costs. Both run the adapter as a host would, under the same
//! admission and the same limits; a question is put to it as its cases are, see [`Trial`](ssbtx_self_test::Trial).
//!
//! Nothing here has a network, and nothing here reads or writes a file: who calls it hands over bytes and gets values back. A trial is about
//! test persons only: see [`TestPersons`](ssbtx_cases::TestPersons).

mod cases;
mod comparison;
mod finding;
mod inspection;
mod lint;
mod measurement;
#[cfg(test)]
mod sample;

pub use comparison::{Change, ChangeKind, compare};
pub use finding::{Finding, Level};
pub use inspection::{Inspection, Use, inspect};
pub use lint::lint;
pub use measurement::{Measurement, NotMeasured, Spread, measure, smallest_memory};
