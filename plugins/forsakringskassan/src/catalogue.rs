//! What the base service can disclose, and the ids of its elements: written from `catalogue.toml` when the adapter is built.

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
