//! Recorded replies.

use ssbtx_core::{Reply, Response, TransportFailure};

use crate::test_persons::{NotATestPerson, TestPersons};

/// A base service's reply, as it was recorded.
///
/// # Shape
///
/// As `curl --include` writes it: a status line (`HTTP/1.1 200 OK`), headers of which `content-type` alone is kept, an empty line, and the body,
/// byte for byte. Lines of the head end with LF or CRLF. Or, where no response came, one line: `unreachable`, `broken-off`, `too-large` or
/// `timed-out`.
#[derive(Debug)]
pub struct Recording(Content);

enum Content {
    Response { status: u16, content_type: Option<String>, body: Vec<u8> },
    Failure(TransportFailure),
}

/// Why a file is no recorded reply. It quotes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRecording {
    /// No status line, and no word for why there is no response.
    #[error(
        "recording begins with no status line such as `HTTP/1.1 200 OK`, and is none of `unreachable`, `broken-off`, `too-large` and `timed-out`"
    )]
    Start,
    /// A head that is no text, or that has no empty line after it.
    #[error("head of the recording is no text that ends with an empty line")]
    Head,
    /// Base64 that is none.
    #[error("recording is not base64")]
    Base64,
    /// About somebody who may not be tried with.
    #[error("recording may not be tried with")]
    Person(#[from] NotATestPerson),
}

impl Recording {
    /// Reads a recorded reply.
    ///
    /// # Errors
    ///
    /// [`InvalidRecording`], which says what is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidRecording> {
        TestPersons::PUBLISHED.only_in(&String::from_utf8_lossy(bytes))?;
        if let Some(failure) = str::from_utf8(bytes).ok().and_then(|text| failure(text.trim())) {
            return Ok(Self(Content::Failure(failure)));
        }
        if !bytes.starts_with(b"HTTP/") {
            return Err(InvalidRecording::Start);
        }
        let (head, body) = split(bytes).ok_or(InvalidRecording::Head)?;
        let head = str::from_utf8(head).map_err(|_| InvalidRecording::Head)?;
        let mut lines = head.lines();
        let status = lines.next().and_then(status).ok_or(InvalidRecording::Start)?;
        let content_type = lines.filter_map(|line| line.split_once(':')).find_map(|(name, value)| {
            name.trim().eq_ignore_ascii_case("content-type").then(|| value.trim().to_owned())
        });
        Ok(Self(Content::Response { status, content_type, body: body.to_owned() }))
    }

    /// The reply that it is.
    pub fn reply(&self) -> Reply {
        match &self.0 {
            Content::Failure(failure) => Reply::Failure(*failure),
            Content::Response { status, content_type, body } => Reply::Response(Response {
                status: *status,
                content_type: content_type.clone(),
                body: body.clone().into(),
            }),
        }
    }
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Content(redacted)")
    }
}

fn failure(text: &str) -> Option<TransportFailure> {
    Some(match text {
        "unreachable" => TransportFailure::Unreachable,
        "broken-off" => TransportFailure::BrokenOff,
        "too-large" => TransportFailure::TooLarge,
        "timed-out" => TransportFailure::TimedOut,
        _ => return None,
    })
}

/// `HTTP/1.1 200 OK`, the words after the status being anybody's.
fn status(line: &str) -> Option<u16> {
    let status = line.split(' ').nth(1)?.trim().parse().ok()?;
    (100..=599).contains(&status).then_some(status)
}

/// What is before and after the first empty line.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut line_is_empty = false;
    for (position, byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' if line_is_empty => {
                let (head, rest) = bytes.split_at_checked(position + 1)?;
                return Some((head, rest));
            }
            b'\n' => line_is_empty = true,
            b'\r' => {}
            _ => line_is_empty = false,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_read_as_curl_writes_it_with_either_end_of_line() {
        for head in
            ["HTTP/1.1 200 OK\r\nServer: x\r\nContent-Type: text/xml\r\n\r\n", "HTTP/2 200\ncontent-type:text/xml\n\n"]
        {
            let recording = Recording::parse(format!("{head}<a>\r\n\r\n</a>").as_bytes()).unwrap();
            let Reply::Response(response) = recording.reply() else { panic!("a response was recorded") };
            assert_eq!((response.status, response.content_type.as_deref()), (200, Some("text/xml")));
            assert_eq!(response.body.as_slice(), b"<a>\r\n\r\n</a>");
        }
    }

    #[test]
    fn a_word_stands_for_a_response_that_did_not_come() {
        let recording = Recording::parse(b"timed-out\n").unwrap();
        assert!(matches!(recording.reply(), Reply::Failure(TransportFailure::TimedOut)));
    }

    #[test]
    fn err_recording() {
        for (bytes, expected) in [
            (&b""[..], InvalidRecording::Start),
            (b"<a/>", InvalidRecording::Start),
            (b"HTTP/1.1 OK\n\n", InvalidRecording::Start),
            (b"HTTP/1.1 999 Odd\n\n", InvalidRecording::Start),
            (b"HTTP/1.1 200 OK\ncontent-type: text/xml\n", InvalidRecording::Head),
        ] {
            assert_eq!(Recording::parse(bytes).unwrap_err(), expected);
        }
    }
}
