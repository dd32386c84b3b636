//! From `catalogue.toml` to Rust tables, while an adapter is built.
//!
//! `catalogue.toml` is the reviewable source of what an agency can disclose: a lawyer or a caseworker reads and corrects it. This crate checks
//! it and writes it as static tables, so that an adapter carries its catalogue and parses nothing when it runs. A mistake in the file stops
//! the build and names the element.
//!
//! An adapter's `build.rs` calls [`embed`]; its `src/catalogue.rs` includes what was written.
//!
//! # Shape
//!
//! At the top `agency`, `version`, `encoding` (`xml` or `json`) and `namespace`, which every element has that names none of its own; attributes
//! are unqualified. Then `[root]`, the document's root: `name`, `label`, `help`, and `namespace` where it differs.
//!
//! One `[[dataset]]` for each dataset: `id`, `discloser`, `label`, `help`. One `[[element]]` for each element below the root, in the order of the
//! agency's schema, each directly before its first child:
//!
//! | key | |
//! |---|---|
//! | `path` | names from below the root, joined by `/`; an attribute as `@name` |
//! | `kind` | `object`, `scalar`, `attribute`; in JSON also `list`, whose one child is named `item` and repeats |
//! | `type` | of a scalar or attribute: `text`, `integer`, `decimal`, `boolean`, `date`, `date-time` |
//! | `required`, `repeats` | the schema's minimum and maximum occurrence; `false` unless written |
//! | `dataset` or `technical` | the dataset that it belongs to, or `technical = true` |
//! | `marks-protection` | on a boolean whose `true` says that the person's identity is protected |
//! | `label.sv`, `label.en`, `help.sv`, `help.en` | what people read, never empty |
//! | `namespace` | where it differs from the file's |

mod catalogue;
mod embed;
mod fault;
mod file;
mod path;
mod rules;
mod rust;
mod tree;

pub use catalogue::{Catalogue, Element, Scope};
pub use embed::embed;
pub use fault::{ElementProblem, Fault};
pub use file::{Bilingual, Dataset, Encoding, Kind, ValueType};
