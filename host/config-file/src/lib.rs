//! The operator's files, read key by key.
//!
//! A file is parsed into a [`Document`], whose [`Table`]s are asked for one key after the other. Whatever is wrong becomes a [`Fault`] with its file
//! and line, and reading goes on, so that everything is told at once. Whatever is read becomes a [`Setting`]: the value that is in force, and
//! where it comes from. So whoever reads a key has also made it known to `ssbtx config show` and to the comparison of a reload.
//!
//! This crate knows no key. What the keys mean is said where they are read: `host/cli/src/config` and `host/gateway/src/consumers`.

mod content;
mod document;
mod fault;
mod reading;
mod setting;
mod table;
mod told;
mod tree;

pub use content::Content;
pub use document::{Document, Read};
pub use fault::Fault;
pub use setting::{Origin, Setting, Value};
pub use table::Table;
pub use table::Unit;
pub use told::told;
