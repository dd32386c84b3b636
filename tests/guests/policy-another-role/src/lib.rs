//! A hostile guest: says that it decides for a role that it is not signed for.

use ssbtx_guest_policy_harness::{Description, Policy, honest};

/// The guest.
pub struct PolicyAnotherRole;

impl Policy for PolicyAnotherRole {
    fn describe() -> Description {
        Description { role: "ekonomiskt-bistand".to_owned(), ..honest::description() }
    }
}

ssbtx_guest_policy_harness::component!(PolicyAnotherRole);
