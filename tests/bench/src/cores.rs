//! The machine, as far as a number depends on it.

use std::fs;
use std::thread;

/// Processor, cores, memory and kernel in a sentence. No name of a machine and no address.
pub fn described() -> String {
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let processor = line("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let memory = line("/proc/meminfo", "MemTotal").and_then(|text| {
        let kilobytes: u64 = text.split_whitespace().next()?.parse().ok()?;
        Some(format!("{} GB", kilobytes / 1_000_000))
    });
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let kernel = kernel.split('-').next().unwrap_or_default().trim().to_owned();
    format!("{cores} cores of {processor}, {} of memory, Linux {kernel}", memory.unwrap_or_default())
}

/// What stands after the first colon of the first line that begins so.
fn line(file: &str, beginning: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(beginning))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
