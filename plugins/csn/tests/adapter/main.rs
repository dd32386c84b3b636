//! What the adapter for CSN promises.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

mod catalogue;
mod outcomes;
mod request;
mod specimen;

use ssbtx_adapter_csn::Csn;
use ssbtx_adapter_rehearsal::{Published, promises};

promises!(
    Csn,
    Published {
        agency: "CSN",
        path: "/kommunfraga/v4",
        schema: "se/csn/schema/v4_0/kommunfraga/kommunfraga.xsd",
        answer: "CSNSvar",
    }
);
