//! What is withheld at once, what is withheld no longer, and what runs beside: shown to whoever signs.

use anyhow::{Context, anyhow};
use ssbtx_core::{Lifted, Sha256Digest, Tightened, TightenedEntry, Tightening, TighteningId};
use ssbtx_review::visible;
use ssbtx_signing::Change;
use ssbtx_trust::{ComponentKind, Delegation, TargetKind, TargetName};

use crate::policy::components::Components;
use crate::policy::proposal::{Papers, signed_bytes};
use crate::policy::{Failed, listing};

/// Shows the whole list of what is withheld.
pub(super) fn show_tightening(change: &Change) -> Result<String, Failed> {
    let name: TargetName = TargetKind::Tightening.into();
    if listing::only_difference(change, Delegation::Tightening)? != name {
        return Err(Failed::Refused(anyhow!("the change lists something else than `{name}` as withheld")));
    }
    let bytes = listing::carried(change, &name)?;
    let list = Tightening::parse(&bytes).with_context(|| format!("read `{name}`")).map_err(Failed::Refused)?;
    Ok(tightening_as_text(&list))
}

/// Shows what is lifted, with what it withheld until then: whoever signs opens that.
pub(super) fn show_lifted(change: &Change) -> Result<String, Failed> {
    let (name, withheld) = (TargetName::from(TargetKind::Lifted), TargetName::from(TargetKind::Tightening));
    let parse = |bytes: &[u8]| Lifted::parse(bytes).with_context(|| format!("read `{name}`")).map_err(Failed::Refused);
    let after = parse(&listing::carried(change, &name)?)?;
    let before = match listing::digest_before(change, &name)? {
        Some(digest) => parse(&kept(change, &name, digest)?)?,
        None => Lifted::default(),
    };
    let tightening = match listing::digest(change, &withheld)? {
        Some(digest) => Tightening::parse(&kept(change, &withheld, digest)?)
            .with_context(|| format!("read `{withheld}`"))
            .map_err(Failed::Refused)?,
        None => Tightening::default(),
    };
    let told = |id: &TighteningId| match tightening.entries().iter().find(|entry| entry.id == *id) {
        Some(entry) => entry_as_text(entry),
        None => format!("- {id}: spärrar ingenting · withholds nothing"),
    };
    let mut lines = vec!["Spärrar som hävs · what is lifted".to_owned()];
    lines.extend(after.ids().difference(before.ids()).map(told));
    let again: Vec<String> = before.ids().difference(after.ids()).map(told).collect();
    if !again.is_empty() {
        lines.push("Spärrar som gäller åter · what is withheld again".to_owned());
        lines.extend(again);
    }
    Ok(visible(&lines.join("\n")))
}

/// A list that is in force, as it travels along with the change.
fn kept(change: &Change, name: &TargetName, digest: Sha256Digest) -> Result<Vec<u8>, Failed> {
    let papers = Papers::of(change);
    signed_bytes(name, digest, &|name: &TargetName, _| papers.kept(name))
}

/// Shows which policies would run beside those that decide.
pub(super) async fn show_shadow(change: &Change, components: &Components) -> Result<String, Failed> {
    let mut lines = vec![
        "Policyer som körs bredvid och inte lämnar ut något · policies that run beside and disclose nothing".to_owned(),
    ];
    for name in listing::all_differences(change, Delegation::Shadow)? {
        let TargetKind::Component(ComponentKind::Shadow(role)) = name.kind() else {
            return Err(Failed::Refused(anyhow!("the change lists `{name}` among the shadows")));
        };
        let Some(listed) = listing::target(change, &name) else {
            lines.push(format!("- {role}: tas bort · removed"));
            continue;
        };
        let policy = components.policy_of(listing::carried(change, &name)?, "the shadow").await?;
        if policy.role() != role {
            return Err(Failed::Refused(anyhow!("shadow is of role `{}`, listed for `{role}`", policy.role())));
        }
        lines.push(format!("- {role}: SHA-256 {}", listed.sha256));
    }
    Ok(lines.join("\n"))
}

/// A list of what is withheld, as whoever signs it reads it.
pub(in crate::policy) fn tightening_as_text(list: &Tightening) -> String {
    let mut lines = vec!["Spärrar · what is withheld at once".to_owned()];
    lines.extend(list.entries().iter().map(entry_as_text));
    visible(&lines.join("\n"))
}

fn entry_as_text(TightenedEntry { id, since, reason, what, roles }: &TightenedEntry) -> String {
    let what = match what {
        Tightened::Agency(agency) => format!("allt från {agency} · everything of {agency}"),
        Tightened::Dataset(agency, dataset) => format!("{agency}/{dataset}"),
        Tightened::Element(agency, path) => format!("{agency}/{path} med allt under · with all below"),
        Tightened::Adapter(digest) => format!("adaptern · the adapter {digest}"),
    };
    let roles = match roles {
        Some(roles) => roles.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        None => "alla roller · all roles".to_owned(),
    };
    format!("- {id}, sedan · since {since}: {what}; {roles}\n  {} · {}", reason.sv, reason.en)
}
