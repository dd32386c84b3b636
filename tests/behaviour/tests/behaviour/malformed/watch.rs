//! What must not change while a host is asked nonsense.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ssbtx_stage::host::Host;
use ssbtx_stage::questions::Asking;
use tokio::task::JoinHandle;

use crate::play::{ALVAR, Play, state};

/// Somebody who asks rightly, one question after the other on one connection, and finds every answer whole.
pub(crate) struct GoodClient {
    is_over: Arc<AtomicBool>,
    answered: JoinHandle<usize>,
}

impl GoodClient {
    pub(crate) fn begin(play: &Play) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let (client, over) = (play.client(&play.pki.arbetsmarknad), Arc::clone(&is_over));
        let answered = tokio::spawn(async move {
            let question = Asking::about(ALVAR).including(&["MIV"]).to_json().to_string();
            let mut answered = 0;
            while !over.load(Ordering::Relaxed) {
                let received = client.post_json("/v1/questions", question.clone()).await.unwrap();
                assert_eq!(received.status, 200, "{}", received.body);
                assert_eq!(state(&serde_json::from_str(&received.body).unwrap(), "MIV"), "answered");
                answered += 1;
            }
            answered
        });
        Self { is_over, answered }
    }

    /// How many answers it has had.
    pub(crate) async fn end(self) -> usize {
        self.is_over.store(true, Ordering::Relaxed);
        self.answered.await.unwrap()
    }
}

/// How much memory the host's process has.
pub(crate) fn resident_bytes(host: &Host) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", host.process())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().trim().parse::<u64>().unwrap() * 1024
}
