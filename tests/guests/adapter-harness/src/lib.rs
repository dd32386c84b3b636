//! What every hostile adapter is made with: an adapter that does everything right, of which a guest overrides its misdeed.

mod adapter;
pub mod honest;

pub use adapter::Adapter;
pub use ssbtx_adapter_kit::bindings;
pub use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{
    Answer, DatasetFailure, Description, Document, Header, Limits, Method, Node, Notice, Parameter, PingStep, Question,
    Reply, Request, Sending, Step, Value,
};
