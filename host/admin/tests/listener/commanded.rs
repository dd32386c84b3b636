//! Who told a host to do something can be seen in its log.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use http::StatusCode;
use ssbtx_admin::AdminLimits;
use ssbtx_core::Sha256Digest;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::place::Place;
use crate::sample::Sample;

#[tokio::test]
async fn a_command_is_logged_with_the_fingerprint_of_its_certificate_and_nothing_of_its_body() {
    let told = Told::default();
    // For the whole process: what another test's thread came to first would be told to nobody else.
    tracing::subscriber::set_global_default(told.clone()).unwrap();
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let fingerprint = Sha256Digest::of(place.certificate()).to_string();
    assert_eq!(place.get("/livez").await.status, StatusCode::OK);
    assert!(!told.text().contains(&fingerprint), "what is only read is not told");
    assert_eq!(place.send("POST", "/admin/drain", "").await.status, StatusCode::ACCEPTED);
    place.send("POST", "/admin/audit/person/197701172392", "197701172392").await;
    let text = told.text();
    let lines: Vec<&str> = text.lines().filter(|line| line.contains(&fingerprint)).collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[0].contains("/admin/drain"), "{text}");
    assert!(!text.contains("197701172392"), "{text}");
}

/// What is logged as information or more, a line for each event.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<String>>);

impl Told {
    fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

impl Subscriber for Told {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::INFO
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = self.0.lock().unwrap();
        event.record(&mut Fields(&mut text));
        text.push('\n');
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Fields<'t>(&'t mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{field}={value:?} ").unwrap();
    }
}
