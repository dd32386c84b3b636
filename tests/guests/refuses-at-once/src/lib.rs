//! An honest guest: cannot put any question to its base service, and says so before it sends anything.

use ssbtx_guest_adapter_harness::{Adapter, Notice, Parameter, PingStep, Question, Step};

/// The guest.
pub struct RefusesAtOnce;

impl Adapter for RefusesAtOnce {
    fn plan(_question: Question) -> Step {
        Step::Failed(Notice { code: "AF-FRAGA".to_owned(), message: "Frågan går inte att ställa.".to_owned() })
    }

    // Its code is the name that it is given, so that a test sees what a ping is told.
    fn ping_plan(parameters: Vec<Parameter>) -> PingStep {
        let code = parameters.into_iter().map(|parameter| parameter.value).next().unwrap_or("AF-NAMN".to_owned());
        PingStep::Failed(Notice { code, message: "Testet går inte att göra.".to_owned() })
    }
}

ssbtx_guest_adapter_harness::component!(RefusesAtOnce);
