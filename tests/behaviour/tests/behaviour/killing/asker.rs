//! Who asks until the host is gone.

use serde_json::Value;
use ssbtx_stage::questions::Asking;
use tokio::task::JoinHandle;

use super::version::Version;
use crate::play::{ALVAR, Play};

/// Asks one question after another until there is no host to ask.
pub(super) struct Asker {
    asking: JoinHandle<Vec<Answered>>,
}

/// A question that had its answer.
pub(super) struct Answered {
    pub(super) question: String,
    /// The edition that it was answered under.
    pub(super) version: Version,
}

impl Asker {
    /// Begins to ask.
    pub(super) fn begin(play: &Play) -> Self {
        let client = play.client(&play.pki.arbetsmarknad);
        let asking = Asking::about(ALVAR).including(&["AF"]).to_json().to_string();
        let asking = tokio::spawn(async move {
            let mut answered = Vec::new();
            // The host is killed while it answers, or before it is asked: either ends this.
            while let Ok(received) = client.post_json("/v1/questions", asking.clone()).await {
                assert_eq!(received.status, 200, "{}", received.body);
                answered.push(Answered::of(&serde_json::from_str(&received.body).unwrap()));
            }
            answered
        });
        Self { asking }
    }

    /// What was answered until the host was gone.
    pub(super) async fn end(self) -> Vec<Answered> {
        self.asking.await.unwrap()
    }
}

impl Answered {
    /// What an answer says of itself.
    pub(super) fn of(answer: &Value) -> Self {
        let version = Version(answer["edition"]["trustVersion"].as_u64().unwrap());
        Self { question: answer["questionId"].as_str().unwrap().to_owned(), version }
    }
}
