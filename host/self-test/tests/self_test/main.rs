//! Promises of the self-test, with the components that `cargo xtask plugins` built.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

mod adapters;
mod carried;
mod policies;

use std::error::Error;
use std::sync::Arc;

use serde_json::Value;
use ssbtx_cases::with_cases;
use ssbtx_core::Catalogue;
use ssbtx_runtime::{Adapter, Candidate, FieldFilter, SandboxSettings, Workbench};
use ssbtx_self_test::{Cases, SelfTestFailed, cases_of, test_adapter, test_policy};
use ssbtx_stage::components;

fn workbench() -> Workbench {
    Workbench::new(SandboxSettings::default()).unwrap()
}

/// Admits an adapter's bytes as a host would.
async fn adapter(bytes: &[u8]) -> Adapter {
    workbench().adapter(&Candidate::new(bytes.to_vec())).await.unwrap()
}

/// Admits a policy's bytes as a host would.
async fn policy(bytes: &[u8]) -> FieldFilter {
    workbench().policy(&Candidate::new(bytes.to_vec())).await.unwrap()
}

/// The catalogue of a built adapter.
async fn catalogue(target: &str) -> Arc<Catalogue> {
    Arc::clone(adapter(&components::read(target)).await.catalogue())
}

/// Whether an adapter passes the cases that another component carries, once they are changed.
async fn adapter_with(target: &str, cases: &Value) -> Result<(), SelfTestFailed> {
    test_adapter(&adapter(&components::read(target)).await, &parse(cases)).await
}

/// Whether a policy passes these cases, against one adapter's catalogue.
async fn policy_with(target: &str, cases: &Value, catalogue_of: &str) -> Result<(), SelfTestFailed> {
    let catalogues = [catalogue(catalogue_of).await];
    test_policy(&policy(&components::read(target)).await, &parse(cases), &catalogues).await
}

/// The cases of a built component, to be changed.
fn json_of(target: &str) -> Value {
    serde_json::from_slice(cases_of(&components::read(target)).unwrap().as_json()).unwrap()
}

fn parse(cases: &Value) -> Cases {
    Cases::parse(cases.to_string().as_bytes()).unwrap()
}

/// A component that carries these cases.
fn with(component: &[u8], cases: &Value) -> Vec<u8> {
    with_cases(component, &parse(cases)).unwrap()
}

/// How a test failed, with all that it comes from.
#[track_caller]
fn told(result: Result<(), SelfTestFailed>) -> String {
    let error = result.unwrap_err();
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        told = format!("{told}: {error}");
        cause = error.source();
    }
    assert!(!told.contains("1977"), "it quotes the person: {told}");
    told
}
