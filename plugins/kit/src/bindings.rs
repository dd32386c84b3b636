//! The guest bindings of `ssbtx:adapter@1.0.0`, generated from `wit/` here and nowhere else.
//!
//! An adapter implements [`exports::ssbtx::adapter::translation::Guest`] and calls `export!` under `#[cfg(target_family = "wasm")]`: exports of
//! a component do not link for the machine itself.

#![allow(missing_docs, unreachable_pub, clippy::pedantic, reason = "generated; the documentation is in the WIT files")]

wit_bindgen::generate!({
    path: ["../../wit/catalogue", "../../wit/adapter"],
    world: "ssbtx:adapter/adapter",
    pub_export_macro: true,
    default_bindings_module: "ssbtx_adapter_kit::bindings",
});
