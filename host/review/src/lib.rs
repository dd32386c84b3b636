//! What a policy opens and closes, for those who sign it and do not read code.
//!
//! A policy is a function of a context and a catalogue, and both are finite: so a review asks the component itself about every context and every
//! element, twice, before and after a change, and tells each cell that differs. Nothing is taken from a policy's source.
//!
//! A [`Review`] compares two policies, a [`Check`] looks at one, an [`Explanation`] says why one element is open or closed. Each can be shown as
//! text, as JSON, and a review as a page to sign.
//!
//! What this crate does not answer for: whether a legal basis covers what rests on it. That is what those who sign are asked.

mod block;
mod cell;
mod change;
mod check;
mod elements;
mod entries;
mod explain;
mod finding;
mod grants;
mod observed;
mod openings;
mod refused;
mod replay;
mod report;
mod review;
mod space;
mod subject;
mod words;

pub use block::Block;
pub use cell::{Cell, Citation, Effect, Outcome};
pub use change::{Change, ChangeKind};
pub use check::{Check, Tally};
pub use elements::{Extent, Gathered};
pub use explain::{Explanation, NoExplanation};
pub use finding::Finding;
pub use grants::{NoGrants, Ungranted, grants_for, ungranted, widened};
pub use refused::Refused;
pub use replay::{
    Agreement, Archive, Departure, Departures, Direction, Gap, Recorded, RecordedAgency, Replay, Replayed,
    UnreadableRecord, Word,
};
pub use report::{check_as_json, check_as_text, explanation_as_json, explanation_as_text};
pub use report::{departures_as_json, departures_as_text, replayed_as_json, replayed_as_text};
pub use report::{grant_as_text, review_as_file, review_as_json, review_as_page, review_as_text};
pub use review::{BasisChange, DatasetReview, DiscloserReview, Review, Row};
pub use space::{Point, Space};
pub use subject::{Decides, Listed, Side};
pub use words::visible;
