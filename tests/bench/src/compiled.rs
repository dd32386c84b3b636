//! A fresh instance of a component, and nothing done with it: what the machine itself takes for that.

use std::hint::black_box;

use anyhow::Result;
use wasmtime::component::{Component, InstancePre, Linker};
use wasmtime::{Config, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Store, WasmFeatures};

use crate::pace::Subject;

/// Instances of one component, on an engine with a pool as the sandbox's, but without limits, clock or stack of their own.
pub struct Empty {
    engine: Engine,
    component: InstancePre<()>,
}

impl Empty {
    /// Compiles a component that imports nothing.
    pub fn new(component: &[u8]) -> Result<Self> {
        let mut pool = PoolingAllocationConfig::new();
        pool.max_memory_size(64 << 20).table_elements(20_000);
        let engine = Engine::new(&config(&pool)).map_err(foreign)?;
        let compiled = Component::new(&engine, component).map_err(foreign)?;
        let component = Linker::new(&engine).instantiate_pre(&compiled).map_err(foreign)?;
        Ok(Self { engine, component })
    }
}

impl Subject for Empty {
    type Input = ();

    fn prepare(&self) {}

    async fn pass(&self, (): ()) -> Result<()> {
        let mut store = Store::new(&self.engine, ());
        black_box(self.component.instantiate(&mut store).map_err(foreign)?);
        Ok(())
    }
}

/// An engine's settings, with a pool, and without what the sandbox has no use for either.
pub fn config(pool: &PoolingAllocationConfig) -> Config {
    let unused =
        WasmFeatures::GC | WasmFeatures::GC_TYPES | WasmFeatures::FUNCTION_REFERENCES | WasmFeatures::EXCEPTIONS;
    let mut config = Config::new();
    config.wasm_features(unused, false);
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool.clone()));
    config
}

/// An error of the engine.
pub fn foreign(error: wasmtime::Error) -> anyhow::Error {
    anyhow::Error::from_boxed(error.into_boxed_dyn_error())
}
