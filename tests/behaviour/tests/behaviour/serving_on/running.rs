//! A host that serves a sound repository, in whose place another can be put.

use std::error::Error;
use std::fs;
use std::os::unix::fs::symlink;

use serde_json::{Value, json};
use ssbtx_base_services::Agency;
use ssbtx_stage::components;
use ssbtx_stage::grants;
use ssbtx_stage::questions::Asking;
use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use ssbtx_trust::{LastGood, Memory, NotTrusted, RepositorySettings, TrustedSet, load};
use tempfile::TempDir;

use crate::play::{ALVAR, Play, Staging, state};

/// A running host, and what it last took.
pub(crate) struct Running {
    play: Play,
    sound: DemoRepository,
    memory: LastGood,
    placed: u32,
    has_refused: bool,
    is_led_on: bool,
    home: TempDir,
}

impl Running {
    /// Starts a host with one adapter, one policy and the same policy proposed.
    pub(crate) async fn begin() -> Self {
        let mut staging = Staging::without(&Agency::ALL[1..]);
        staging.accepted.retain(|accepted| accepted.datasets.is_empty());
        let play = Play::of(&targets(), staging);
        let home = TempDir::new().unwrap();
        let sound = play.repository.copied_to(&home.path().join("sound")).unwrap();
        let memory = LastGood::open(home.path().join("memory")).unwrap();
        let running = Self { play, sound, memory, placed: 0, has_refused: false, is_led_on: false, home };
        running.memory.keep(&running.load().await).unwrap();
        running
    }

    /// What it serves.
    pub(crate) fn sound(&self) -> &DemoRepository {
        &self.sound
    }

    /// What it must remember.
    pub(crate) fn memory(&self) -> LastGood {
        self.memory.clone()
    }

    /// Whether it has refused something since it was mended.
    pub(crate) fn has_refused(&self) -> bool {
        self.has_refused
    }

    /// Whether it has taken more than what it began with.
    pub(crate) fn is_led_on(&self) -> bool {
        self.is_led_on
    }

    /// Puts a repository in its place which it must take.
    pub(crate) async fn takes(&mut self, repository: &DemoRepository, set: &TrustedSet) {
        self.place(repository);
        self.takes_over(set).await;
        self.sound = repository.copied_to(&self.home.path().join(format!("sound-{}", self.placed))).unwrap();
        self.is_led_on = true;
    }

    /// Puts a repository in its place which it must refuse as its loader does, and serve on.
    pub(crate) async fn refuses(&mut self, repository: &DemoRepository, refusal: &NotTrusted) {
        let before = self.play.editions().await;
        self.place(repository);
        let expected = reasons(refusal);
        let told = |editions: &Value| {
            let newest = &editions["attempts"][0];
            let told = newest["reasons"].to_string();
            newest["result"] == "refused" && expected.iter().all(|reason| told.contains(&as_json(reason)))
        };
        let editions = self.play.until(&format!("it is refused: {expected:?}"), told).await;
        assert_eq!(editions["active"], before["active"], "another edition is active");
        assert_eq!(editions["trust"], before["trust"], "something of what was refused is believed");
        self.answers().await;
        self.has_refused = true;
    }

    /// Puts what it last took in its place again, which says that it is newer.
    pub(crate) async fn mend(&mut self) {
        self.sound.renew_timestamp().unwrap();
        let set = self.load().await;
        self.place(&self.sound.clone());
        self.takes_over(&set).await;
        self.has_refused = false;
    }

    /// Puts a next version in its place, which it must answer with.
    pub(crate) async fn goes_on(&mut self) {
        self.sound.publish_next(&["af"]).unwrap();
        let (sound, set) = (self.sound.clone(), self.load().await);
        self.takes(&sound, &set).await;
        assert_eq!(self.play.editions().await["active"]["trustVersion"], set.version());
    }

    /// Loads what it serves, as it must.
    async fn load(&self) -> TrustedSet {
        let mut settings = RepositorySettings::new(self.sound.root_bytes().to_vec(), self.sound.directory());
        settings.memory = Memory::LastGood(self.memory.clone());
        load(&settings).await.unwrap()
    }

    async fn takes_over(&self, set: &TrustedSet) {
        let roles: Vec<Value> = set
            .roles()
            .iter()
            .map(|role| json!({ "name": role.name, "version": role.version, "expires": role.expires.to_string() }))
            .collect();
        let roles = Value::from(roles);
        self.play.until(&format!("it is taken: {roles}"), |editions| editions["trust"]["roles"] == roles).await;
        self.answers().await;
    }

    /// It answers, from the edition that it says is active.
    async fn answers(&self) {
        let active = &self.play.editions().await["active"];
        let answer = self.play.ask(&Asking::about(ALVAR).including(&["AF"])).await;
        assert_eq!(answer["edition"]["trustVersion"], active["trustVersion"]);
        assert_ne!(state(&answer, "AF"), "failed", "{answer}");
    }

    /// Puts a repository where the host looks, at once: whoever reads there reads the one or the other.
    fn place(&mut self, repository: &DemoRepository) {
        self.placed += 1;
        let copy = repository.copied_to(&self.home.path().join(format!("placed-{}", self.placed))).unwrap();
        let (place, link) = (self.play.repository.directory(), self.home.path().join("link"));
        symlink(copy.directory(), &link).unwrap();
        if !place.is_symlink() {
            fs::rename(&place, self.home.path().join("first")).unwrap();
        }
        fs::rename(link, place).unwrap();
    }
}

fn targets() -> Vec<DemoTarget> {
    let policy = components::read("policies/ekonomiskt-bistand/policy.wasm");
    let adapter = "adapters/af/adapter.wasm";
    let components = [
        DemoTarget::new(adapter, components::read(adapter)),
        DemoTarget::new("policies/ekonomiskt-bistand/policy.wasm", policy.clone()),
    ];
    let others = [
        DemoTarget::new("shadow/ekonomiskt-bistand/policy.wasm", policy),
        DemoTarget::new("tightening/withheld.json", ssbtx_core::Tightening::default().to_json()),
        DemoTarget::new("policies/lifted.json", ssbtx_core::Lifted::default().to_json()),
    ];
    let grants = grants::for_targets(&components).unwrap();
    components.into_iter().chain(grants).chain(others).collect()
}

/// What an error says, and what each of its causes says.
fn reasons(error: &(dyn Error + 'static)) -> Vec<String> {
    let mut reasons = vec![error.to_string()];
    let mut next = error.source();
    while let Some(error) = next {
        reasons.push(error.to_string());
        next = error.source();
    }
    reasons
}

/// A text as it stands in a JSON text, without its quotes.
fn as_json(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}
