//! When the host is killed, and what becomes of its source.

use std::env;
use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, RandomState};
use std::time::Duration;

/// The points of one run.
pub(super) struct Points {
    seed: u64,
    /// The time in which the points lie close together.
    dense: Duration,
    next: u32,
}

/// A point at which the host is killed.
pub(super) struct Point {
    /// After the repository has changed.
    pub(super) delay: Duration,
    /// What the host finds when it is started again.
    pub(super) source: Source,
    number: u32,
    seed: u64,
}

/// What becomes of the source while the host is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// Nothing: the new version is there.
    Whole,
    /// It is gone.
    Removed,
    /// Half of its newest metadata is there.
    Spoilt,
}

impl Points {
    /// Over an update that takes about this long, and a third more, since no two take the same: one point at random in each of many equal parts, so
    /// that every part is met whatever the seed. Some follow in the time after that, for a machine that has become slower.
    ///
    /// Every other point is one without a source, and every other one of those has a spoilt one.
    pub(super) fn spread_over(update: Duration) -> Self {
        let seed = env::var(SEED).ok().map(|seed| seed.parse().unwrap());
        Self { seed: seed.unwrap_or_else(|| RandomState::new().hash_one(SEED)), dense: update * 4 / 3, next: 0 }
    }
}

impl Iterator for Points {
    type Item = Point;

    fn next(&mut self) -> Option<Point> {
        let Self { seed, dense, next: number } = *self;
        self.next += 1;
        let (begins, part) = match number {
            0..DENSE => (dense / DENSE * number, dense / DENSE),
            DENSE..POINTS => (dense + dense / SPARSE * (number - DENSE), dense / SPARSE),
            POINTS.. => return None,
        };
        let source = match number % 4 {
            1 => Source::Removed,
            3 => Source::Spoilt,
            _ => Source::Whole,
        };
        // The same seed gives the same points: this hash has fixed keys.
        let thousandths = BuildHasherDefault::<DefaultHasher>::default().hash_one((seed, number)) % 1000;
        let delay = begins + part * u32::try_from(thousandths).unwrap() / 1000;
        Some(Point { delay, source, number, seed })
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { delay, source, number, seed } = self;
        write!(f, "point {number}, {delay:?} after the change, source {source:?}, {SEED}={seed}")
    }
}

const POINTS: u32 = DENSE + SPARSE;
const DENSE: u32 = 44;
const SPARSE: u32 = 12;
/// The variable of the environment that sets the seed: the points of a run that failed come again with it, as far as the machine is as fast.
const SEED: &str = "SSBTX_KILLING_SEED";
