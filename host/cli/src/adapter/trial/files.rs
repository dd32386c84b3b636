//! The files of a trial: question, recorded replies, requests.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::Zoned;
use ssbtx_cases::{Recording, TrialQuestion};
use ssbtx_self_test::Sent;

/// Reads the question, for a trial today.
pub fn read_question(path: &Path) -> Result<TrialQuestion> {
    let context = || format!("read the question `{}`", path.display());
    let text = fs::read_to_string(path).with_context(context)?;
    TrialQuestion::parse(&text, Zoned::now().date()).with_context(context)
}

/// Reads `1.http`, `2.http` and so on, up to the first that is not there.
pub fn read_replies(folder: Option<&Path>) -> Result<Vec<Recording>> {
    let Some(folder) = folder else { return Ok(Vec::new()) };
    fs::read_dir(folder).with_context(|| format!("read the folder of replies `{}`", folder.display()))?;
    let mut replies = Vec::new();
    for path in (1..).map(|number| folder.join(file(number))).take_while(|path| path.exists()) {
        let context = || format!("read the reply `{}`", path.display());
        let bytes = fs::read(&path).with_context(context)?;
        replies.push(Recording::parse(&bytes).with_context(context)?);
    }
    Ok(replies)
}

/// Writes requests as `1.http`, `2.http` and so on.
pub fn write_requests(folder: &Path, sent: &[Sent]) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("make the folder `{}`", folder.display()))?;
    for (number, request) in (1..).zip(sent) {
        let path = folder.join(file(number));
        fs::write(&path, http(request)).with_context(|| format!("write `{}`", path.display()))?;
    }
    Ok(())
}

/// A request as HTTP/1.1 writes it, without the headers that the host sets.
pub fn http(request: &Sent) -> Vec<u8> {
    let headers = request.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
    let head = format!("{} {} HTTP/1.1\r\n{}\r\n", request.method, request.path, headers.collect::<String>());
    [head.as_bytes(), &request.body].concat()
}

fn file(number: usize) -> String {
    format!("{number}.http")
}
