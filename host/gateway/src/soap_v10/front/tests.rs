use http::HeaderMap;
use ssbtx_core::{AgencyId, Sha256Digest};

use super::*;
use crate::consumers::Consumers;
use crate::sample::{self, Clerk, certificate};

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

async fn send(clerk: &Clerk, caller: &Caller, message: &str) -> Result<StatusCode, &'static str> {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    let trace_parent = TraceParent::new([1; 16], [1; 16]);
    let body = Bytes::from(message.to_owned());
    let answered = answer(clerk, caller, &sample::admission(), &trace_parent, &headers, &body).await;
    answered.map(|response| response.status()).map_err(|refused| refused.fault().code())
}

#[tokio::test]
async fn a_question_that_names_another_to_forsakringskassan_is_refused() {
    let clerk = Clerk::new();
    assert!(sample::QUESTION.contains("<ns:aktorsid>A1</ns:aktorsid>"));
    assert_eq!(send(&clerk, &caller("exempel-1"), sample::QUESTION).await, Err("SSBT-212"));
    assert!(clerk.last.lock().unwrap().is_none());
    assert_eq!(send(&clerk, &caller("A1"), sample::QUESTION).await, Ok(StatusCode::OK));
}

#[tokio::test]
async fn a_ping_is_told_the_name_of_the_consumer_at_forsakringskassan() {
    let clerk = Clerk::new();
    let message = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><t:testaBastjanstInformation \
                   xmlns:t='http://schema.forsakringskassan.se/integration/ssbt/10'/></e:Body></e:Envelope>";
    assert_eq!(send(&clerk, &caller("exempel-1"), message).await, Ok(StatusCode::OK));
    let pinged_with = clerk.pinged_with.lock().unwrap();
    let [parameter] = pinged_with[&AgencyId::FK].as_slice() else { panic!("expected one parameter") };
    assert_eq!((parameter.name, parameter.value.as_str()), ("aktorsid", "exempel-1"));
    assert_eq!(pinged_with.len(), 1);
}
