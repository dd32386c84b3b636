//! `GET /v1/api-info`: what this interface is.

use serde::Serialize;

/// # Source
///
/// DIGG's REST API profile, the resource `api-info`.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the profile's")]
#[serde(rename_all = "camelCase")]
pub(super) struct ApiInfo {
    api_name: &'static str,
    api_version: &'static str,
    api_released: &'static str,
    api_documentation: &'static str,
    api_status: &'static str,
}

/// The interface at version 1. The version is the interface's and not the program's.
pub(super) const API_INFO: ApiInfo = ApiInfo {
    api_name: "SSBTX",
    api_version: "1.0.0",
    api_released: "2026-11-21",
    api_documentation: "docs/json-v1.md",
    api_status: "active",
};
