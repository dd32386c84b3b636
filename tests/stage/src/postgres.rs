//! A PostgreSQL server of a test's own, in a temporary folder, reached by a Unix socket and on a port of the loopback address.
//!
//! It ends with the process that started it, whatever becomes of that: a shell waits for the end of its standard input and stops the server then.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A running server.
pub struct Postgres {
    folder: TempDir,
    port: u16,
    /// Whom it runs as: it refuses to run as root.
    runs_as: Option<(u32, u32)>,
    running: Option<Running>,
}

/// The shell that holds the server, and the server's own process.
struct Running {
    shell: Child,
    server: u32,
}

impl Postgres {
    /// Makes a server and starts it. The role `postgres` may do everything, without a password; the database is `postgres` too.
    ///
    /// # Errors
    ///
    /// Where PostgreSQL 15 is not installed or does not start.
    pub fn start() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("ssbtx-postgres-").tempdir()?;
        let runs_as = unprivileged()?;
        if let Some((user, group)) = runs_as {
            chown(folder.path(), Some(user), Some(group))?;
        }
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut server = Self { folder, port, runs_as, running: None };
        let mut making = server.command("initdb");
        making.args([
            "--no-sync",
            "--no-instructions",
            "--auth",
            "trust",
            "--username",
            "postgres",
            "--encoding",
            "UTF8",
        ]);
        making.args(["--locale", "C", "--pgdata"]).arg(server.data());
        let made = making.output()?;
        if !made.status.success() {
            return Err(io::Error::other(format!("initdb: {}", String::from_utf8_lossy(&made.stderr))));
        }
        server.begin()?;
        Ok(server)
    }

    /// The folder of its socket, which clients name as its host.
    pub fn socket_folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its data folder, for files that its settings name.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Gives a file to whom it runs as.
    ///
    /// # Errors
    ///
    /// Where that cannot be done.
    pub fn own(&self, path: &Path) -> io::Result<()> {
        match self.runs_as {
            Some((user, group)) => chown(path, Some(user), Some(group)),
            None => Ok(()),
        }
    }

    /// Its port, also in the socket's name.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Runs statements as the role that may do everything, and gives what `psql` prints: rows without headings.
    ///
    /// # Errors
    ///
    /// What `psql` says where one of them fails.
    pub fn sql(&self, statements: &str) -> io::Result<String> {
        let mut psql = self.command("psql");
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1"]);
        psql.args(["--username", "postgres", "--port", &self.port.to_string(), "--host"]).arg(self.folder.path());
        let done = psql.args(["--dbname", "postgres", "--command", statements]).output()?;
        if !done.status.success() {
            return Err(io::Error::other(String::from_utf8_lossy(&done.stderr).into_owned()));
        }
        Ok(String::from_utf8_lossy(&done.stdout).trim_end().to_owned())
    }

    /// Ends it at once and without order, as a crash would, and waits for the end.
    ///
    /// # Errors
    ///
    /// Where it cannot be told to.
    pub fn crash(&mut self) -> io::Result<()> {
        self.end(b"keep\n")
    }

    /// Starts it again after [`Postgres::crash`].
    ///
    /// # Errors
    ///
    /// Where it does not start.
    pub fn begin(&mut self) -> io::Result<()> {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", HOLD, "sh"]).arg(binary("postgres")).arg("-D").arg(self.data());
        shell.arg("-k").arg(self.folder.path()).args([
            "-p",
            &self.port.to_string(),
            "-c",
            "listen_addresses=127.0.0.1",
        ]);
        // What a small machine can bear beside everything else.
        shell.args(["-c", "max_connections=20", "-c", "shared_buffers=8MB", "-c", "restart_after_crash=on"]);
        self.lower(&mut shell).current_dir(self.folder.path());
        let mut shell = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let told = shell.stdout.take().ok_or_else(|| io::Error::other("the shell has no output"))?;
        let mut line = String::new();
        BufReader::new(told).read_line(&mut line)?;
        let server =
            line.trim().parse().map_err(|_| io::Error::other("the shell did not tell the server's process"))?;
        self.running = Some(Running { shell, server });
        let began = Instant::now();
        while self.sql("SELECT 1").is_err() {
            if began.elapsed() > START_TIME {
                return Err(io::Error::other("the server does not answer"));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Stops all of its processes where they are: it takes connections and answers nothing.
    ///
    /// # Errors
    ///
    /// Where they cannot be told to.
    pub fn freeze(&self) -> io::Result<()> {
        self.signal("STOP")
    }

    /// Lets them go on.
    ///
    /// # Errors
    ///
    /// Where they cannot be told to.
    pub fn thaw(&self) -> io::Result<()> {
        self.signal("CONT")
    }

    /// Tells the shell a word, and waits for its end.
    fn end(&mut self, word: &[u8]) -> io::Result<()> {
        let Some(mut running) = self.running.take() else { return Ok(()) };
        if let Some(mut input) = running.shell.stdin.take() {
            input.write_all(word)?;
        }
        running.shell.wait().map(drop)
    }

    fn signal(&self, signal: &str) -> io::Result<()> {
        let Some(running) = &self.running else { return Ok(()) };
        // The server first: it then begins no more processes.
        let mut processes = vec![running.server];
        processes.extend(children(running.server)?);
        let processes: Vec<String> = processes.iter().map(ToString::to_string).collect();
        // One that ended by itself meanwhile is no fault.
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", r#"kill "$@""#, "sh", &format!("-{signal}")]).args(processes).stderr(Stdio::null());
        shell.status().map(drop)
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(binary(name));
        self.lower(&mut command).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Has it run without root's rights.
    fn lower<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        if let Some((user, group)) = self.runs_as {
            command.uid(user).gid(group);
        }
        command.env("LC_ALL", "C")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Frozen processes end with the signal that the shell sends, as soon as they go on.
        let _thawed = self.thaw();
        let _ended = self.end(b"");
    }
}

/// The processes that a process has begun.
fn children(parent: u32) -> io::Result<Vec<u32>> {
    let text = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children"))?;
    Ok(text.split_whitespace().filter_map(|process| process.parse().ok()).collect())
}

/// Somebody who is not root, where this process is root.
fn unprivileged() -> io::Result<Option<(u32, u32)>> {
    let is_root = fs::read_to_string("/proc/self/status")?.lines().any(|line| line.starts_with("Uid:\t0\t0\t"));
    if !is_root {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let named = |name: &str| {
        let mut parts = users.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?.split(':').skip(1);
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    };
    let found = named("postgres").or_else(|| named("nobody"));
    found.map(Some).ok_or_else(|| io::Error::other("nobody but root is on this machine, and PostgreSQL refuses root"))
}

fn binary(name: &str) -> PathBuf {
    Path::new(BINARIES).join(name)
}

/// Starts the server, tells its process, and ends it at a word, or when nobody holds the other end of the input any more: then its folder goes with it.
const HOLD: &str = r#""$@" & server=$!; echo $server; read -r word; kill -QUIT $server; wait $server; [ "$word" = keep ] || rm -rf "$PWD""#;
const BINARIES: &str = "/usr/lib/postgresql/15/bin";
const START_TIME: Duration = Duration::from_mins(1);
