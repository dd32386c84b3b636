//! The contract's types for the host, generated from `wit/` and from nowhere else.
//!
//! Argument tracing stays off: it would print questions and answers.

#![allow(
    missing_docs,
    clippy::all,
    clippy::pedantic,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "generated code, which nobody edits"
)]

/// The world of adapters.
pub(crate) mod adapter {
    wasmtime::component::bindgen!({
        path: ["../../wit/catalogue", "../../wit/adapter"],
        world: "ssbtx:adapter/adapter",
        exports: { default: async },
        // Questions and replies are lent to the adapter's memory and not copied on the way.
        ownership: Borrowing { duplicate_if_necessary: true },
    });
}

/// The world of policies.
pub(crate) mod policy {
    wasmtime::component::bindgen!({
        path: ["../../wit/catalogue", "../../wit/policy"],
        world: "ssbtx:policy/policy",
        exports: { default: async },
    });
}
