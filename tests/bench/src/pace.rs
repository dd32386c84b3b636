//! How something in process is done again and again, beside something else.

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::Result;
use ssbtx_bench::Pairs;

/// Something in process that can be done again and again.
pub trait Subject {
    /// What one pass uses up. It is made before the clock runs.
    type Input;

    /// Makes what a pass uses up.
    fn prepare(&self) -> Self::Input;

    /// Does it once.
    async fn pass(&self, input: Self::Input) -> Result<()>;
}

/// Measures two things in turn, round by round, and gives the microseconds of a pass.
pub async fn compare(ours: &impl Subject, reference: &impl Subject) -> Result<Pairs> {
    let (ours_passes, reference_passes) = (passes(ours).await?, passes(reference).await?);
    let mut pairs = Pairs::default();
    for round in 0..ROUNDS {
        // Each is first as often as it is second.
        if round % 2 == 0 {
            let measured = time(ours, ours_passes).await?;
            pairs.push(measured, time(reference, reference_passes).await?);
        } else {
            let measured = time(reference, reference_passes).await?;
            pairs.push(time(ours, ours_passes).await?, measured);
        }
    }
    Ok(pairs)
}

/// The microseconds of a pass, round by round.
pub async fn alone(subject: &impl Subject) -> Result<Vec<f64>> {
    let passes = passes(subject).await?;
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        rounds.push(time(subject, passes).await?);
    }
    Ok(rounds)
}

/// Does it so many times.
pub async fn run<S: Subject>(subject: &S, inputs: Vec<S::Input>) -> Result<()> {
    for input in inputs {
        black_box(subject.pass(input).await?);
    }
    Ok(())
}

/// How many passes a round has, found by doing it: as many as take a round's time, which also warms it up.
async fn passes(subject: &impl Subject) -> Result<usize> {
    let mut passes = 1;
    loop {
        let microseconds = time(subject, passes).await? * count(passes);
        if microseconds >= ROUND.as_secs_f64() * 1e6 || passes >= MOST_PASSES {
            return Ok(passes);
        }
        passes *= 2;
    }
}

async fn time<S: Subject>(subject: &S, passes: usize) -> Result<f64> {
    let inputs: Vec<S::Input> = (0..passes).map(|_| subject.prepare()).collect();
    let begun = Instant::now();
    run(subject, inputs).await?;
    Ok(begun.elapsed().as_secs_f64() * 1e6 / count(passes))
}

#[allow(clippy::cast_precision_loss, reason = "far fewer than a float can count")]
fn count(passes: usize) -> f64 {
    passes as f64
}

const ROUNDS: usize = 15;
const ROUND: Duration = Duration::from_millis(25);
/// What is prepared for a round must fit in memory.
const MOST_PASSES: usize = 1 << 16;
