//! Instances that are kept, each with a question planned in it.

use anyhow::{Context, Result};
use ssbtx_core::{DatasetId, Question};
use wasmtime::component::{Component, InstancePre, Linker, Val};
use wasmtime::{Engine, PoolingAllocationConfig, Store};

use crate::compiled::{config, foreign};
use crate::product;

/// Makes instances to keep, in a pool like the sandbox's that has room for all of them.
pub(super) struct Keeper {
    engine: Engine,
    component: InstancePre<()>,
}

/// An instance that has planned a question.
pub(super) struct Kept {
    _store: Store<()>,
}

impl Keeper {
    /// Room for so many instances of a component.
    pub(super) fn new(component: &[u8], instances: usize) -> Result<Self> {
        let instances = u32::try_from(instances)?.saturating_add(SPARE);
        let mut pool = PoolingAllocationConfig::new();
        pool.total_component_instances(instances)
            .total_core_instances(instances)
            .total_memories(instances)
            .total_tables(instances)
            .max_memory_size(LARGEST_MEMORY)
            .table_elements(20_000);
        let mut config = config(&pool);
        // A reservation of what an instance may have, and not of the four gigabytes that make a check of each access needless: ten thousand
        // of those are more than a process can be given. It changes what is reserved and not what is resident.
        config.memory_reservation(LARGEST_MEMORY as u64).memory_guard_size(GUARD);
        let engine = Engine::new(&config).map_err(foreign)?;
        let compiled = Component::new(&engine, component).map_err(foreign)?;
        let component = Linker::new(&engine).instantiate_pre(&compiled).map_err(foreign)?;
        Ok(Self { engine, component })
    }

    /// A new instance that has planned this question.
    pub(super) fn planned(&self, question: &Question, wanted: &[DatasetId]) -> Result<Kept> {
        let mut store = Store::new(&self.engine, ());
        let instance = self.component.instantiate(&mut store).map_err(foreign)?;
        let interface = instance.get_export_index(&mut store, None, INTERFACE).context("no interface")?;
        let plan = instance.get_export_index(&mut store, Some(&interface), "plan").context("no `plan`")?;
        let plan = instance.get_func(&mut store, plan).context("`plan` is no function")?;
        let mut step = [Val::Bool(false)];
        plan.call(&mut store, &[in_words(question, wanted)], &mut step).map_err(foreign)?;
        Ok(Kept { _store: store })
    }
}

/// A question as the contract has it, put together by hand: the host's own way to do so is the sandbox's alone.
fn in_words(question: &Question, wanted: &[DatasetId]) -> Val {
    let text = |text: &str| Val::String(text.to_owned());
    let date = |date: jiff::civil::Date| Val::String(date.to_string());
    let record = |fields: Vec<(&str, Val)>| {
        Val::Record(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    };
    let organisation = &question.requester.organisation;
    let organisation = vec![("number", text(organisation.number.as_str())), ("name", text(&organisation.name))];
    let requester = vec![
        ("organisation", record(organisation)),
        ("caseworker", text(question.requester.caseworker.as_str())),
        ("processors", Val::List(Vec::new())),
    ];
    let period = vec![("from", date(question.period.from())), ("to", date(question.period.to()))];
    record(vec![
        ("person", text(question.person.reveal())),
        ("period", record(period)),
        ("requester", record(requester)),
        ("case-id", text(question.case.as_str())),
        ("purpose", text(question.purpose.as_str())),
        ("legal-text", text(product::LEGAL_TEXT)),
        ("parameters", Val::List(Vec::new())),
        ("correlation-id", Val::Option(None)),
        ("asked-on", date(question.asked_on)),
        ("wanted", Val::List(wanted.iter().map(|dataset| text(dataset.as_str())).collect())),
    ])
}

const INTERFACE: &str = "ssbtx:adapter/translation@1.0.0";
const LARGEST_MEMORY: usize = 64 << 20;
const GUARD: u64 = 64 << 10;
/// For those that warm up.
const SPARE: u32 = 8;
