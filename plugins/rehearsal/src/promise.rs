//! What every adapter of one SOAP exchange promises: the bodies of the tests that [`promises!`](crate::promises) writes.
//!
//! Each function panics, at the test that calls it, unless the promise is kept.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Guest, Method, PingStep};
use ssbtx_adapter_kit::bindings::exports::ssbtx::catalogue::types::Kind;
use ssbtx_adapter_kit::{SoapAdapter, UPSTREAM};
use ssbtx_published::Contracts;

use crate::exchange::{Planned, planned};
use crate::published::{Published, assert_covers};
use crate::question::{bare_question, question};

/// Writes the tests of the promises that every adapter of one SOAP exchange makes, for an adapter and what its agency has [`Published`].
#[macro_export]
macro_rules! promises {
    ($adapter:ty, $published:expr) => {
        #[test]
        fn the_catalogue_covers_the_published_answer() {
            $crate::promise::the_catalogue_covers_the_published_answer::<$adapter>(&$published);
        }

        #[test]
        fn the_root_is_element_0_and_every_other_element_follows_its_parent() {
            $crate::promise::every_element_follows_its_parent::<$adapter>(&$published);
        }

        #[test]
        fn every_element_and_dataset_has_a_label_and_a_help_text_in_both_languages() {
            $crate::promise::everything_is_explained_in_both_languages::<$adapter>();
        }

        #[test]
        fn it_sends_to_one_upstream_and_cannot_be_pinged_without_a_person() {
            $crate::promise::it_has_one_upstream_and_no_ping::<$adapter>(&$published);
        }

        #[test]
        fn the_request_is_a_soap_1_1_post_to_the_base_service() {
            $crate::promise::the_request_is_a_soap_1_1_post::<$adapter>(&$published);
        }

        #[test]
        fn a_request_is_valid_with_and_without_what_is_optional() {
            $crate::promise::a_request_follows_the_schema::<$adapter>(&$published);
        }

        #[test]
        fn markup_in_the_question_stays_text() {
            $crate::promise::markup_stays_text::<$adapter>();
        }
    };
}

/// The catalogue has every element and attribute of the published answer, in order, with its type, occurrence and namespace, and nothing else.
///
/// Where this machine has no published schemas the test says so, and shows nothing.
///
/// # Panics
///
/// Unless it has.
pub fn the_catalogue_covers_the_published_answer<A: SoapAdapter>(published: &Published) {
    assert_covers(&A::describe().catalogue, &published.answer(), &[]);
}

/// The root is element 0, an object, and every other element comes after the one that holds it.
///
/// # Panics
///
/// Unless it is so.
pub fn every_element_follows_its_parent<A: SoapAdapter>(published: &Published) {
    let elements = A::describe().catalogue.elements;
    let Some((root, below)) = elements.split_first() else { panic!("the catalogue is empty") };
    assert_eq!((root.name.as_str(), root.kind, root.parent), (published.answer, Kind::Object, None));
    for (position, element) in below.iter().enumerate() {
        // `position` is that of the element before.
        assert!(element.parent.is_some_and(|parent| usize::from(parent) <= position), "{}", element.name);
    }
}

/// Every element and dataset has a label and a help text, in Swedish and in English.
///
/// # Panics
///
/// Unless they all have.
pub fn everything_is_explained_in_both_languages<A: SoapAdapter>() {
    let catalogue = A::describe().catalogue;
    let elements = catalogue.elements.iter().map(|element| (&element.name, &element.label, &element.help));
    let datasets = catalogue.datasets.iter().map(|dataset| (&dataset.id, &dataset.label, &dataset.help));
    for (name, label, help) in elements.chain(datasets) {
        for text in [&label.sv, &label.en, &help.sv, &help.en] {
            assert!(!text.trim().is_empty(), "{name}");
        }
    }
}

/// The adapter is its agency's, sends to one upstream, and says that it cannot be pinged.
///
/// # Panics
///
/// Unless it is so.
pub fn it_has_one_upstream_and_no_ping<A: SoapAdapter>(published: &Published) {
    let description = A::describe();
    assert_eq!(description.catalogue.agency, published.agency);
    assert_eq!(description.upstreams, [UPSTREAM]);
    assert!(matches!(A::ping_plan(Vec::new()), PingStep::Untestable));
    assert!(matches!(A::ping_absorb(Vec::new(), Vec::new()), PingStep::Untestable));
}

/// The request is a POST to the published path, with the headers of SOAP 1.1 and an empty action.
///
/// # Panics
///
/// Unless it is.
pub fn the_request_is_a_soap_1_1_post<A: SoapAdapter>(published: &Published) {
    let Planned { request, .. } = planned::<A>(question(&[]));
    assert_eq!((request.upstream.as_str(), request.path.as_str()), (UPSTREAM, published.path));
    assert!(matches!(request.method, Method::Post));
    let headers: Vec<(&str, &str)> = request.headers.iter().map(|h| (h.name.as_str(), h.value.as_str())).collect();
    assert_eq!(headers, [("content-type", "text/xml; charset=utf-8"), ("accept", "text/xml"), ("soapaction", "\"\"")]);
}

/// A request is valid under the published schema, for every dataset and for none, with and without what a question may lack.
///
/// Where this machine has no published schemas the test says so, and shows nothing.
///
/// # Panics
///
/// Unless it is, or if xmllint cannot be run.
pub fn a_request_follows_the_schema<A: SoapAdapter>(published: &Published) {
    let Some(contracts) = Contracts::find() else { return };
    let catalogue = A::describe().catalogue;
    let all: Vec<&str> = catalogue.datasets.iter().map(|dataset| dataset.id.as_str()).collect();
    for question in [question(&all), question(&[]), bare_question(&all), bare_question(&[])] {
        let Planned { payload, .. } = planned::<A>(question);
        assert_eq!(contracts.validate_xml(published.schema, &payload), Ok(()), "{payload}");
    }
}

/// What an asker writes arrives as text, whatever is in it, and what XML forbids arrives as U+FFFD.
///
/// # Panics
///
/// Unless it does.
pub fn markup_stays_text<A: SoapAdapter>() {
    let mut question = question(&[]);
    question.requester.caseworker = String::from("<Åsa> & \"Bo\"\u{0}\r]]>");
    let Planned { payload, .. } = planned::<A>(question);
    assert!(payload.contains(">&lt;Åsa&gt; &amp; &quot;Bo&quot;\u{fffd}&#13;]]&gt;<"), "{payload}");
}
