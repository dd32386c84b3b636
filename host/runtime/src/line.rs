//! Those who wait for a place in the sandbox.

use std::sync::atomic::{AtomicUsize, Ordering};

use ssbtx_observation::{Distribution, Histogram, Stopwatch};

/// How many wait, and how long all who came have waited.
#[derive(Default)]
pub(crate) struct Line {
    waiting: AtomicUsize,
    waits: Histogram,
}

/// One who waits, until this is dropped.
pub(crate) struct InLine<'l> {
    waiting: &'l AtomicUsize,
    _watch: Stopwatch<'l>,
}

impl Line {
    pub(crate) fn join(&self) -> InLine<'_> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        InLine { waiting: &self.waiting, _watch: self.waits.start() }
    }

    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    pub(crate) fn waits(&self) -> Distribution {
        self.waits.distribution()
    }
}

impl Drop for InLine<'_> {
    fn drop(&mut self) {
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_left_the_line_is_counted_among_those_who_waited() {
        let line = Line::default();
        let waiting = line.join();
        assert_eq!((line.waiting(), line.waits().count()), (1, 0));
        drop(waiting);
        assert_eq!((line.waiting(), line.waits().count()), (0, 1));
    }
}
