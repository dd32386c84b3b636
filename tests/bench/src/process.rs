//! A process that is measured: host or relay.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// A running process that serves. It is killed when it is dropped.
pub struct Running {
    child: Child,
    address: SocketAddr,
    until_ready: Duration,
}

/// What it prints when it serves.
#[derive(Deserialize)]
struct Ready {
    address: SocketAddr,
}

impl Running {
    /// Starts a command and waits for its one line of JSON with an address. What it logs goes to a file.
    ///
    /// # Errors
    ///
    /// Where it does not start or ends instead of serving; then with what it logged.
    pub fn start(mut command: Command, log: &Path) -> Result<Self> {
        let logged = File::create(log).with_context(|| format!("make file `{}`", log.display()))?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(logged);
        let begun = Instant::now();
        let mut child = command.spawn().context("start what is measured")?;
        let mut line = String::new();
        let output = child.stdout.take().context("read what it prints")?;
        BufReader::new(output).read_line(&mut line).context("read what it prints")?;
        let until_ready = begun.elapsed();
        let Ok(Ready { address }) = serde_json::from_str(&line) else {
            child.kill().ok();
            child.wait().ok();
            bail!("it did not start:\n{}", fs::read_to_string(log).unwrap_or_default());
        };
        Ok(Self { child, address, until_ready })
    }

    /// Where it serves.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How long it took from its start until it said that it serves.
    pub fn until_ready(&self) -> Duration {
        self.until_ready
    }

    /// The processor time that it has used, user and system, of all its threads that are and were. The kernel counts it in hundredths of a second.
    pub fn processor_time(&self) -> Result<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).context("look at a process")?;
        // The second field, in brackets, may hold anything; what is wanted are the 14th and 15th.
        let (_, fields) = stat.rsplit_once(')').context("read the state of a process")?;
        let ticks: Vec<u64> = fields
            .split_whitespace()
            .skip(11)
            .take(2)
            .map(str::parse)
            .collect::<Result<_, _>>()
            .context("read ticks")?;
        Ok(Duration::from_millis(ticks.iter().sum::<u64>() * MILLISECONDS_PER_TICK))
    }

    /// The memory that it has in use and that is its own: resident, without what it shares with files.
    pub fn resident_bytes(&self) -> Result<u64> {
        resident_bytes(self.child.id())
    }
}

/// The anonymous resident memory of a process.
pub fn resident_bytes(process: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).context("look at a process")?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).context("no `RssAnon`")?;
    let kilobytes: u64 = line.split_whitespace().next().context("no `RssAnon`")?.parse().context("read `RssAnon`")?;
    Ok(kilobytes * 1024)
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// `USER_HZ`, which is 100 on every Linux that Rust's standard library runs on.
const MILLISECONDS_PER_TICK: u64 = 10;
