//! An honest guest: a policy that discloses everything on a basis in force.

use ssbtx_guest_policy_harness::Policy;

/// The guest.
pub struct PolicyHonest;

impl Policy for PolicyHonest {}

ssbtx_guest_policy_harness::component!(PolicyHonest);
