//! A fresh instance of a component, and nothing done with it: what the machine itself takes for that.

use std::hint::black_box;

use anyhow::Result;
use wasmtime::component::{Component, InstancePre, Linker};
use wasmtime::{Config, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Store};

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
        let mut config = Config::new();
        config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
        let engine = Engine::new(&config).map_err(foreign)?;
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

/// An error of the engine.
pub fn foreign(error: wasmtime::Error) -> anyhow::Error {
    anyhow::Error::from_boxed(error.into_boxed_dyn_error())
}
