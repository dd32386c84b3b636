//! The one engine that everything runs on.

use std::io;
use std::sync::Arc;

use tokio::sync::Semaphore;
use wasmtime::{Cache, Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig};

use crate::compiled_code::CompiledCode;
use crate::limit::Limit;
use crate::line::Line;
use crate::meters::Meters;
use crate::proposals::ACCEPTED;
use crate::settings::SandboxSettings;
use crate::ticker::Ticker;

/// An engine with its limits, its clock and its places.
///
/// Whatever can be called holds the machine, so that the clock runs for as long as there is anything to interrupt.
pub(crate) struct Machine {
    pub(crate) engine: Engine,
    pub(crate) settings: SandboxSettings,
    /// A permit for each call that may be alive.
    pub(crate) places: Arc<Semaphore>,
    /// Those who wait for one.
    pub(crate) line: Line,
    /// How long the calls of each component take.
    pub(crate) meters: Meters,
    /// Machine code that was kept, where any is.
    pub(crate) cache: Option<Cache>,
    _ticker: Ticker,
}

impl Machine {
    /// Builds the engine and starts its clock.
    pub(crate) fn new(settings: SandboxSettings) -> Result<Self, SandboxFault> {
        let unusable = |error: wasmtime::Error| SandboxFault::Engine(error.into_boxed_dyn_error());
        let cache = settings.compiled_code().map(CompiledCode::cache).transpose().map_err(unusable)?;
        let mut config = config(&settings);
        config.cache(cache.clone());
        let engine = Engine::new(&config).map_err(unusable)?;
        let ticker = Ticker::start(&engine).map_err(SandboxFault::Ticker)?;
        let places = Arc::new(Semaphore::new(settings.size(Limit::ConcurrentCalls)));
        let (line, meters) = (Line::default(), Meters::default());
        Ok(Self { engine, settings, places, line, meters, cache, _ticker: ticker })
    }
}

/// Why there is no sandbox: the machine that the host runs on cannot carry it.
#[derive(Debug, thiserror::Error)]
pub enum SandboxFault {
    /// The engine does not work here, or there is not enough address space for its pools.
    #[error("cannot build the engine that runs components")]
    Engine(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The thread that interrupts running components cannot be started.
    #[error("cannot start the thread that interrupts components")]
    Ticker(#[source] io::Error),
}

fn config(settings: &SandboxSettings) -> Config {
    let mut config = Config::new();
    config.wasm_features(!ACCEPTED, false).wasm_features(ACCEPTED, true);
    // A recorded exchange must replay bit for bit: the bits of a NaN are the only thing left that could differ between processors.
    config.cranelift_nan_canonicalization(true);
    config.epoch_interruption(true);
    config.max_wasm_stack(settings.size(Limit::Stack)).async_stack_size(settings.size(Limit::Stack) + HOST_STACK_BYTES);
    // What one call left on its stack must not lie on the stack of another.
    config.async_stack_zeroing(true);
    // A backtrace would tell where in its data a component stopped.
    config.wasm_backtrace_max_frames(None);
    config.memory_init_cow(true);
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool(settings)));
    config
}

/// Room for as many calls as may be alive, and nothing kept of any of them afterwards.
fn pool(settings: &SandboxSettings) -> PoolingAllocationConfig {
    let calls = settings.count(Limit::ConcurrentCalls);
    let instances = settings.count(Limit::CoreInstances);
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(calls)
        .total_core_instances(calls.saturating_mul(instances))
        .total_memories(calls.saturating_mul(MEMORIES_PER_CALL))
        .total_tables(calls.saturating_mul(TABLES_PER_CALL))
        // One for the call, one for an instance that is just being taken down.
        .total_stacks(calls.saturating_mul(2))
        .max_core_instances_per_component(instances)
        .max_memories_per_component(MEMORIES_PER_CALL)
        .max_tables_per_component(TABLES_PER_CALL)
        .max_tables_per_module(TABLES_PER_CALL)
        .max_component_instance_size(INSTANCE_BYTES)
        .max_core_instance_size(INSTANCE_BYTES)
        .table_elements(settings.size(Limit::TableElements))
        .max_memory_size(settings.size(Limit::LargestMemory))
        .linear_memory_keep_resident(0)
        .table_keep_resident(0)
        .async_stack_keep_resident(STACK_WIPED_IN_PLACE_BYTES);
    // Only where the kernel tells which pages a call wrote to (Linux 6.7): else all that may stay would be overwritten after every call.
    if PoolingAllocationConfig::is_pagemap_scan_available() {
        pool.pagemap_scan(Enabled::Yes)
            .linear_memory_keep_resident(MEMORY_WIPED_IN_PLACE_BYTES)
            .table_keep_resident(TABLE_WIPED_IN_PLACE_BYTES);
    }
    pool
}

/// What the host needs of a stack for itself: copying values in and out, and growing memory.
const HOST_STACK_BYTES: usize = 1024 * 1024;
/// How much of a used stack is overwritten with zeros where it lies; the rest is given back to the system and comes back zero. Giving back all of it
/// costs as much as the rest of a call, and an honest call never goes beyond this: none of our own needs half of it.
const STACK_WIPED_IN_PLACE_BYTES: usize = 32 * 1024;
/// How much of a used memory is put back to what it was where it lies; the rest is given back to the system. The largest
/// LEFI answer, 200 KB, writes to some one MiB; an ordinary answer to much less.
const MEMORY_WIPED_IN_PLACE_BYTES: usize = 2 * 1024 * 1024;
/// The same for a table: a component in Rust has a hundred elements or so.
const TABLE_WIPED_IN_PLACE_BYTES: usize = 16 * 1024;
/// A component in Rust has one memory; one that brings an interpreter may have a second.
const MEMORIES_PER_CALL: u32 = 2;
/// A component in Rust has one table.
const TABLES_PER_CALL: u32 = 8;
/// The engine's own bookkeeping of one instance, which grows with its functions.
const INSTANCE_BYTES: usize = 1024 * 1024;
