//! Caseworkers who ask one question after another, each over a connection of their own.

use std::sync::{Arc, Mutex};

use ssbtx_stage::client::Client;
use ssbtx_stage::questions::Asking;
use tokio::task::JoinSet;

use super::shown::Shown;
use crate::play::{ALVAR, Play};

/// Caseworkers who ask until they are told to leave.
pub(super) struct Crowd {
    asking: JoinSet<()>,
    tally: Arc<Mutex<Tally>>,
}

/// What all of them together have seen.
#[derive(Default)]
struct Tally {
    in_flight: usize,
    fewest_in_flight: usize,
    is_leaving: bool,
    shown: Vec<Shown>,
    failures: Vec<String>,
}

impl Crowd {
    /// Lets this many come, and waits until each of them has asked.
    ///
    /// One in four works with ekonomiskt bistånd, whose policy stays the same under the others' swaps.
    pub(super) async fn gather(play: &Play, size: usize) -> Self {
        let mut crowd = Self { asking: JoinSet::new(), tally: Arc::default() };
        for number in 0..size {
            let (identity, agencies): (_, &[&str]) = match number % 4 {
                0 => (&play.pki.ekonomiskt_bistand, &["AF", "SO", "MIV"]),
                _ => (&play.pki.arbetsmarknad, &["AF", "MIV"]),
            };
            let client = play.client(identity);
            // One handshake after the other: a queue of two hundred is not what is shown here.
            assert_eq!(client.get("/v1/api-info").await.unwrap().status, 200);
            let asking = Asking::about(ALVAR).including(agencies).to_json().to_string();
            crowd.asking.spawn(ask(client, asking, Arc::clone(&crowd.tally)));
        }
        // What was in flight while they came does not count.
        crowd.tally.lock().unwrap().fewest_in_flight = size;
        crowd
    }

    /// The fewest questions that were in flight at any time since all had come.
    pub(super) fn fewest_in_flight(&self) -> usize {
        self.tally.lock().unwrap().fewest_in_flight
    }

    /// What went wrong so far.
    pub(super) fn failures(&self) -> Vec<String> {
        self.tally.lock().unwrap().failures.clone()
    }

    /// Lets everybody go who has their answer, and gives all answers, of which none may have failed.
    pub(super) async fn leave(mut self) -> Vec<Shown> {
        self.tally.lock().unwrap().is_leaving = true;
        while let Some(left) = self.asking.join_next().await {
            left.unwrap();
        }
        assert_eq!(self.failures(), Vec::<String>::new());
        std::mem::take(&mut self.tally.lock().unwrap().shown)
    }
}

/// Asks the same again and again.
async fn ask(client: Client, asking: String, tally: Arc<Mutex<Tally>>) {
    let mut is_leaving = false;
    while !is_leaving {
        tally.lock().unwrap().in_flight += 1;
        let answered = client.post_json("/v1/questions", asking.clone()).await;
        tally.lock().unwrap().landed();
        let shown = answered.map_err(|error| format!("{error:#}")).and_then(|received| Shown::of(&received));
        let mut tally = tally.lock().unwrap();
        match shown {
            Ok(shown) => tally.shown.push(shown),
            Err(failure) => tally.failures.push(failure),
        }
        is_leaving = tally.is_leaving;
    }
}

impl Tally {
    /// One question less is in flight, until who asked it asks the next.
    fn landed(&mut self) {
        self.in_flight -= 1;
        self.fewest_in_flight = self.fewest_in_flight.min(self.in_flight);
    }
}
