//! The example's policy, as tables made from `policy.toml`; and its cases, made from `cases.toml`.

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

#[cfg(target_family = "wasm")]
ssbtx_policy_engine::component!(POLICY);
