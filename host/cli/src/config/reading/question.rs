//! How the host treats questions.

use std::collections::BTreeMap;
use std::time::Duration;

use ssbtx_broker::BrokerSettings;
use ssbtx_config_file::Unit;
use ssbtx_core::{AgencyId, BASE_SERVICES, IdentityCheck};
use ssbtx_gateway::GatewayLimits;

use super::Reading;
use crate::config_file;

/// How questions are treated.
pub(super) struct Questions {
    pub(super) broker: BrokerSettings,
    pub(super) identity_check: IdentityCheck,
    pub(super) household_at_once: usize,
}

impl Reading<'_> {
    pub(super) fn questions(&self) -> Option<Questions> {
        let table = self.root.table("question", config_file::QUESTION);
        let default = BrokerSettings::default();
        let deadline = table.time("deadline-ms", Unit::Milliseconds, &BrokerSettings::DEADLINE, default.deadline);
        let household_at_once = table.number(
            "household-at-once",
            &GatewayLimits::HOUSEHOLD_AT_ONCE,
            GatewayLimits::default().household_at_once,
        );
        let agency_deadlines = self.agency_deadlines(deadline);
        let identity_check = table.choice(
            "identity-check",
            [
                ("date-and-check-digit", IdentityCheck::DateAndCheckDigit),
                ("twelve-digits", IdentityCheck::TwelveDigits),
            ],
        );
        let broker = BrokerSettings { deadline, agency_deadlines };
        Some(Questions { broker, identity_check: identity_check?, household_at_once })
    }

    /// Reads the base services' own deadlines, by name, none of which is later than the question's.
    fn agency_deadlines(&self, deadline: Duration) -> BTreeMap<AgencyId, Duration> {
        let names = BASE_SERVICES.map(|agency| agency.to_string());
        let table = self.root.table("agency-deadlines-ms", &names.each_ref().map(String::as_str));
        let range = *BrokerSettings::DEADLINE.start()..=deadline;
        let read =
            |(agency, name): (AgencyId, &String)| (agency, table.time(name, Unit::Milliseconds, &range, deadline));
        BASE_SERVICES.into_iter().zip(&names).map(read).collect()
    }
}
