//! The real clock and the real randomness.

use aws_lc_rs::rand;
use jiff::Timestamp;
use ssbtx_gateway::Outside;

/// The machine's clock and the cryptographic library's random numbers.
pub struct Machine;

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
}
