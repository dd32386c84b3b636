//! Keys are lost and replaced, persons come and go, thresholds rise: by the commands that people type, under a host that runs.
//!
//! After each, what the new keys sign is taken. What the old ones sign nobody can publish, and a host that is shown it all the same, under the
//! machines' keys, refuses it.

mod office;

use serde_json::Value;
use ssbtx_base_services::Agency;
use ssbtx_stage::configuration::Accepted;
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, Play, Staging, state};
use office::{Office, SPACE};

#[tokio::test]
async fn an_officer_who_lost_a_key_gets_another_and_one_more_has_to_sign() {
    let mut rotated = Rotated::begin().await;
    rotated.office.key("olle-new", "Olle Root");
    rotated.rotate(
        &format!(
            "repo rotate-root rotation --repository repository --role root --role targets --add olle-new.pub.json \
             --remove Olle{SPACE}Root --threshold 3"
        ),
        &["olga", "oskar", "olle-new"],
    );
    rotated.is_taken("targets", &["olga", "oskar", "olle-new"]).await;
    rotated.is_refused("targets", &["olle", "olga"], "olle").await;
}

#[tokio::test]
async fn a_person_of_governance_who_leaves_signs_no_more_and_who_comes_does() {
    let mut rotated = Rotated::begin().await;
    rotated.office.key("doris", "Doris Exempel");
    rotated.rotate(
        &format!(
            "repo delegate rotation --repository repository --delegation governance --add doris.pub.json --remove Anna{SPACE}Exempel"
        ),
        &["olle", "olga", "doris", "bo"],
    );
    rotated.is_taken("governance", &["doris", "bo"]).await;
    rotated.is_refused("governance", &["anna", "bo"], "anna").await;
}

#[tokio::test]
async fn an_agency_that_lost_its_key_gets_another() {
    let mut rotated = Rotated::begin().await;
    rotated.office.key("anders-new", "Anders Förmedlare");
    rotated.rotate(
        &format!(
            "repo delegate rotation --repository repository --delegation af --add anders-new.pub.json --remove Anders{SPACE}Förmedlare"
        ),
        &["olle", "olga", "anders-new"],
    );
    rotated.is_taken("af", &["anders-new"]).await;
    rotated.is_refused("af", &["anders"], "anders").await;
}

#[tokio::test]
async fn where_three_have_to_sign_two_are_too_few() {
    let mut rotated = Rotated::begin().await;
    rotated.rotate(
        "repo delegate rotation --repository repository --delegation governance --threshold 3",
        &["olle", "olga", "anna", "bo", "asa"],
    );
    rotated.is_taken("governance", &["anna", "bo", "asa"]).await;
    rotated.is_refused("governance", &["anna", "bo"], "").await;
}

/// A host that serves what the office publishes, and the repository as it was before keys changed.
struct Rotated {
    play: Play,
    office: Office,
}

impl Rotated {
    async fn begin() -> Self {
        let (play, office) = (Play::staged(staging()), Office::founded());
        let mut rotated = Self { play, office };
        rotated.office.keep_a_copy();
        rotated.office.take_the_place_of(&mut rotated.play);
        rotated.serves().await;
        rotated
    }

    /// Publishes a change of keys that these have signed.
    fn rotate(&self, command: &str, signers: &[&str]) {
        self.office.done(command);
        self.office.signed("rotation", signers);
        self.office.publish("rotation", "repository");
    }

    /// Renews a role by these keys, and sees that the host takes it.
    async fn is_taken(&self, role: &str, signers: &[&str]) {
        self.office.renew(role, "repository", signers);
        let version = self.office.version(role, "repository");
        self.play
            .until(&format!("version {version} of {role} is taken"), |editions| is_at(editions, role, version))
            .await;
        self.serves().await;
    }

    /// Renews a role by keys that do not suffice any more: in the repository it cannot be done, and the host does not take it from its copy.
    async fn is_refused(&mut self, role: &str, signers: &[&str], former: &str) {
        self.office.cannot_renew(role, signers, former);
        self.office.renew(role, "copy", signers);
        // Whoever has the machines' keys too makes it look newer than what the host has.
        self.office.make_newer("copy");
        let before = self.play.editions().await;
        self.office.show("copy", &self.play);
        let refused = |editions: &Value| editions["attempts"][0]["result"] == "refused";
        let editions = self.play.until("the copy is refused", refused).await;
        assert_eq!(editions["attempts"][0]["stage"], "verified", "{editions:#}");
        assert_eq!((&editions["active"], &editions["trust"]), (&before["active"], &before["trust"]));
        self.serves().await;
        self.office.show("repository", &self.play);
        self.office.make_newer("repository");
        let version = self.office.version("timestamp", "repository");
        self.play.until("the repository is taken again", |editions| is_at(editions, "timestamp", version)).await;
    }

    async fn serves(&self) {
        let asking = Asking::about(ALVAR).including(&["AF"]);
        let answer = self.play.ask_as(&self.play.pki.arbetsmarknad, &asking).await;
        assert_eq!(state(&answer, "AF"), "answered", "{answer}");
    }
}

fn is_at(editions: &Value, role: &str, version: u64) -> bool {
    let roles = editions["trust"]["roles"].as_array().unwrap();
    roles.iter().any(|known| known["name"] == role && known["version"] == version)
}

/// With Arbetsförmedlingen alone, and one role whose basis is accepted.
fn staging() -> Staging {
    let accepted = Accepted { basis: "ssbtx-arbetsmarknad".to_owned(), datasets: Vec::new() };
    Staging { accepted: vec![accepted], ..Staging::without(&Agency::ALL[1..]) }
}
