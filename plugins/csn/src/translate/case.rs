//! The one thing in a question that CSN refuses for its length.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Question, Step};
use ssbtx_adapter_kit::failed;

/// A case id that CSN would refuse is told before anything is sent, with a code that says so: CSN's own refusal would not.
pub(crate) fn before_sending(question: &Question) -> Option<Step> {
    (question.case_id.chars().count() > LONGEST_CASE_ID).then(|| {
        failed(
            "CSN-ARENDEIDENTITET",
            "CSN tar emot en ärendeidentitet på högst 31 tecken. Frågans är längre, så den har inte ställts till CSN. Korta ärendeidentiteten och fråga igen.",
        )
    })
}

/// Characters. CSN refuses 32 and more.
const LONGEST_CASE_ID: usize = 31;
