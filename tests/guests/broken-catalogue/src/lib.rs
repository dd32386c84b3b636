//! A hostile guest: lists an element that is its own parent.

use ssbtx_guest_adapter_harness::{Adapter, Description, honest};

/// The guest.
pub struct BrokenCatalogue;

impl Adapter for BrokenCatalogue {
    fn describe() -> Description {
        let mut description = honest::description();
        if let Some(last) = description.catalogue.elements.last_mut() {
            last.parent = Some(honest::DATE);
        }
        description
    }
}

ssbtx_guest_adapter_harness::component!(BrokenCatalogue);
