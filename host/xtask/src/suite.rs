//! `cargo xtask test`: everything that must hold before a change is taken.

use std::io::{BufRead, BufReader, Write};
use std::num::NonZero;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::plugins::{self, Which};
use crate::{run, system_packages};

/// Runs format check, clippy, rustdoc and every test; ends with how many passed and failed.
pub fn run() -> Result<()> {
    step("what the tests need");
    system_packages::ensure("/usr/bin/xmllint", &["libxml2-utils"])?;
    system_packages::ensure(system_packages::PYTHON, &["python3-minimal", "libpython3-stdlib"])?;
    system_packages::ensure_python_module("ensurepip", &["python3-venv"])?;
    system_packages::ensure(system_packages::SOFT_HSM, &["softhsm2"])?;
    system_packages::ensure_postgresql()?;
    system_packages::ensure("/usr/bin/systemd-analyze", &["systemd"])?;
    step("format");
    run::to_the_end(run::cargo().args(["fmt", "--all", "--check"]))?;
    step("clippy");
    run::to_the_end(run::cargo().args(["clippy", "--locked"]).args(ALL).args([
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))?;
    step("rustdoc");
    run::to_the_end(
        run::cargo()
            .args(["doc", "--locked", "--no-deps"])
            .args(ALL)
            .args(DOCUMENTED)
            .env("RUSTDOCFLAGS", "-D warnings"),
    )?;
    step("components");
    plugins::build(Which::All)?;
    step("tests, and binaries that they start");
    run::to_the_end(run::cargo().args(["build", "--locked", "--all-targets"]).args(ALL))?;
    let mut tally = Tally::default();
    step("examples in documentation");
    tests(&["--doc"], &mut tally)?;
    step("tests within crates");
    tests(&["--lib", "--bins"], &mut tally)?;
    step("tests across crates");
    tests(&["--test", "*"], &mut tally)?;
    if !published_contracts().is_dir() {
        eprintln!("did not run: what holds answers to the published schemas, since {CONTRACTS_ABSENT}");
    }
    println!("{} passed, {} failed", tally.passed, tally.failed);
    match (tally.passed, tally.failed) {
        (0, 0) => bail!("no test ran"),
        (_, 0) => Ok(()),
        (_, failed) => bail!("{failed} tests failed"),
    }
}

/// Every crate but the measurements: what they compare with takes minutes to compile. Whoever changes them runs `cargo test --package ssbtx-bench`.
const ALL: [&str; 3] = ["--workspace", "--exclude", "ssbtx-bench"];

/// Those that take long wait more than they compute: for hosts that look for news, for agencies that are slow, for the disk.
const AT_ONCE_ON_A_CORE: usize = 2;

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// What is documented by default, and examples: these make cargo choose the dependencies' features as for tests. Every step does, so that each dependency is
/// checked once and compiled once.
const DOCUMENTED: [&str; 3] = ["--lib", "--bins", "--examples"];

/// Where the tests look for the published contracts.
fn published_contracts() -> PathBuf {
    std::env::var_os("SSBTX_CONTRACTS").map_or_else(|| run::workspace().join("../shared/contracts"), PathBuf::from)
}

const CONTRACTS_ABSENT: &str = "`../shared/contracts` is not there and SSBTX_CONTRACTS names no folder that is";

fn step(name: &str) {
    eprintln!("== {name}");
}

/// What the test runner's closing lines said, added up.
#[derive(Default)]
struct Tally {
    passed: u64,
    failed: u64,
}

impl Tally {
    /// Adds one closing line of the test runner, such as `test result: ok. 3 passed; 0 failed; …`.
    fn add(&mut self, line: &str) {
        let Some(counts) = line.strip_prefix("test result: ") else { return };
        let count = |word: &str| -> u64 {
            counts
                .split([';', '.'])
                .find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok())
                .unwrap_or_default()
        };
        self.passed += count("passed");
        self.failed += count("failed");
    }
}

/// Runs tests to the end of all binaries, passes on what they print, and adds up how they ended.
fn tests(selection: &[&str], tally: &mut Tally) -> Result<()> {
    let mut command: Command = run::cargo();
    command
        .args(["test", "--locked", "--no-fail-fast"])
        .args(ALL)
        .args(selection)
        .env("RUST_TEST_THREADS", (AT_ONCE_ON_A_CORE * cores()).to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let mut child = command.spawn().context("start `cargo test`")?;
    let output = child.stdout.take().context("read what `cargo test` prints")?;
    let failed_before = tally.failed;
    let mut here = std::io::stdout().lock();
    for line in BufReader::new(output).lines() {
        let line = line.context("read what `cargo test` prints")?;
        writeln!(here, "{line}").context("print what `cargo test` prints")?;
        tally.add(&line);
    }
    let status = child.wait().context("wait for `cargo test`")?;
    // Failed tests are told at the end, with all others; whatever else ended it, such as code that does not compile, is told here.
    if status.success() || tally.failed > failed_before { Ok(()) } else { bail!("`cargo test` ended with {status}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_added_up() {
        let mut tally = Tally::default();
        tally.add("test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s");
        tally.add("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s");
        tally.add("test a_test ... ok");
        assert_eq!((tally.passed, tally.failed), (15, 2));
    }
}
