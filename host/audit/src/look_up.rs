//! Looking a person up: what is asked for, who signs it, and what must hold before anything is searched.

mod granted;
mod record;
mod request;

pub use granted::{Granted, LookUpRefused};
pub(crate) use record::LookedUp;
pub use request::{InvalidRequest, LookUpRequest, NotSigned, Reason};
