//! An adapter whose every part can be overridden.

use crate::{Description, Parameter, PingStep, Question, Reply, Step, honest};

/// An adapter that does everything right where it is not overridden.
pub trait Adapter {
    /// Says what it is.
    fn describe() -> Description {
        honest::description()
    }

    /// Starts on a question.
    fn plan(_question: Question) -> Step {
        Step::Send(honest::sending())
    }

    /// Goes on with a question.
    fn absorb(_question: Question, _state: Vec<u8>, _replies: Vec<Reply>) -> Step {
        Step::Answer(honest::answer())
    }

    /// Starts a ping.
    fn ping_plan(_parameters: Vec<Parameter>) -> PingStep {
        PingStep::Send(honest::sending())
    }

    /// Goes on with a ping.
    fn ping_absorb(_state: Vec<u8>, _replies: Vec<Reply>) -> PingStep {
        PingStep::Alive
    }
}

/// Exports an [`Adapter`](crate::Adapter) as the component of the crate that calls this.
#[macro_export]
macro_rules! component {
    ($adapter:ident) => {
        impl $crate::bindings::exports::ssbtx::adapter::translation::Guest for $adapter {
            fn describe() -> $crate::Description {
                <Self as $crate::Adapter>::describe()
            }

            fn plan(question: $crate::Question) -> $crate::Step {
                <Self as $crate::Adapter>::plan(question)
            }

            fn absorb(question: $crate::Question, state: Vec<u8>, replies: Vec<$crate::Reply>) -> $crate::Step {
                <Self as $crate::Adapter>::absorb(question, state, replies)
            }

            fn ping_plan(parameters: Vec<$crate::Parameter>) -> $crate::PingStep {
                <Self as $crate::Adapter>::ping_plan(parameters)
            }

            fn ping_absorb(state: Vec<u8>, replies: Vec<$crate::Reply>) -> $crate::PingStep {
                <Self as $crate::Adapter>::ping_absorb(state, replies)
            }
        }

        #[cfg(target_family = "wasm")]
        $crate::bindings::export!($adapter with_types_in $crate::bindings);
    };
}
