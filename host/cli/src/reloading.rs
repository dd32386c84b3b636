//! Taking over a changed configuration while the host serves: all of it, or nothing.

mod changes;

use ssbtx_admin::Admin;
use ssbtx_config_file::told;
use ssbtx_gateway::Gateway;

use crate::config::{Config, NotConfigured};
use crate::demonstration;
use crate::logging::LogFilter;
use crate::operating::InForce;
use changes::Changes;

pub use changes::is_of_consumers;

/// What a reload changes.
pub struct Doors<'d> {
    pub gateway: &'d Gateway,
    pub admin: Option<&'d Admin>,
    pub log_filter: &'d LogFilter,
}

/// Looks whether a configuration can take the place of what is in force, and tells which keys change.
///
/// # Errors
///
/// Everything that stands against it: what is wrong, or else every key that has changed and takes a restart.
pub fn judge(loaded: Result<Config, NotConfigured>, former: &InForce) -> Result<(Config, Vec<String>), Vec<String>> {
    let config = loaded.map_err(|error| match error {
        NotConfigured::Faults(faults) => faults.iter().map(ToString::to_string).collect(),
        unreadable @ NotConfigured::Unreadable(_) => vec![told(&unreadable)],
    })?;
    let Changes { taken, mut refused } = Changes::between(&former.settings, &config.settings);
    if let Err(older) = config.listen.tls.may_follow(&former.tls) {
        refused.push(format!("listen.revocation-lists: {older}"));
    }
    if let Err(of_the_demo) = demonstration::refuse(&config, former.demonstration) {
        refused.push(of_the_demo.to_string());
    }
    if refused.is_empty() { Ok((config, taken)) } else { Err(refused) }
}

impl Doors<'_> {
    /// Takes over what may change while the host serves. Nothing here can fail.
    pub fn open(&self, config: Config) {
        let Config { listen, consumers, admin, log, .. } = config;
        self.gateway.admit(listen.tls, consumers);
        if let (Some(listener), Some(settings)) = (self.admin, admin) {
            listener.admit(&settings.tls);
        }
        self.log_filter.replace(log.filter);
    }
}
