//! A hostile guest: declares a host as its upstream.

use ssbtx_guest_adapter_harness::{Adapter, Description, honest};

/// The guest.
pub struct UnusableUpstream;

impl Adapter for UnusableUpstream {
    fn describe() -> Description {
        Description { upstreams: vec!["https://example.org".to_owned()], ..honest::description() }
    }
}

ssbtx_guest_adapter_harness::component!(UnusableUpstream);
