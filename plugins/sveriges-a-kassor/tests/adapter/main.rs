//! What the adapter for Sveriges a-kassor promises.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

mod catalogue;
mod outcomes;
mod request;

use ssbtx_adapter_rehearsal::{Published, promises};
use ssbtx_adapter_sveriges_a_kassor::SverigesAKassor;

promises!(
    SverigesAKassor,
    Published {
        agency: "SO",
        path: "/ubpservice/int014",
        schema: "schemas/ubpservice/int014/UnemploymentBenefitPaymentService.xsd",
        answer: "GetUnemploymentBenefitPaymentResponse",
    }
);
