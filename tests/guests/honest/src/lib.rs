//! An honest guest: does everything right, so that what happens to the others is not the stage's doing.

use ssbtx_guest_adapter_harness::Adapter;

/// The guest.
pub struct Honest;

impl Adapter for Honest {}

ssbtx_guest_adapter_harness::component!(Honest);
