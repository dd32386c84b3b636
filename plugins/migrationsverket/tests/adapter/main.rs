//! What the adapter for Migrationsverket promises.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

mod catalogue;
mod outcomes;
mod request;

use ssbtx_adapter_migrationsverket::Migrationsverket;
use ssbtx_adapter_rehearsal::{Published, promises};

promises!(
    Migrationsverket,
    Published {
        agency: "MIV",
        path: "/ssbtek/1",
        schema: "se/migrationsverket/schema/ssbtek/_1/SSBTEKWebService_schema1.xsd",
        answer: "findByPersonnummerResponse",
    }
);
