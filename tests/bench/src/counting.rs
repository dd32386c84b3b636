//! Instructions instead of time: machines are noisy, instructions are not.
//!
//! Each thing is done in a process of its own under callgrind, which begins to count when everything is ready and ends when it is done.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail, ensure};
use ssbtx_bench::{Change, Counts};
use ssbtx_stage::components::workspace;

/// What is done with the counts.
#[derive(clap::Args)]
pub struct Arguments {
    /// They are kept, in place of those before
    #[arg(long)]
    record: bool,
}

/// Counts everything, and compares with what was counted before or keeps it. Ends with 1 where a count has grown by more than it may.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let file = workspace().join("tests/bench/instructions.toml");
    let folder = tempfile::tempdir().context("make a folder")?;
    let before = if arguments.record { Counts::default() } else { read(&file)? };
    let (mut today, mut code) = (Counts::default(), ExitCode::SUCCESS);
    for (name, passes) in COUNTED {
        let instructions = count(name, passes, folder.path()).with_context(|| format!("count `{name}`"))?;
        today.insert(name, instructions);
        let change = before.compare(name, instructions);
        println!("{name}: {instructions} instructions{}", told(change, before.of(name)));
        if change == Change::Grown || (change == Change::New && !arguments.record) {
            code = ExitCode::FAILURE;
        }
    }
    if arguments.record {
        fs::write(&file, format!("{HEAD}{}", toml::to_string(&today)?)).context("keep the counts")?;
    }
    Ok(code)
}

fn read(file: &Path) -> Result<Counts> {
    let text = fs::read_to_string(file).with_context(|| format!("read `{}`", file.display()))?;
    toml::from_str(&text).with_context(|| format!("read `{}`", file.display()))
}

fn told(change: Change, before: Option<u64>) -> String {
    match (change, before) {
        (Change::Within, Some(before)) => format!(", {before} before"),
        (Change::Grown, Some(before)) => format!(", {before} before: grown by more than 3 %"),
        (Change::New | Change::Within | Change::Grown, _) => ", not counted before".to_owned(),
    }
}

/// The instructions of one pass.
fn count(name: &str, passes: u64, folder: &Path) -> Result<u64> {
    let written = folder.join(name);
    let mut counted = Counted::start(name, passes, &written)?;
    counted.hear("ready")?;
    counted.tell_callgrind("on")?;
    counted.go_on()?;
    counted.hear("done")?;
    counted.tell_callgrind("off")?;
    counted.go_on()?;
    let status = counted.child.wait().context("wait for callgrind")?;
    ensure!(status.success(), "callgrind ended with {status}");
    let text = fs::read_to_string(&written).context("read what callgrind wrote")?;
    let total = text.lines().filter_map(|line| line.strip_prefix("totals:")).next_back();
    let total: u64 = total.context("callgrind wrote no totals")?.trim().parse().context("read callgrind's totals")?;
    Ok(total / passes)
}

/// A process under callgrind.
struct Counted {
    child: Child,
    said: BufReader<ChildStdout>,
    told: ChildStdin,
}

impl Counted {
    fn start(name: &str, passes: u64, written: &Path) -> Result<Self> {
        let mut command = Command::new("valgrind");
        command.args(["--tool=callgrind", "--instr-atstart=no", "--quiet"]);
        // Machine code that is compiled at run time is looked at anew where it changes.
        command.arg("--smc-check=all-non-file");
        command.arg(format!("--callgrind-out-file={}", written.display()));
        command.arg(std::env::current_exe().context("find this program")?);
        command.args(["counted", name, "--passes", &passes.to_string()]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("start valgrind")?;
        let (said, told) = child.stdout.take().zip(child.stdin.take()).context("talk to valgrind")?;
        Ok(Self { child, said: BufReader::new(said), told })
    }

    fn hear(&mut self, word: &str) -> Result<()> {
        let mut line = String::new();
        self.said.read_line(&mut line).context("listen")?;
        ensure!(line.trim() == word, "heard `{}`, expected `{word}`", line.trim());
        Ok(())
    }

    fn go_on(&mut self) -> Result<()> {
        writeln!(self.told).and_then(|()| self.told.flush()).context("let it go on")
    }

    fn tell_callgrind(&self, state: &str) -> Result<()> {
        let mut command = Command::new("vgdb");
        command.arg(format!("--pid={}", self.child.id())).args(["instrumentation", state]);
        let output = command.output().context("start vgdb")?;
        if output.status.success() {
            return Ok(());
        }
        bail!("vgdb ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// What is counted, and how often it is done, so that what a single pass varies by is lost in the sum.
const COUNTED: [(&str, u64); 6] = [
    ("adapter-af", 200),
    ("adapter-lefi", 5),
    ("decide", 20),
    ("decide-cached", 5000),
    ("project-xml", 500),
    ("project-json", 10),
];

const HEAD: &str = "# Instructions of one pass of what rows 1 to 5 measure, written by `cargo xtask bench --record` and held to by `--check`.\n";
