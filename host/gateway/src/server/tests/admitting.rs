//! Others are let in while the gateway serves, and it asks clients to go elsewhere.

use hyper::client::conn::http1::SendRequest;

use super::*;
use crate::consumers::Consumers;

impl Stage {
    /// A connection of HTTP/1.1, and what has an end when it has.
    async fn kept(&self) -> (SendRequest<Full<Bytes>>, JoinHandle<()>) {
        let stream = TokioIo::new(self.connect(self.config(b"http/1.1")).await.unwrap());
        let (sender, connection) = http1::handshake(stream).await.unwrap();
        (sender, tokio::spawn(async move { drop(connection.await) }))
    }

    /// The same consumer with this certificate.
    fn same_consumers(&self) -> Consumers {
        sample::consumers(&self.client.0, &[])
    }

    /// Nobody who is here.
    fn other_consumers() -> Consumers {
        sample::consumers(b"another certificate", &[])
    }

    async fn until_asked(&self, times: usize) {
        while self.clerk.asked.load(Ordering::SeqCst) < times {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn a_new_certificate_is_shown_from_now_on_and_an_open_connection_stays() {
    let stage = Stage::new(GatewayLimits::default(), Clerk::new()).await;
    let (mut kept, _ended) = stage.kept().await;
    assert_eq!(kept.send_request(question()).await.unwrap().status(), StatusCode::OK);
    let (tls, certificate) = server_tls(&stage.authority, &stage.authority.pem());
    stage.gateway.admit(tls, stage.same_consumers());
    assert_eq!(kept.send_request(question()).await.unwrap().status(), StatusCode::OK);
    let new = stage.connect(stage.config(b"http/1.1")).await.unwrap();
    assert_eq!(new.get_ref().1.peer_certificates().unwrap()[0], certificate);
}

#[tokio::test]
async fn a_certificate_that_is_taken_out_ends_its_connection_when_its_question_has_ended() {
    let stage = Stage::new(GatewayLimits::default(), Clerk::waiting()).await;
    let (mut kept, ended) = stage.kept().await;
    let under_way = tokio::spawn(async move { kept.send_request(question()).await });
    stage.until_asked(1).await;
    let (tls, _) = server_tls(&stage.authority, &stage.authority.pem());
    stage.gateway.admit(tls, Stage::other_consumers());
    stage.clerk.may_answer.add_permits(1);
    assert_eq!(under_way.await.unwrap().unwrap().status(), StatusCode::OK);
    ended.await.unwrap();
    let (mut again, _ended) = stage.kept().await;
    assert_eq!(again.send_request(question()).await.unwrap().status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_certificate_whose_issuer_is_taken_out_is_let_in_no_more() {
    let stage = Stage::new(GatewayLimits::default(), Clerk::new()).await;
    let strange = Stage::new(GatewayLimits::default(), Clerk::new()).await;
    let (_kept, ended) = stage.kept().await;
    let (tls, _) = server_tls(&stage.authority, &strange.authority.pem());
    stage.gateway.admit(tls, stage.same_consumers());
    ended.await.unwrap();
    let refused = match stage.connect(stage.config(b"http/1.1")).await {
        Ok(mut stream) => stream.read_u8().await.is_err(),
        Err(_) => true,
    };
    assert!(refused);
}

#[tokio::test]
async fn an_open_connection_asks_with_the_limits_that_its_consumer_has_now_and_what_it_asked_counts_on() {
    let stage = Stage::new(GatewayLimits::default(), Clerk::new()).await;
    let (mut kept, _ended) = stage.kept().await;
    for _ in 0..2 {
        assert_eq!(kept.send_request(question()).await.unwrap().status(), StatusCode::OK);
    }
    let limited = format!(
        "[[consumer]]\nname = \"nämnden\"\norganisation-number = \"162020000001\"\n\
         [[consumer.certificate]]\nfingerprint = \"{}\"\nrole = \"ekonomiskt-bistand\"\n\
         [consumer.limits]\nquestions-per-day = 3\n",
        ssbtx_core::Sha256Digest::of(&stage.client.0)
    );
    let (tls, _) = server_tls(&stage.authority, &stage.authority.pem());
    stage.gateway.admit(tls, Consumers::parse(&limited).unwrap());
    // Whoever connects after the change has the new limit; the connection has it as soon as it has seen the change.
    let (mut new, _ended) = stage.kept().await;
    assert_eq!(new.send_request(question()).await.unwrap().status(), StatusCode::OK);
    assert_eq!(new.send_request(question()).await.unwrap().status(), StatusCode::TOO_MANY_REQUESTS);
    while kept.send_request(question()).await.unwrap().status() != StatusCode::TOO_MANY_REQUESTS {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_gateway_that_drains_answers_and_asks_clients_to_go_elsewhere() {
    let stage = Stage::new(GatewayLimits::default(), Clerk::waiting()).await;
    let (mut kept, ended) = stage.kept().await;
    let stream = TokioIo::new(stage.connect(stage.config(b"h2")).await.unwrap());
    let (mut sender, connection) = http2::handshake(TokioExecutor::new(), stream).await.unwrap();
    let connection = tokio::spawn(connection);
    let under_way = tokio::spawn(async move { sender.send_request(question()).await });
    stage.until_asked(1).await;
    stage.gateway.drain();
    // Who has a connection gets an answer, and no connection after it.
    stage.clerk.may_answer.add_permits(3);
    let answer = kept.send_request(question()).await.unwrap();
    assert_eq!((answer.status(), &answer.headers()["connection"]), (StatusCode::OK, &"close".parse().unwrap()));
    ended.await.unwrap();
    assert_eq!(under_way.await.unwrap().unwrap().status(), StatusCode::OK);
    connection.await.unwrap().unwrap();
    // Who has not seen it yet is answered as well.
    let (mut late, _ended) = stage.kept().await;
    assert_eq!(late.send_request(question()).await.unwrap().status(), StatusCode::OK);
}
