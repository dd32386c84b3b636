//! One call in the sandbox: its place, its store, its limits.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use wasmtime::{ResourceLimiter, Store, UpdateDeadline};

use crate::fault::Stop;
use crate::limit::Limit;
use crate::machine::Machine;
use crate::meters::{Function, Meter, Timed};

/// Where the calls of one component run: on the machine that all share, with a share of its places.
pub(crate) struct Cell {
    machine: Arc<Machine>,
    share: Arc<Semaphore>,
    meter: Arc<Meter>,
    memory_bytes: usize,
}

impl Cell {
    /// Prepares for the calls of a component that asks for this much memory, or for nothing; they are timed by this meter.
    pub(crate) fn new(machine: Arc<Machine>, meter: Arc<Meter>, asked_memory: Option<u64>) -> Self {
        let share = Arc::new(Semaphore::new(machine.settings.size(Limit::ConcurrentCallsPerComponent)));
        let memory_bytes = machine.settings.granted_memory(asked_memory);
        Self { machine, share, meter, memory_bytes }
    }

    /// Waits for a place and makes a store that has never been used.
    ///
    /// # Cancel safety
    ///
    /// A caller that stops waiting has taken no place.
    pub(crate) async fn enter(&self, function: Function) -> Result<Visit, Stop> {
        let waiting = self.machine.line.join();
        // The component's own share first: who waits for it holds nobody else up.
        let share = Arc::clone(&self.share).acquire_owned().await.map_err(|_| Stop::NotStarted)?;
        let place = Arc::clone(&self.machine.places).acquire_owned().await.map_err(|_| Stop::NotStarted)?;
        drop(waiting);
        let timed = Timed::begin(Arc::clone(&self.meter), function);
        let settings = &self.machine.settings;
        let bounds = Bounds {
            memory_bytes: self.memory_bytes,
            table_elements: settings.size(Limit::TableElements),
            instances: settings.size(Limit::CoreInstances),
            memory_denied: false,
        };
        let mut store = Store::new(&self.machine.engine, bounds);
        store.limiter(|bounds| bounds);
        store.set_hostcall_fuel(settings.size(Limit::Output));
        let most = settings.value(Limit::CallTime);
        let mut spent = 0;
        store.set_epoch_deadline(1);
        store.epoch_deadline_callback(move |_| {
            spent += 1;
            if spent > most {
                return Ok(UpdateDeadline::Interrupt);
            }
            // Every tick, other tasks get their turn; tokio's own yield also lets timers and sockets have theirs. What passes meanwhile is
            // not counted, since the next deadline is set when this call goes on.
            Ok(UpdateDeadline::YieldCustom(1, Box::pin(tokio::task::yield_now())))
        });
        Ok(Visit { store, timed, _place: place, _share: share })
    }
}

/// One call. Dropping it, also in the middle, ends the call and wipes its memory.
pub(crate) struct Visit {
    // First, so that the instance is gone before its place is free.
    store: Store<Bounds>,
    // Then, so that taking it down is timed as well.
    timed: Timed,
    _place: OwnedSemaphorePermit,
    _share: OwnedSemaphorePermit,
}

impl Visit {
    /// The store to call with.
    pub(crate) fn store(&mut self) -> &mut Store<Bounds> {
        &mut self.store
    }

    /// Tells an instance from a stop before it was there.
    pub(crate) fn started<T>(&self, result: wasmtime::Result<T>) -> Result<T, Stop> {
        self.told(result, |stop| if stop == Stop::Malformed { Stop::NotStarted } else { stop })
    }

    /// Tells a result from a stop, and why.
    pub(crate) fn settle<T>(&self, result: wasmtime::Result<T>) -> Result<T, Stop> {
        self.told(result, |stop| stop)
    }

    /// Sorts and counts a stop.
    fn told<T>(&self, result: wasmtime::Result<T>, as_seen: fn(Stop) -> Stop) -> Result<T, Stop> {
        result.map_err(|error| {
            let stop = as_seen(Stop::of(&error, self.store.data().memory_denied));
            self.timed.meter().stopped(stop);
            stop
        })
    }
}

/// What one call may take, counted as it takes it.
pub(crate) struct Bounds {
    memory_bytes: usize,
    table_elements: usize,
    instances: usize,
    memory_denied: bool,
}

impl ResourceLimiter for Bounds {
    fn memory_growing(&mut self, current: usize, desired: usize, _maximum: Option<usize>) -> wasmtime::Result<bool> {
        let granted = take(&mut self.memory_bytes, current, desired);
        self.memory_denied |= !granted;
        Ok(granted)
    }

    fn table_growing(&mut self, current: usize, desired: usize, _maximum: Option<usize>) -> wasmtime::Result<bool> {
        Ok(take(&mut self.table_elements, current, desired))
    }

    fn instances(&self) -> usize {
        self.instances
    }
}

/// Takes what growing needs of what is left, which all memories, or all tables, share.
fn take(left: &mut usize, current: usize, desired: usize) -> bool {
    let remaining = left.checked_sub(desired.saturating_sub(current));
    *left = remaining.unwrap_or(*left);
    remaining.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_memories_of_a_call_share_one_limit() {
        let mut left = 100;
        assert!(take(&mut left, 0, 60));
        assert!(!take(&mut left, 0, 60));
        assert!(take(&mut left, 60, 100));
        assert!(!take(&mut left, 100, 101));
        assert!(take(&mut left, 100, 100));
    }
}
