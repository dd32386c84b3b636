//! Choices that follow from a seed and a place.

/// Dice that fall the same way each time.
///
/// # Source
///
/// SplitMix64: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dice {
    state: u64,
}

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self { state: mixed(seed) }
    }

    /// Dice of their own for one of the things that are chosen here: what else is chosen does not touch them.
    pub(super) fn of(self, label: usize) -> Self {
        Self { state: mixed(self.state ^ mixed(label as u64 + 1)) }
    }

    /// The next number.
    pub(super) fn roll(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN_GAMMA);
        mixed(self.state)
    }

    /// A number below this one, which is not 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % end as u64).unwrap_or_default()
    }

    /// True this many times in a hundred.
    pub(super) fn chance(&mut self, percent: u8) -> bool {
        self.roll() % 100 < u64::from(percent)
    }

    /// One of these, which are not none.
    pub(super) fn pick<'a, T>(&mut self, options: &'a [T]) -> &'a T {
        let chosen = self.below(options.len().max(1));
        options.get(chosen).unwrap_or_else(|| panic!("there is nothing to choose from"))
    }
}

fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

const GOLDEN_GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
