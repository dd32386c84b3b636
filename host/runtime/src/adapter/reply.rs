//! Replies as an adapter is given them.

use ssbtx_core::{Reply, Response, TransportFailure};

use super::wire;

/// Replies in the contract's words, which an adapter's memory is lent. They are wiped where they lie when whoever holds them drops them.
pub(super) struct Given<'r> {
    replies: Vec<Result<&'r Response, TransportFailure>>,
    content_types: Vec<Option<wire::HeaderParam<'r>>>,
}

impl<'r> Given<'r> {
    /// Takes replies, which it goes on borrowing. The upstream client keeps to the limit as well; here it holds whoever sent the requests.
    pub(super) fn new(replies: &'r [Reply], most_bytes: usize) -> Self {
        let admit = |reply: &'r Reply| match reply {
            Reply::Response(response) if response.body.len() > most_bytes => Err(TransportFailure::TooLarge),
            Reply::Response(response) => Ok(response),
            Reply::Failure(failure) => Err(*failure),
        };
        let replies: Vec<_> = replies.iter().map(admit).collect();
        let content_types = replies.iter().map(|reply| content_type(reply.ok()?)).collect();
        Self { replies, content_types }
    }

    pub(super) fn to_wire(&self) -> Vec<wire::Reply<'_>> {
        self.replies
            .iter()
            .zip(&self.content_types)
            .map(|(reply, headers)| to_wire(reply, headers.as_slice()))
            .collect()
    }
}

fn to_wire<'g>(
    reply: &Result<&'g Response, TransportFailure>,
    headers: &'g [wire::HeaderParam<'g>],
) -> wire::Reply<'g> {
    match reply {
        Ok(response) => {
            wire::Reply::Response(wire::Response { status: response.status, headers, body: &response.body })
        }
        Err(failure) => wire::Reply::Failure(to_failure(*failure)),
    }
}

fn content_type(response: &Response) -> Option<wire::HeaderParam<'_>> {
    let value = response.content_type.as_deref()?;
    Some(wire::HeaderParam { name: "content-type", value })
}

fn to_failure(failure: TransportFailure) -> wire::TransportFailure {
    match failure {
        TransportFailure::Unreachable => wire::TransportFailure::Unreachable,
        TransportFailure::BrokenOff => wire::TransportFailure::BrokenOff,
        TransportFailure::TooLarge => wire::TransportFailure::TooLarge,
        TransportFailure::TimedOut => wire::TransportFailure::TimedOut,
    }
}

/// Why there was no response, as the adapter passes it on.
pub(super) fn from_failure(failure: wire::TransportFailure) -> TransportFailure {
    match failure {
        wire::TransportFailure::Unreachable => TransportFailure::Unreachable,
        wire::TransportFailure::BrokenOff => TransportFailure::BrokenOff,
        wire::TransportFailure::TooLarge => TransportFailure::TooLarge,
        wire::TransportFailure::TimedOut => TransportFailure::TimedOut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_over_the_limit_arrives_as_too_large() {
        let reply =
            |length| Reply::Response(Response { status: 200, content_type: None, body: vec![b'x'; length].into() });
        let replies = [reply(4), reply(5)];
        let given = Given::new(&replies, 4);
        let told = given.to_wire();
        assert!(matches!(told.first(), Some(wire::Reply::Response(response)) if response.body.len() == 4));
        assert!(matches!(told.last(), Some(wire::Reply::Failure(wire::TransportFailure::TooLarge))));
    }

    #[test]
    fn every_reply_keeps_its_own_content_type() {
        let reply = |content_type: Option<&str>| {
            let content_type = content_type.map(str::to_owned);
            Reply::Response(Response { status: 200, content_type, body: Vec::new().into() })
        };
        let replies = [reply(Some("text/xml")), Reply::Failure(TransportFailure::TimedOut), reply(None)];
        let given = Given::new(&replies, 4);
        let headers = |reply: &wire::Reply<'_>| match reply {
            wire::Reply::Response(response) => {
                Some(response.headers.iter().map(|header| header.value.to_owned()).collect())
            }
            wire::Reply::Failure(_) => None,
        };
        let told: Vec<Option<Vec<String>>> = given.to_wire().iter().map(headers).collect();
        assert_eq!(told, [Some(vec!["text/xml".to_owned()]), None, Some(vec![])]);
    }
}
