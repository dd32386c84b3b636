//! What the adapter for Arbetsförmedlingen promises.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

mod catalogue;
mod outcomes;
mod request;

use ssbtx_adapter_arbetsformedlingen::Arbetsformedlingen;
use ssbtx_adapter_rehearsal::{Published, promises};

promises!(
    Arbetsformedlingen,
    Published {
        agency: "AF",
        path: "/ersattningsstod/v2",
        schema: "se/arbetsformedlingen/api/arbetssokande/ersattningsstod/v2/ers_stod.xsd",
        answer: "SvarMeddelande",
    }
);
