//! A hostile guest: a policy that never comes to say what it is.

use ssbtx_guest_policy_harness::{Description, Policy};

/// The guest.
pub struct PolicyLoopsInDescribe;

impl Policy for PolicyLoopsInDescribe {
    fn describe() -> Description {
        loop {
            std::hint::spin_loop();
        }
    }
}

ssbtx_guest_policy_harness::component!(PolicyLoopsInDescribe);
