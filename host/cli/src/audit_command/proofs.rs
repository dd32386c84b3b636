//! `ssbtx audit prove`, `prove-growth`, `export` and `check-proof`.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::ops::Bound;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use ssbtx_audit::{Proof, VerifierKey};

use super::place::Log;

/// Prints a record with its proof: a question's, or that of a line. An id of a question is never a number alone.
pub(super) fn prove(log: &Log, record: &str) -> Result<()> {
    let proof = match record.parse() {
        Ok(line) => ssbtx_audit::prove_line(log.place(), line),
        Err(_) => ssbtx_audit::prove(log.place(), record),
    };
    let proof = proof.with_context(|| format!("prove a record of the audit log in {log}"))?;
    println!("{proof}");
    Ok(())
}

/// Prints the proof that a log was only added to.
pub(super) fn prove_growth(log: &Log, size: u64) -> Result<()> {
    let proof = ssbtx_audit::prove_consistency(log.place(), size)
        .with_context(|| format!("prove the growth of the audit log in {log}"))?;
    println!("{proof}");
    Ok(())
}

/// Prints the records of a time with their proofs.
pub(super) fn export(log: &Log, from: Option<Timestamp>, before: Option<Timestamp>) -> Result<()> {
    let time = (from.map_or(Bound::Unbounded, Bound::Included), before.map_or(Bound::Unbounded, Bound::Excluded));
    let mut out = io::BufWriter::new(io::stdout().lock());
    let exported = ssbtx_audit::export(log.place(), &time, |proof| writeln!(out, "{proof}"))
        .with_context(|| format!("export from the audit log in {log}"))?;
    out.flush().context("print the records")?;
    eprintln!("{} records with their proofs", exported.records);
    if exported.not_covered > 0 {
        eprintln!("{} more are under no checkpoint yet and were left out", exported.not_covered);
    }
    Ok(())
}

/// Verifies every proof of a file.
pub(super) fn check(proofs: &Path, keys: &[PathBuf]) -> Result<()> {
    let keys: Vec<VerifierKey> = super::all(keys)?;
    let file = File::open(proofs).with_context(|| format!("read `{}`", proofs.display()))?;
    let mut count = 0_u64;
    for (number, line) in (1..).zip(BufReader::new(file).lines()) {
        let at = || format!("line {number} of `{}`", proofs.display());
        let proof: Proof = line.with_context(at)?.parse().with_context(at)?;
        proof.verify(&keys).with_context(at)?;
        println!("{}", said(&proof));
        count += 1;
    }
    if count == 0 {
        bail!("`{}` holds no proof", proofs.display());
    }
    Ok(())
}

/// What a proof that holds says.
fn said(proof: &Proof) -> String {
    match proof {
        Proof::Inclusion(proof) => {
            let (sequence, checkpoint) = (proof.sequence(), proof.checkpoint());
            format!("record {sequence} is in `{}` of {} records", checkpoint.origin(), checkpoint.size())
        }
        Proof::Consistency(proof) => {
            let (older, newer) = (proof.older(), proof.newer());
            format!("`{}` was only added to from {} to {} records", newer.origin(), older.size(), newer.size())
        }
    }
}
