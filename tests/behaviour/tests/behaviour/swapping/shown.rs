//! What one answer shows of the edition that it was made under.

use std::collections::BTreeMap;

use serde_json::Value;
use ssbtx_stage::client::Received;

use super::side::Decisions;

/// What one answer shows of the edition that it was made under.
pub(super) struct Shown {
    pub(super) question: String,
    pub(super) role: String,
    /// The trust version that it names.
    pub(super) version: u64,
    /// The digest of the policy that it names.
    pub(super) policy: String,
    /// The digest of the adapter that each part names.
    pub(super) adapters: BTreeMap<String, String>,
    /// Whether Arbetsförmedlingen's decisions are in it; none where it was not asked.
    pub(super) decisions: Option<Decisions>,
}

impl Shown {
    /// Of what came back.
    ///
    /// # Errors
    ///
    /// Where it is no whole answer.
    pub(super) fn of(received: &Received) -> Result<Self, String> {
        if received.status != 200 {
            return Err(format!("{}: {}", received.status, received.body));
        }
        serde_json::from_str(&received.body).map_err(|error| error.to_string()).and_then(|answer| Self::read(&answer))
    }

    /// Of an answer.
    ///
    /// # Errors
    ///
    /// Where a part failed, or shows of Arbetsförmedlingen's decisions what neither policy would.
    pub(super) fn read(answer: &Value) -> Result<Self, String> {
        let (mut adapters, mut decisions) = (BTreeMap::new(), None);
        for part in answer["parts"].as_array().unwrap() {
            let agency = part["agency"].as_str().unwrap();
            match part["state"].as_str().unwrap() {
                "not-asked" => {}
                "answered" => {
                    if agency == "AF" {
                        decisions = Some(Decisions::read(part)?);
                    }
                }
                state => return Err(format!("{agency} is {state}: {part}")),
            }
            if let Some(adapter) = part["adapter"]["sha256"].as_str() {
                adapters.insert(agency.to_owned(), adapter.to_owned());
            }
        }
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Ok(Self {
            question: text(&answer["questionId"]),
            role: text(&answer["role"]),
            version: answer["edition"]["trustVersion"].as_u64().unwrap(),
            policy: text(&answer["edition"]["policy"]["sha256"]),
            adapters,
            decisions,
        })
    }
}
