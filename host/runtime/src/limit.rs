//! Every limit of the sandbox, with its range.

/// A limit that the operator may set.
///
/// Limits that the contract itself states are not here, since an operator cannot change a contract: at most eight steps, 16 requests a step,
/// 65,536 bytes of state, and the limits of catalogues and descriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Limit {
    /// How long one call may run.
    ///
    /// # Units
    ///
    /// Milliseconds of running: while it waits for its turn or for memory, nothing is counted. Default 200, smallest 1, largest 5,000.
    /// An honest call takes microseconds, and deciding on a catalogue of 8,192 elements some 15 ms on two cores, since every text of it is copied in.
    /// So the default leaves room for the largest documents and catalogues on the slowest machines and is still a small part of a question's deadline. It does not stop a component from using all of it on every call.
    CallTime,
    /// How much linear memory a call may have where its component does not ask for an amount: policies, and `describe`.
    ///
    /// # Units
    ///
    /// Bytes, of all memories together. Default 32 MiB, smallest 64 KiB, largest 1 GiB; never more than [`Limit::LargestMemory`]. The default
    /// holds a catalogue of 8,192 elements many times over.
    Memory,
    /// The most linear memory that an adapter is granted, however much it asks for.
    ///
    /// # Units
    ///
    /// Bytes, of all memories together. Default 64 MiB, smallest 64 KiB, largest 1 GiB. A reply, its copy and the document must fit in.
    /// It does not stop many calls at once from using as much each: that is [`Limit::ConcurrentCalls`].
    LargestMemory,
    /// How many elements the tables of a call may have together.
    ///
    /// # Units
    ///
    /// Table elements. Default 20,000, smallest 1, largest 1,000,000. A table holds a component's indirect functions, of which it has some
    /// hundreds.
    TableElements,
    /// How much stack a call may use.
    ///
    /// # Units
    ///
    /// Bytes. Default 512 KiB, smallest 64 KiB, largest 4 MiB. Catalogues are at most 32 levels deep, so no honest recursion comes near.
    Stack,
    /// How much a call may give back.
    ///
    /// # Units
    ///
    /// Bytes on the host's side, counted as they are copied out, so that many strings over the same memory count every time. Default 32 MiB,
    /// smallest 64 KiB, largest 256 MiB. A document of the default [`Limit::Nodes`] with texts of usual length takes less than half of it.
    Output,
    /// How many nodes a document may have.
    ///
    /// # Units
    ///
    /// Nodes. Default 200,000, smallest 1, largest 1,000,000. The largest real answers have some thousands.
    Nodes,
    /// The largest reply that an adapter is given, however much it asks for.
    ///
    /// # Units
    ///
    /// Bytes of a body. Default 8 MiB, smallest 1 KiB, largest 256 MiB. Real answers are below 1 MiB. It does not bound what the upstream client
    /// reads: that one has to be told.
    Reply,
    /// The largest component.
    ///
    /// # Units
    ///
    /// Bytes. Default 4 MiB, smallest 1 KiB, largest 64 MiB. A component in Rust is below 100 KiB; one that brings an interpreter takes some MiB. It
    /// bounds what compiling may cost.
    Component,
    /// How many core modules a component may hold.
    ///
    /// # Units
    ///
    /// Modules, nested ones included. Default 8, smallest 1, largest 128. A component in Rust holds one.
    CoreModules,
    /// How many core instances a component may make.
    ///
    /// # Units
    ///
    /// Instances, nested ones included. Default 16, smallest 1, largest 256. A component in Rust makes one.
    CoreInstances,
    /// How deep components and modules may be nested.
    ///
    /// # Units
    ///
    /// Levels, the component itself being the first. Default 4, smallest 2, largest 16. A component in Rust has two.
    Nesting,
    /// How many calls may be alive at once.
    ///
    /// # Units
    ///
    /// Calls. Default 128, smallest 1, largest 1,024. Further calls wait for their turn, first come first served. Calls are short and none is alive while
    /// an agency is waited for, so this bounds memory (times [`Limit::LargestMemory`]) and not the number of questions.
    ConcurrentCalls,
    /// How many of them one component may have.
    ///
    /// # Units
    ///
    /// Calls. Default 32, smallest 1, largest 1,024. One component that uses up its time on every call leaves room for all others. It does
    /// not stop four such components from filling the default [`Limit::ConcurrentCalls`].
    ConcurrentCallsPerComponent,
}

/// What a limit may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// What it is unless the operator says otherwise.
    pub default: u64,
    /// The smallest value.
    pub smallest: u64,
    /// The largest value.
    pub largest: u64,
}

impl Limit {
    /// Every limit.
    pub const ALL: [Self; 14] = [
        Self::CallTime,
        Self::Memory,
        Self::LargestMemory,
        Self::TableElements,
        Self::Stack,
        Self::Output,
        Self::Nodes,
        Self::Reply,
        Self::Component,
        Self::CoreModules,
        Self::CoreInstances,
        Self::Nesting,
        Self::ConcurrentCalls,
        Self::ConcurrentCallsPerComponent,
    ];

    /// The stable name, with its unit, as the configuration file has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::CallTime => "call_time_ms",
            Self::Memory => "memory_bytes",
            Self::LargestMemory => "largest_memory_bytes",
            Self::TableElements => "table_elements",
            Self::Stack => "stack_bytes",
            Self::Output => "output_bytes",
            Self::Nodes => "nodes",
            Self::Reply => "reply_bytes",
            Self::Component => "component_bytes",
            Self::CoreModules => "core_modules",
            Self::CoreInstances => "core_instances",
            Self::Nesting => "nesting_levels",
            Self::ConcurrentCalls => "concurrent_calls",
            Self::ConcurrentCallsPerComponent => "concurrent_calls_per_component",
        }
    }

    /// What it may be.
    pub fn range(self) -> Range {
        let (default, smallest, largest) = match self {
            Self::CallTime => (200, 1, 5_000),
            Self::Memory => (32 * MIB, 64 * KIB, 1024 * MIB),
            Self::LargestMemory => (64 * MIB, 64 * KIB, 1024 * MIB),
            Self::TableElements => (20_000, 1, 1_000_000),
            Self::Stack => (512 * KIB, 64 * KIB, 4 * MIB),
            Self::Output => (32 * MIB, 64 * KIB, 256 * MIB),
            Self::Nodes => (200_000, 1, 1_000_000),
            Self::Reply => (8 * MIB, KIB, 256 * MIB),
            Self::Component => (4 * MIB, KIB, 64 * MIB),
            Self::CoreModules => (8, 1, 128),
            Self::CoreInstances => (16, 1, 256),
            Self::Nesting => (4, 2, 16),
            Self::ConcurrentCalls => (128, 1, 1_024),
            Self::ConcurrentCallsPerComponent => (32, 1, 1_024),
        };
        Range { default, smallest, largest }
    }
}

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
