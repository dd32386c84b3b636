//! Replies as an adapter is given them.

use ssbtx_core::{Reply, Response, TransportFailure};

use super::wire;

/// Replies in the contract's words. The upstream client keeps to the limit as well; here it holds whoever sent the requests.
pub(super) fn to_wire(replies: Vec<Reply>, most_bytes: usize) -> Vec<wire::Reply> {
    replies
        .into_iter()
        .map(|reply| match reply {
            Reply::Response(response) if response.body.len() > most_bytes => {
                wire::Reply::Failure(wire::TransportFailure::TooLarge)
            }
            Reply::Response(response) => wire::Reply::Response(to_response(response)),
            Reply::Failure(failure) => wire::Reply::Failure(to_failure(failure)),
        })
        .collect()
}

fn to_response(response: Response) -> wire::Response {
    let headers =
        response.content_type.into_iter().map(|value| wire::Header { name: "content-type".to_owned(), value });
    wire::Response { status: response.status, headers: headers.collect(), body: response.body }
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
        let reply = |length| Reply::Response(Response { status: 200, content_type: None, body: vec![b'x'; length] });
        let given = to_wire(vec![reply(4), reply(5)], 4);
        assert!(matches!(given.first(), Some(wire::Reply::Response(response)) if response.body.len() == 4));
        assert!(matches!(given.last(), Some(wire::Reply::Failure(wire::TransportFailure::TooLarge))));
    }
}
