//! The host as a process of its own, and its end.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::components::workspace;

/// A running host. It is killed when it is dropped.
pub struct Host {
    child: Child,
    address: SocketAddr,
    admin: Option<SocketAddr>,
    log: PathBuf,
}

/// What the host prints when it serves.
#[derive(Deserialize)]
struct Ready {
    address: SocketAddr,
    admin: Option<SocketAddr>,
}

impl Host {
    /// Starts the host with a configuration and waits until it serves. Its logs go to a file.
    ///
    /// # Errors
    ///
    /// Where it cannot be started or ends instead of serving; then with what it logged.
    pub fn start(configuration: &Path, log: &Path) -> Result<Self> {
        let logged = File::create(log).with_context(|| format!("make file `{}`", log.display()))?;
        let mut child = Command::new(binary("ssbtx"))
            .args(["serve", "--demo", "--config"])
            .arg(configuration)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(logged)
            .spawn()
            .with_context(|| format!("start the host, `{}`", binary("ssbtx").display()))?;
        let output = child.stdout.take().context("read what the host prints")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).context("read what the host prints")?;
        let Ok(ready) = serde_json::from_str::<Ready>(&line) else {
            child.kill().ok();
            child.wait().ok();
            bail!("host did not start:\n{}", std::fs::read_to_string(log).unwrap_or_default());
        };
        Ok(Self { child, address: ready.address, admin: ready.admin, log: log.to_owned() })
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Where it serves.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where its admin listener is.
    ///
    /// # Errors
    ///
    /// Where its configuration gives it none.
    pub fn admin_address(&self) -> Result<SocketAddr> {
        self.admin.context("host has no admin listener")
    }

    /// Everything that it has logged.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read.
    pub fn logged(&self) -> Result<String> {
        std::fs::read_to_string(&self.log).with_context(|| format!("read `{}`", self.log.display()))
    }

    /// Ends it at once, whatever it is doing, as a power cut would (SIGKILL), and waits until it is gone.
    ///
    /// # Errors
    ///
    /// Where the operating system does not let it.
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill().context("kill the host")?;
        self.child.wait().context("wait for the host to be gone").map(drop)
    }

    /// Tells it to stop and waits until it has; one that has stopped by itself is stopped.
    ///
    /// # Errors
    ///
    /// Where it cannot be told, or ends with an error.
    pub fn stop(mut self) -> Result<()> {
        if self.child.try_wait().context("look at the host")?.is_none() {
            self.terminate()?;
        }
        self.end()
    }

    /// Tells it to stop (SIGTERM), and does not wait.
    ///
    /// # Errors
    ///
    /// Where it cannot be told.
    pub fn terminate(&self) -> Result<()> {
        self.signal("TERM")
    }

    /// Tells it to read its configuration anew (SIGHUP).
    ///
    /// # Errors
    ///
    /// Where it cannot be told.
    pub fn hang_up(&self) -> Result<()> {
        self.signal("HUP")
    }

    /// Waits until it has ended by itself.
    ///
    /// # Errors
    ///
    /// Where it ends with an error.
    pub fn end(&mut self) -> Result<()> {
        let status = self.child.wait().context("wait for the host to stop")?;
        if status.success() { Ok(()) } else { bail!("host ended with {status}") }
    }

    /// Sends a signal with the shell's own `kill`: the command of that name is not on every machine.
    fn signal(&self, name: &str) -> Result<()> {
        let command = format!("kill -{name} \"$0\"");
        let told = Command::new("sh").args(["-c", &command, &self.child.id().to_string()]).status();
        let told = told.context("send a signal to the host")?;
        if told.success() { Ok(()) } else { bail!("host could not be sent SIG{name}") }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A binary of this workspace, beside the one that is running: `cargo xtask` builds them all before it runs a test or the demo.
pub fn binary(name: &str) -> PathBuf {
    let beside = std::env::current_exe().ok().and_then(|running| {
        running.ancestors().skip(1).take(2).map(|folder| folder.join(name)).find(|binary| binary.is_file())
    });
    beside.unwrap_or_else(|| workspace().join("target/debug").join(name))
}
