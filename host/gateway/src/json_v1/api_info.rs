//! `GET /v1/api-info`: what this interface is.

use serde::Serialize;
use utoipa::ToSchema;

use super::openapi::{PATH, VERSION, words};

/// What this interface is.
// Its members are those that DIGG's REST API profile gives the resource `api-info`.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the names are the profile's")]
#[serde(rename_all = "camelCase")]
pub(super) struct ApiInfo {
    api_name: &'static str,
    /// The version of the interface and not of the program: its first number is the one in the path.
    #[schema(pattern = r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    api_version: &'static str,
    #[schema(format = "date")]
    api_released: &'static str,
    /// Where this document is, at the same address.
    #[schema(format = "uri-reference")]
    api_documentation: &'static str,
    #[schema(schema_with = words::api_status)]
    api_status: &'static str,
}

/// The interface at version 1.
pub(super) const API_INFO: ApiInfo = ApiInfo {
    api_name: "SSBTX",
    api_version: VERSION,
    api_released: "2026-11-21",
    api_documentation: PATH,
    api_status: "active",
};
