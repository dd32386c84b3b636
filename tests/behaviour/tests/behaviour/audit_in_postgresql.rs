//! A host whose audit log is in PostgreSQL answers, waits, refuses and comes back as its database does.

use std::fs;
use std::process::Command;
use std::time::Duration;

use ssbtx_stage::client::{Client, Received};
use ssbtx_stage::host::binary;
use ssbtx_stage::postgres::Postgres;
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, Play};

#[tokio::test]
async fn a_question_is_answered_when_its_record_is_committed_and_refused_while_the_database_hangs() {
    let server = Postgres::start().unwrap();
    let mut play = Play::begin();
    play.host.kill().unwrap();
    move_log(&play, &server);
    play.start_again().unwrap();
    let asking = Asking::about(ALVAR).including(&["AF"]);
    play.ask(&asking).await;
    assert_eq!(committed(&server), "1");

    // Killed and started again, it goes on with the chain.
    play.host.kill().unwrap();
    play.start_again().unwrap();
    play.ask(&asking).await;
    assert_eq!(committed(&server), "2");

    server.freeze().unwrap();
    let refused = ask(&play, &asking).await;
    assert_eq!(refused.status, 503, "{}", refused.body);
    assert!(refused.body.contains("/problems/not-recorded"), "{}", refused.body);
    let ready = ready(&play).await;
    assert_eq!((ready.status.as_u16(), ready.body.as_str()), (503, "not ready: audit-stalled\n"));
    server.thaw().unwrap();
    until_ready(&play).await;
    play.ask(&asking).await;
    // The question that was refused had asked an agency, which is accounted for.
    assert_eq!(committed(&server), "4");

    let configuration = play.folder().join("ssbtx.toml");
    let verified = Command::new(binary("ssbtx")).args(["audit", "verify"]).arg(configuration).output().unwrap();
    let said = String::from_utf8_lossy(&verified.stdout).into_owned();
    assert!(
        verified.status.success() && said.starts_with("4 records in a database, the chain is whole"),
        "{verified:?}"
    );
    let rows = server.sql("SELECT convert_from(line, 'UTF8') FROM ssbtx_audit.line").unwrap();
    assert!(rows.contains("162020000001") && !rows.contains(ALVAR));
}

/// Says in the configuration that the log is in the database.
fn move_log(play: &Play, server: &Postgres) {
    let path = play.folder().join("ssbtx.toml");
    let text = fs::read_to_string(&path).unwrap();
    let lines = text.lines().map(|line| match line.strip_prefix("directory = ") {
        Some(folder) if folder.ends_with("audit\"") => "sink = \"postgresql\"",
        Some(_) | None => line,
    });
    let database = format!(
        "\n[audit.postgresql]\nhost = \"{}\"\nport = {}\ndatabase = \"postgres\"\nuser = \"postgres\"\nlog = \"ssbtx.example.se/audit/1\"\n",
        server.socket_folder().display(),
        server.port(),
    );
    fs::write(&path, lines.collect::<Vec<_>>().join("\n") + &database).unwrap();
}

fn committed(server: &Postgres) -> String {
    server.sql("SELECT count(*) FROM ssbtx_audit.line WHERE kind = 'question'").unwrap()
}

async fn ask(play: &Play, asking: &Asking) -> Received {
    let client = play.client(&play.pki.ekonomiskt_bistand);
    client.post_json("/v1/questions", asking.to_json().to_string()).await.unwrap()
}

async fn ready(play: &Play) -> Received {
    let address = play.host.admin_address().unwrap();
    let client = Client::new(address, &play.pki.host_roots, Some(&play.pki.ekonomiskt_bistand)).unwrap();
    client.get("/readyz").await.unwrap()
}

async fn until_ready(play: &Play) {
    while ready(play).await.status != 200 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
