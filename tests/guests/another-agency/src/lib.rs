//! A hostile guest: says that it speaks for an agency that did not sign it.

use ssbtx_guest_adapter_harness::{Adapter, Description, honest};

/// The guest.
pub struct AnotherAgency;

impl Adapter for AnotherAgency {
    fn describe() -> Description {
        let mut description = honest::description();
        "CSN".clone_into(&mut description.catalogue.agency);
        description
    }
}

ssbtx_guest_adapter_harness::component!(AnotherAgency);
