//! The binary, as the demo starts it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::pki::{Authority, Identity};

/// Starts the binary with certificates in this folder and reads its first line.
fn start(folder: &Path) -> (Child, Value) {
    start_with(folder, &[])
}

/// As [`start`], with more arguments.
fn start_with(folder: &Path, arguments: &[String]) -> (Child, Value) {
    let authority = Authority::new();
    let Identity { chain, key } = authority.issue();
    let file = |name: &str, text: String| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let mut child = Command::new(env!("CARGO_BIN_EXE_base-services"))
        .arg("--certificate-chain")
        .arg(file("chain.pem", chain))
        .arg("--private-key")
        .arg(file("key.pem", key))
        .arg("--client-authority")
        .arg(file("authority.pem", authority.pem()))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    (child, serde_json::from_str(&line).unwrap())
}

/// Sends one request over plain HTTP and gives the status line and the body.
fn send(address: &str, method: &str, path: &str, body: &str) -> (String, String) {
    let mut tcp = TcpStream::connect(address).unwrap();
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    tcp.write_all(request.as_bytes()).unwrap();
    let mut response = String::new();
    tcp.read_to_string(&mut response).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap().to_owned(), body.trim_end().to_owned())
}

#[test]
fn the_process_says_where_it_listens_and_ends_when_its_input_closes() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, addresses) = start(folder.path());
    for name in ["AF", "CSN", "FK", "SKV", "SO", "TNS", "MIV", "control"] {
        assert!(TcpStream::connect(addresses[name].as_str().unwrap()).is_ok(), "{name}");
    }
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn an_agency_listens_at_the_port_that_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    // Free now, and nobody else's business in the moment until it is taken again.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (mut child, addresses) = start_with(folder.path(), &[format!("--port=TNS={port}")]);
    assert_eq!(addresses["TNS"], format!("127.0.0.1:{port}"));
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn the_process_ends_on_a_signal() {
    let folder = tempfile::tempdir().unwrap();
    for signal in ["-TERM", "-INT"] {
        let (mut child, _) = start(folder.path());
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn faults_are_set_and_taken_away_over_the_control_listener() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, addresses) = start(folder.path());
    let control = addresses["control"].as_str().unwrap();
    let ok = |body: &str| ("HTTP/1.1 200 OK".to_owned(), body.to_owned());
    let fault_of = |position: usize| {
        let counts: Value = serde_json::from_str(&send(control, "GET", "/requests", "").1).unwrap();
        counts[position]["fault"].clone()
    };
    assert_eq!(send(control, "POST", "/faults/SO", "delay:1500ms\n"), ok("delay:1500ms"));
    assert_eq!(fault_of(4), "delay:1500ms");
    assert_eq!(fault_of(0), Value::Null);
    assert_eq!(send(control, "DELETE", "/faults/SO", ""), ok("none"));
    assert_eq!(fault_of(4), Value::Null);
    for (method, path, body, status) in [
        ("POST", "/faults/SO", "no-such-fault", "HTTP/1.1 400 Bad Request"),
        ("POST", "/faults/XX", "hang", "HTTP/1.1 404 Not Found"),
        ("GET", "/", "", "HTTP/1.1 404 Not Found"),
    ] {
        assert_eq!(send(control, method, path, body).0, status);
    }
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}
