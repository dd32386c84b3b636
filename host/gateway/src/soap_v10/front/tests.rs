use std::sync::Arc;

use http::HeaderMap;
use ssbtx_broker::Closed;
use ssbtx_core::{AgencyId, Sha256Digest};

use super::*;
use crate::answering::Answering;
use crate::consumers::Consumers;
use crate::sample::{self, Clerk, Still, certificate};

/// A consumer that is registered under this name at Försäkringskassan.
fn caller(aktorsid: &str) -> Caller {
    let certificate = certificate(Some("162020000001"));
    let file = format!(
        "[[consumer]]\nname = \"nämnden\"\norganisation-number = \"162020000001\"\n\
         aktorsid = {{ 162020000001 = \"{aktorsid}\" }}\n\
         [[consumer.certificate]]\nfingerprint = \"{}\"\nrole = \"ekonomiskt-bistand\"\n",
        Sha256Digest::of(&certificate)
    );
    Consumers::parse(&file).unwrap().identify(&certificate).unwrap()
}

/// A test of the base services.
const TEST: &str = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><t:testaBastjanstInformation \
                    xmlns:t='http://schema.forsakringskassan.se/integration/ssbt/10'/></e:Body></e:Envelope>";

async fn send(clerk: &Arc<Clerk>, caller: &Caller, message: &str) -> Result<StatusCode, &'static str> {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    let trace = sample::trace();
    let broker: Arc<dyn Answering> = Arc::<Clerk>::clone(clerk);
    let broker = Limited::new(broker, Arc::new(Still), crate::case_gate::CaseRegister::NotKept);
    let answered = answer(&broker, caller, &sample::admission(), &trace, &headers, message.as_bytes()).await;
    answered.map(|response| response.status()).map_err(|refused| refused.fault().code())
}

#[tokio::test]
async fn a_question_that_names_another_to_forsakringskassan_is_refused() {
    let clerk = Arc::new(Clerk::new());
    assert!(sample::QUESTION.contains("<ns:aktorsid>A1</ns:aktorsid>"));
    assert_eq!(send(&clerk, &caller("exempel-1"), sample::QUESTION).await, Err("SSBT-212"));
    assert!(clerk.last.lock().unwrap().is_none());
    assert_eq!(send(&clerk, &caller("A1"), sample::QUESTION).await, Ok(StatusCode::OK));
}

#[tokio::test]
async fn a_ping_is_told_the_name_of_the_consumer_at_forsakringskassan() {
    let clerk = Arc::new(Clerk::new());
    assert_eq!(send(&clerk, &caller("exempel-1"), TEST).await, Ok(StatusCode::OK));
    let pinged_with = clerk.pinged_with.lock().unwrap();
    let [parameter] = pinged_with[&AgencyId::FK].as_slice() else { panic!("expected one parameter") };
    assert_eq!((parameter.name, parameter.value.as_str()), ("aktorsid", "exempel-1"));
    assert_eq!(pinged_with.len(), 1);
}

#[tokio::test]
async fn a_service_that_is_closed_answers_neither_operation_and_says_why() {
    let clerk = Arc::new(Clerk::closed(Closed::TrustExpired));
    for message in [sample::QUESTION, TEST] {
        assert_eq!(send(&clerk, &caller("A1"), message).await, Err("SSBT-216"));
    }
}

#[tokio::test]
async fn an_answer_is_wiped_when_it_has_been_sent() {
    let response = xml(StatusCode::OK, "197701172392".repeat(100));
    assert!(!sample::left_behind(response).await.windows(12).any(|window| window == b"197701172392"));
}
