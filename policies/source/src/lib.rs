//! Reads a policy's reviewable source, `policy.toml` and `cases.toml`, and writes it as Rust tables.
//!
//! A policy crate calls [`build`] from its `build.rs` and includes the file `tables.rs` that it leaves in `OUT_DIR`: the component then parses
//! nothing when a question is asked. Both files may `include` others in their folder, one for each agency for example. A source with a fault stops the
//! build, and every fault is shown at once with its place.
//!
//! The cases travel in the component too, for the host to run: [`carried_cases`].

mod build;
mod carried;
mod cases;
mod cases_file;
mod fault;
mod included;
mod path;
mod policy;
mod policy_file;
mod rules;
mod shape;
mod tables;
mod terms;

pub use build::{BuildError, build, carried_cases, write_tables};
pub use carried::CASE_DAY;
pub use cases::Cases;
pub use fault::{Fault, Faults, InvalidSource, Mistake, Place};
pub use included::Folder;
pub use policy::Policy;
