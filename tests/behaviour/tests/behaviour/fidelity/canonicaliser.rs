//! XML canonicalisation (C14N 2.0), which Python's standard library has.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use ssbtx_base_services::Agency;

/// A running `same_under_c14n.py`: one process compares as many documents as there are.
pub(super) struct Canonicaliser {
    pipes: RefCell<(ChildStdin, BufReader<ChildStdout>)>,
    child: Child,
}

impl Canonicaliser {
    pub(super) fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/behaviour/same_under_c14n.py");
        let mut command = Command::new("/usr/bin/python3");
        let mut child = command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let pipes = RefCell::new((child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap())));
        Self { pipes, child }
    }

    /// Whether an agency's data in a SOAP answer is the document that the agency sent, prefixes and white space between elements aside.
    ///
    /// `containers` are the paths of elements that hold no text.
    pub(super) fn same(&self, agency: Agency, answer: &str, sent: &str, containers: &[&str]) -> Result<(), String> {
        let pair = json!({ "agency": agency.code(), "answer": answer, "sent": sent, "containers": containers });
        let (to_child, from_child) = &mut *self.pipes.borrow_mut();
        writeln!(to_child, "{pair}").unwrap();
        let mut told = String::new();
        from_child.read_line(&mut told).unwrap();
        match serde_json::from_str(&told) {
            Ok(Value::Null) => Ok(()),
            Ok(Value::String(difference)) => Err(difference),
            _ => panic!("the documents were not compared: {answer}\n{sent}"),
        }
    }
}

impl Drop for Canonicaliser {
    fn drop(&mut self) {
        // It is waiting for the next pair, and keeps nothing.
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn what_differs_is_told_and_what_only_looks_different_is_not() {
    let canonicaliser = Canonicaliser::start();
    let same = |sent: &str, answered: &str| {
        let answer = format!(
            "<svarsdata xmlns='http://schema.forsakringskassan.se/integration/ssbt/10'><MIV><data xmlns:a='urn:a'>{answered}</data></MIV></svarsdata>"
        );
        let message = format!("<e xmlns=''>{answer}</e>");
        canonicaliser.same(Agency::Miv, &message, &format!("<q:x xmlns:q='urn:a'>{sent}</q:x>"), &["b"]).is_ok()
    };
    let nil = |value: &str| {
        format!("<a:b xmlns:a='urn:a' xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='{value}'/>")
    };
    for (sent, answered) in [
        ("<q:b>1</q:b>", "<a:b>1</a:b>"),
        (" <q:b/> <!-- c --> ", "<a:b></a:b>"),
        ("<q:b> </q:b>", "<a:b/>"),
        ("\n", ""),
        ("<q:c>&lt;<![CDATA[&]]></q:c>", "<a:c>&#60;&amp;</a:c>"),
        (&nil("1"), &nil("true")),
    ] {
        assert!(same(sent, answered), "{sent} {answered}");
    }
    for (sent, answered) in [
        ("<q:b>1</q:b>", "<a:b>2</a:b>"),
        ("<q:b/>", "<b xmlns='urn:c'/>"),
        ("<q:b/>", "<b xmlns=''/>"),
        ("<q:b/>", ""),
        ("<q:b/><q:c/>", "<a:c/><a:b/>"),
        ("<q:b a='1'/>", "<a:b/>"),
        ("<q:c> </q:c>", "<a:c/>"),
        ("<q:c>&#13;</q:c>", "<a:c>\n</a:c>"),
        ("<q:b/>", &nil("true")),
        ("<q:c", "<a:c/>"),
    ] {
        assert!(!same(sent, answered), "{sent} {answered}");
    }
}
