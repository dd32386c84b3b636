//! Replies as an adapter is given them.

use std::mem;
use std::ops::Deref;

use ssbtx_core::{Reply, Response, TransportFailure};
use zeroize::Zeroize;

use super::wire;

/// Replies in the contract's words, which are wiped from memory when the adapter has its own copy of them.
pub(super) struct Given(Vec<wire::Reply>);

impl Deref for Given {
    type Target = [wire::Reply];

    fn deref(&self) -> &[wire::Reply] {
        &self.0
    }
}

impl Drop for Given {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl Given {
    fn wipe(&mut self) {
        for reply in &mut self.0 {
            if let wire::Reply::Response(response) = reply {
                response.body.zeroize();
            }
        }
    }
}

/// Gives replies to an adapter. The upstream client keeps to the limit as well; here it holds whoever sent the requests.
pub(super) fn to_wire(replies: Vec<Reply>, most_bytes: usize) -> Given {
    let given = replies
        .into_iter()
        .map(|reply| match reply {
            Reply::Response(response) if response.body.len() > most_bytes => {
                wire::Reply::Failure(wire::TransportFailure::TooLarge)
            }
            Reply::Response(response) => wire::Reply::Response(to_response(response)),
            Reply::Failure(failure) => wire::Reply::Failure(to_failure(failure)),
        })
        .collect();
    Given(given)
}

fn to_response(mut response: Response) -> wire::Response {
    let headers =
        response.content_type.into_iter().map(|value| wire::Header { name: "content-type".to_owned(), value });
    wire::Response { status: response.status, headers: headers.collect(), body: mem::take(&mut *response.body) }
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
        let given = to_wire(vec![reply(4), reply(5)], 4);
        assert!(matches!(given.first(), Some(wire::Reply::Response(response)) if response.body.len() == 4));
        assert!(matches!(given.last(), Some(wire::Reply::Failure(wire::TransportFailure::TooLarge))));
    }

    #[test]
    fn what_an_adapter_was_given_is_wiped_afterwards() {
        let body = b"<svar/>".to_vec().into();
        let mut given = to_wire(vec![Reply::Response(Response { status: 200, content_type: None, body })], 10);
        given.wipe();
        assert!(matches!(given.first(), Some(wire::Reply::Response(response)) if response.body.is_empty()));
    }
}
