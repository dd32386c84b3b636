//! The real clock and the real randomness.

use std::sync::Arc;

use aws_lc_rs::rand;
use jiff::Timestamp;
use ssbtx_gateway::{GatewayMeters, Outside};
use ssbtx_observation::Recorder;

/// The machine's clock and the cryptographic library's random numbers, and whom the host tells of its work.
pub struct Machine {
    pub recorder: Arc<dyn Recorder>,
    pub meters: Arc<GatewayMeters>,
}

impl Outside for Machine {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn random(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        // The library aborts rather than fail on the platforms that we build for; were it to fail, ids would still differ by time.
        if rand::fill(&mut bytes).is_err() {
            tracing::error!("no randomness for a question's id");
        }
        bytes
    }

    fn recorder(&self) -> Arc<dyn Recorder> {
        Arc::clone(&self.recorder)
    }

    fn meters(&self) -> Arc<GatewayMeters> {
        Arc::clone(&self.meters)
    }
}
