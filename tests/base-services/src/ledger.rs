//! What each agency has been asked, has answered, and has been told to do. In memory only.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use crate::agency::Agency;
use crate::bad_request::BadRequest;
use crate::fault::Fault;

/// One page per agency.
#[derive(Default)]
pub(crate) struct Ledger(Mutex<BTreeMap<Agency, Page>>);

/// One agency's page. It holds identity numbers and answers, so it has no `Debug`.
#[derive(Default)]
pub(crate) struct Page {
    /// TLS connections that were let in.
    pub(crate) connections: u64,
    /// HTTP requests, bad ones included.
    pub(crate) requests: u64,
    /// Why requests were refused, in order.
    pub(crate) bad_requests: Vec<BadRequest>,
    /// The body of the latest request.
    pub(crate) last_request: Option<String>,
    /// The `traceparent` of the latest request.
    pub(crate) last_traceparent: Option<String>,
    /// The payload last sent about each person.
    pub(crate) sent: HashMap<String, String>,
    /// Payloads to send about persons instead of the cast's.
    pub(crate) planted: HashMap<String, String>,
    /// What goes wrong.
    pub(crate) fault: Option<Fault>,
}

impl Ledger {
    /// Reads or writes this agency's page.
    pub(crate) fn page<T>(&self, agency: Agency, act: impl FnOnce(&mut Page) -> T) -> T {
        act(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(agency).or_default())
    }

    /// Empties every page.
    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
