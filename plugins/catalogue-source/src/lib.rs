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
//! | `of` | of an object, or of the objects in a list: its type, below |
//! | `dataset` or `technical` | the dataset that it and all in it belong to, or `technical = true`, said of each element |
//! | `marks-protection` | on a boolean whose `true`, or a text whose presence, says that the person's identity is protected |
//! | `label.sv`, `label.en`, `help.sv`, `help.en` | what people read, never empty |
//! | `namespace` | where it differs from the file's |
//!
//! In JSON a list is written at once with `type` or `of`, which are then those of its `item`; and a list may follow an object of its name, for
//! agencies that write `[]` where there is nothing.
//!
//! # Types
//!
//! What objects in several places have in common is one `[[type]]`: `name`, `label`, `help`, and `[[type.element]]`s whose paths begin below the
//! object. An object, or a list of objects, is `of` a type; a type's objects can be of other types, never of itself. Label and help of a type are
//! those of the `item` of a list of it. With `extends` a type has all elements of another before its own. What a type's elements do not say of
//! dataset or `technical`, the place that uses the type says for them.
//!
//! `include` names further files, relative to `catalogue.toml` and in its folder or below, that hold types and nothing else.

mod catalogue;
mod embed;
mod expand;
mod fault;
mod file;
mod path;
mod place;
mod rules;
mod rust;
mod source;
mod tree;

pub use catalogue::{Catalogue, Element, Scope};
pub use embed::embed;
pub use fault::{ElementProblem, Fault, TypeProblem};
pub use file::{Bilingual, Dataset, Encoding, Kind, ValueType};
pub use place::Place;
pub use source::NotLoaded;
