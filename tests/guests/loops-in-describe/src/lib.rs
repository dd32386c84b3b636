//! A hostile guest: never comes to say what it is.

use ssbtx_guest_adapter_harness::{Adapter, Description};

/// The guest.
pub struct LoopsInDescribe;

impl Adapter for LoopsInDescribe {
    fn describe() -> Description {
        loop {
            std::hint::spin_loop();
        }
    }
}

ssbtx_guest_adapter_harness::component!(LoopsInDescribe);
