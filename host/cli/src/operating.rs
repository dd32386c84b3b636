//! What a host does between its beginning and its end besides answering: it hears what it is told.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use jiff::Timestamp;
use ssbtx_admin::{Admin, Control as _, Reloaded};
use ssbtx_config_file::Setting;
use ssbtx_gateway::{Gateway, ServerTls};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::{interval, sleep};
use tracing::{error, info};

use crate::certificates::{self, Certificate};
use crate::commanding::{Commander, Commands};
use crate::config;
use crate::demonstration::Allowed;
use crate::logging::LogFilter;
use crate::reloading::{Doors, judge};

/// What it takes to hear and to obey.
pub struct Operating {
    pub commander: Commander,
    pub log_filter: LogFilter,
    pub in_force: InForce,
}

/// The configuration that is in force, as far as the next one is judged by it.
pub struct InForce {
    /// Where it was read, and is read again.
    pub path: PathBuf,
    /// Every key with its value.
    pub settings: Vec<Setting>,
    /// The listener's, whose revocation lists none that are older may follow.
    pub tls: ServerTls,
    /// The certificates that are shown and trusted.
    pub certificates: Vec<Certificate>,
    /// For how long the host goes on as before when it is told to stop.
    pub drain: Duration,
    /// Whether keys of the demo are taken.
    pub demonstration: Allowed,
}

/// What it hears: the operating system, and the operator through the admin listener.
pub struct Heard {
    terminated: Signal,
    interrupted: Signal,
    hung_up: Signal,
    commands: Commands,
}

impl Heard {
    /// Hears signals from now on; none of them ends the process by itself any more.
    pub fn listen(commands: Commands) -> Result<Self> {
        Ok(Self {
            terminated: signal(SignalKind::terminate()).context("listen for SIGTERM")?,
            interrupted: signal(SignalKind::interrupt()).context("listen for SIGINT")?,
            hung_up: signal(SignalKind::hangup()).context("listen for SIGHUP")?,
            commands,
        })
    }
}

impl Operating {
    /// Obeys until the host is to stop, and then drains it.
    ///
    /// On SIGTERM and on the operator's word the host is not ready any more, and answers on for as long as it takes until nobody asks it. On
    /// SIGINT, which somebody sits and waits for, and on a second signal, it does not wait.
    pub async fn until_stopped(mut self, gateway: &Gateway, admin: Option<&Admin>, heard: Heard) {
        let Heard { mut terminated, mut interrupted, mut hung_up, mut commands } = heard;
        let mut day = interval(A_DAY);
        loop {
            tokio::select! {
                _ = terminated.recv() => break,
                _ = commands.drains.wait_for(|drains| *drains) => break,
                _ = interrupted.recv() => return self.commander.drain(),
                _ = hung_up.recv() => drop(self.reload(gateway, admin).await),
                Some(answer) = commands.reloads.recv() => {
                    // Who asked may have gone away.
                    answer.send(self.reload(gateway, admin).await).ok();
                }
                _ = day.tick() => certificates::warn_of(&self.in_force.certificates, Timestamp::now()),
            }
        }
        // From here on nobody is told anything but that it stops.
        drop(commands);
        self.commander.drain();
        gateway.drain();
        info!(drain_ms = self.in_force.drain.as_millis(), "draining");
        tokio::select! {
            () = sleep(self.in_force.drain) => {}
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
    }

    /// Reads the configuration anew and takes it over, or changes nothing.
    async fn reload(&mut self, gateway: &Gateway, admin: Option<&Admin>) -> Reloaded {
        let path = self.in_force.path.clone();
        let now = Timestamp::now();
        let judged = match tokio::task::spawn_blocking(move || config::load(&path)).await {
            Ok(loaded) => judge(loaded, &self.in_force),
            Err(_) => Err(vec!["configuration could not be read".to_owned()]),
        };
        match judged {
            Ok((config, changed)) => {
                let InForce { settings, tls, certificates, drain, .. } = &mut self.in_force;
                settings.clone_from(&config.settings);
                certificates.clone_from(&config.certificates);
                (*tls, *drain) = (config.listen.tls.clone(), config.listen.drain);
                Doors { gateway, admin, log_filter: &self.log_filter }.open(config);
                self.commander.taken(self.in_force.settings.clone(), &self.in_force.certificates, now);
                info!(?changed, "configuration is taken over");
                certificates::warn_of(&self.in_force.certificates, now);
                Reloaded::Taken { changed }
            }
            Err(faults) => {
                error!(?faults, "configuration stays as it was");
                self.commander.refused(faults.clone(), now);
                Reloaded::Refused { faults }
            }
        }
    }
}

const A_DAY: Duration = Duration::from_hours(24);
