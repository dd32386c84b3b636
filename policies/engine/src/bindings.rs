//! The contract's types for guests, generated from `wit/` and from nowhere else.

#![allow(missing_docs, clippy::pedantic, reason = "generated code, which nobody edits")]

wit_bindgen::generate!({
    path: ["../../wit/catalogue", "../../wit/policy"],
    world: "ssbtx:policy/policy",
    pub_export_macro: true,
    default_bindings_module: "ssbtx_policy_engine::bindings",
    additional_derives: [PartialEq, Eq],
});
