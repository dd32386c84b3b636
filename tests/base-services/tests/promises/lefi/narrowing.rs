//! No more is answered than is asked for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::asking::{Lefi, each_group, everything, question};

/// The members of an answer that hold information: those of `formansinformation`, and the lists beside it that are not empty.
fn information(answer: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let nothing = Map::new();
    let benefits = answer["formansinformation"].as_object().unwrap_or(&nothing);
    let lists = answer.as_object().unwrap().iter().filter(|(name, _)| !TECHNICAL.contains(&name.as_str()));
    benefits
        .iter()
        .map(|(name, items)| (format!("formansinformation/{name}"), items))
        .chain(lists.map(|(name, items)| (name.clone(), items)))
        .map(|(name, items)| (name, items.as_array().unwrap().iter().map(Value::to_string).collect()))
        .filter(|(_, items): &(String, BTreeSet<String>)| !items.is_empty())
        .collect()
}

const TECHNICAL: [&str; 3] = ["utlamnare", "avvikelser", "formansinformation"];

#[tokio::test]
async fn everything_that_is_answered_has_been_asked_for_by_a_group_of_its_own() {
    let lefi = Lefi::start();
    let mut seen = BTreeSet::new();
    for person in lefi.services.cast().persons().iter().filter(|person| !person.is_odd()) {
        let whole = information(&lefi.ask(&everything(person.identity())).await.json());
        if whole.is_empty() {
            continue;
        }
        let mut parts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (class, group) in each_group() {
            let answer = lefi.ask(&question(person.identity(), [(class, group)])).await.json();
            let utlamnare = answer["utlamnare"].as_array().unwrap();
            assert!(utlamnare.len() == 1 && utlamnare[0]["utlamnare"]["kod"] == group[..2], "{class} {group}");
            for (name, items) in information(&answer) {
                // A payment of two benefits is given for either, and three codes may mean what another code means.
                seen.insert(name.clone());
                parts.entry(name).or_default().extend(items);
            }
        }
        assert_eq!(parts, whole, "{}", person.given_name());
    }
    assert!(seen.len() >= 15, "{seen:?}");
}

#[tokio::test]
async fn a_group_is_answered_in_its_own_members_alone() {
    let lefi = Lefi::start();
    let cases = [
        ("formansinformation", "FK:SJP", "formansinformation/sjukpenningarende"),
        ("formansinformation", "FK:FP", "formansinformation/foraldrapenningarende"),
        ("utbetalningar", "FK:SJP", "formansinformation/utbetalningsuppgift"),
        ("preliminaraUtbetalningar", "FK:AS", "formansinformation/preliminarautbetalningar"),
        ("ovrigInformation", "FK:GEPI", "formansinformation/generellPersoninformation"),
        ("ovrigInformation", "FK:SGI", "formansinformation/sjukpenninggrundandeInkomstuppgift"),
        ("ovrigInformation", "PM:PU", "ovrigInformation"),
    ];
    for (class, group, member) in cases {
        let answer = lefi.ask(&question("197701172392", [(class, group)])).await.json();
        let found = information(&answer);
        assert_eq!(found.keys().collect::<Vec<_>>(), [member], "{class} {group}");
        assert_eq!(found[member].len(), 1, "{class} {group}");
    }
}

#[tokio::test]
async fn the_lists_of_pensionsmyndigheten_are_there_for_what_it_was_asked() {
    let lefi = Lefi::start();
    let names = |answer: Value| answer.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let asked = [("utbetalningar", "FK:SJP"), ("beslut", "PM:AP")];
    let answer = lefi.ask(&question("197701172392", asked)).await.json();
    assert_eq!(names(answer), ["avvikelser", "beslut", "formansinformation", "utlamnare"]);
    let answer = lefi.ask(&question("197701172392", [("utbetalningar", "PM:AP")])).await.json();
    assert_eq!(names(answer), ["avvikelser", "utbetalningar", "utlamnare"]);
}
