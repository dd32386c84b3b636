//! How long components take, and what stops them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ssbtx_observation::{Distribution, Histogram};

use crate::fault::Stop;

/// What a component is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// It speaks for an agency.
    Adapter,
    /// It decides for a role.
    Policy,
    /// It is proposed for a role, and decides nothing.
    Shadow,
}

/// A function of a component that the host calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// What it says of itself, asked once when it is admitted.
    Describe,
    /// Starts on a question.
    Plan,
    /// Goes on with a question, given replies.
    Absorb,
    /// Starts a ping.
    PingPlan,
    /// Goes on with a ping.
    PingAbsorb,
    /// What a role may see.
    Decide,
}

/// How the calls of one component have gone, under whichever version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentFigures {
    /// What it is for.
    pub part: Part,
    /// The agency that it speaks for, or the role.
    pub name: String,
    /// How long each of its functions took that was called: an instance is made, called and taken down. Turns that others had meanwhile are in it,
    /// the wait for a place is not.
    pub calls: Vec<(Function, Distribution)>,
    /// How many calls were stopped, by what: every reason, in the order of [`Stop::ALL`].
    pub stops: Vec<(Stop, u64)>,
}

impl Part {
    /// The stable name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Adapter => "adapter",
            Self::Policy => "policy",
            Self::Shadow => "shadow",
        }
    }
}

impl Function {
    /// Every function, for tables and metrics.
    pub const ALL: [Self; 6] =
        [Self::Describe, Self::Plan, Self::Absorb, Self::PingPlan, Self::PingAbsorb, Self::Decide];

    /// The stable name: the contract's.
    pub fn label(self) -> &'static str {
        match self {
            Self::Describe => "describe",
            Self::Plan => "plan",
            Self::Absorb => "absorb",
            Self::PingPlan => "ping-plan",
            Self::PingAbsorb => "ping-absorb",
            Self::Decide => "decide",
        }
    }
}

/// The meters of every component of a machine, by what they are for.
///
/// They stay when another version of a component is admitted, so their numbers only go up. There are as many as signed files have named agencies and
/// roles since the start.
#[derive(Default)]
pub(crate) struct Meters(Mutex<BTreeMap<(Part, String), Arc<Meter>>>);

/// The meters of one component.
#[derive(Default)]
pub(crate) struct Meter {
    describe: Histogram,
    plan: Histogram,
    absorb: Histogram,
    ping_plan: Histogram,
    ping_absorb: Histogram,
    decide: Histogram,
    stops: [AtomicU64; Stop::ALL.len()],
}

impl Meters {
    /// The meters of a component, which all its versions share.
    pub(crate) fn of(&self, part: Part, name: &str) -> Arc<Meter> {
        let mut meters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(meters.entry((part, name.to_owned())).or_default())
    }

    pub(crate) fn figures(&self) -> Vec<ComponentFigures> {
        let meters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        meters.iter().map(|((part, name), meter)| meter.figures(*part, name.clone())).collect()
    }
}

impl Meter {
    /// Counts a call that was stopped.
    pub(crate) fn stopped(&self, stop: Stop) {
        if let Some((_, count)) = Stop::ALL.iter().zip(&self.stops).find(|(one, _)| **one == stop) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn figures(&self, part: Part, name: String) -> ComponentFigures {
        let calls = Function::ALL.map(|function| (function, self.histogram(function).distribution()));
        let counts = self.stops.iter().map(|count| count.load(Ordering::Relaxed));
        ComponentFigures {
            part,
            name,
            calls: calls.into_iter().filter(|(_, times)| times.count() > 0).collect(),
            stops: Stop::ALL.into_iter().zip(counts).collect(),
        }
    }

    fn histogram(&self, function: Function) -> &Histogram {
        match function {
            Function::Describe => &self.describe,
            Function::Plan => &self.plan,
            Function::Absorb => &self.absorb,
            Function::PingPlan => &self.ping_plan,
            Function::PingAbsorb => &self.ping_absorb,
            Function::Decide => &self.decide,
        }
    }
}

/// A call that is timed until this is dropped, whether it comes to its end or not.
pub(crate) struct Timed {
    meter: Arc<Meter>,
    function: Function,
    began: Instant,
}

impl Timed {
    pub(crate) fn begin(meter: Arc<Meter>, function: Function) -> Self {
        Self { meter, function, began: Instant::now() }
    }

    pub(crate) fn meter(&self) -> &Meter {
        &self.meter
    }

    fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }
}

impl Drop for Timed {
    fn drop(&mut self) {
        self.meter.histogram(self.function).observe(self.elapsed());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_versions_of_a_component_share_their_meters() {
        let meters = Meters::default();
        drop(Timed::begin(meters.of(Part::Adapter, "AF"), Function::Plan));
        meters.of(Part::Adapter, "AF").stopped(Stop::Memory);
        let figures = meters.figures();
        let [af] = figures.as_slice() else { panic!("{figures:?}") };
        let called: Vec<_> = af.calls.iter().map(|(function, times)| (*function, times.count())).collect();
        assert_eq!(called, [(Function::Plan, 1)]);
        assert!(af.stops.iter().all(|(stop, count)| *count == u64::from(*stop == Stop::Memory)));
    }

    #[test]
    fn the_names_of_functions_and_parts_stay_as_they_are() {
        assert_eq!(
            Function::ALL.map(Function::label),
            ["describe", "plan", "absorb", "ping-plan", "ping-absorb", "decide"]
        );
        assert_eq!([Part::Adapter, Part::Policy, Part::Shadow].map(Part::label), ["adapter", "policy", "shadow"]);
    }
}
