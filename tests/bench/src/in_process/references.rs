//! Row 3's references: the same verdicts by general policy engines.
//!
//! Both are given what the policy came to, as rules over datasets with exceptions by element, which is how the policy is written too. Each is
//! checked to say the same about every element before it is measured, and whatever can be prepared for it is: its entities, requests and data lie ready.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;
use std::hint::black_box;

use anyhow::{Context as _, Result, anyhow, ensure};
use cedar_policy::{Authorizer, Context, Entities, Entity, EntityUid, PolicySet, Request, RestrictedExpression};
use serde_json::json;
use ssbtx_core::Verdict;
use ssbtx_runtime::Adapter;

use crate::pace::Subject;
use crate::product::elements;

/// What a policy said, by datasets.
struct Rules {
    /// Every element with its dataset, in order.
    elements: Vec<(String, String)>,
    /// The datasets that are open.
    open: BTreeSet<String>,
    /// The elements that are open although their datasets are not, or closed although they are.
    exceptions: BTreeSet<String>,
    /// Every element that is open.
    disclosed: BTreeSet<String>,
}

impl Rules {
    fn of(verdicts: &[(&Adapter, Vec<Verdict>)]) -> Self {
        let mut all = Vec::new();
        for (adapter, verdicts) in verdicts {
            for ((name, dataset), verdict) in elements(adapter.catalogue()).zip(verdicts) {
                let dataset = dataset.unwrap_or_else(|| format!("{}/technical", adapter.catalogue().agency()));
                all.push((name, dataset, matches!(verdict, Verdict::Disclose(_))));
            }
        }
        let mut balance: BTreeMap<&str, i64> = BTreeMap::new();
        for (_, dataset, is_open) in &all {
            *balance.entry(dataset).or_default() += if *is_open { 1 } else { -1 };
        }
        let open: BTreeSet<String> =
            balance.into_iter().filter(|(_, balance)| *balance > 0).map(|(dataset, _)| dataset.to_owned()).collect();
        let is_exception = |dataset: &String, is_open: bool| open.contains(dataset) != is_open;
        let exceptions = all.iter().filter(|(_, dataset, is_open)| is_exception(dataset, *is_open));
        let exceptions = exceptions.map(|(name, ..)| name.clone()).collect();
        let disclosed = all.iter().filter(|(.., is_open)| *is_open).map(|(name, ..)| name.clone()).collect();
        let elements = all.into_iter().map(|(name, dataset, _)| (name, dataset)).collect();
        Self { elements, open, exceptions, disclosed }
    }
}

/// Cedar, asked about one element after another.
pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    requests: Vec<(String, Request)>,
}

impl Cedar {
    /// Takes over what the policy said.
    ///
    /// # Errors
    ///
    /// Where it then says anything else about an element.
    pub fn new(verdicts: &[(&Adapter, Vec<Verdict>)]) -> Result<Self> {
        let rules = Rules::of(verdicts);
        let entity = |kind: &str, name: &str| -> Result<EntityUid> { Ok(format!("{kind}::\"{name}\"").parse()?) };
        let mut entities = Vec::new();
        let mut requests = Vec::new();
        for (name, dataset) in &rules.elements {
            let (element, dataset) = (entity("Element", name)?, entity("Dataset", dataset)?);
            entities.push(Entity::new_no_attrs(element.clone(), HashSet::from([dataset])));
            let purpose = RestrictedExpression::new_string(PURPOSE.to_owned());
            let context = Context::from_pairs([("purpose".to_owned(), purpose)])?;
            let (role, action) = (entity("Role", ROLE)?, entity("Action", "disclose")?);
            requests.push((name.clone(), Request::new(role, action, element, context, None)?));
        }
        let entities = Entities::from_entities(entities, None)?;
        let cedar = Self { authorizer: Authorizer::new(), policies: cedar_rules(&rules).parse()?, entities, requests };
        let disclosed: BTreeSet<String> = cedar.disclosed().map(str::to_owned).collect();
        ensure!(disclosed == rules.disclosed, "Cedar says otherwise than the policy");
        Ok(cedar)
    }

    fn disclosed(&self) -> impl Iterator<Item = &str> {
        self.requests.iter().filter_map(|(name, request)| {
            let response = self.authorizer.is_authorized(request, &self.policies, &self.entities);
            (response.decision() == cedar_policy::Decision::Allow).then_some(name.as_str())
        })
    }
}

impl Subject for Cedar {
    type Input = ();

    fn prepare(&self) {}

    async fn pass(&self, (): ()) -> Result<()> {
        black_box(self.disclosed().count());
        Ok(())
    }
}

fn cedar_rules(rules: &Rules) -> String {
    let mut text = String::new();
    let scope = format!("principal == Role::\"{ROLE}\", action == Action::\"disclose\"");
    let when = format!("when {{ context.purpose == \"{PURPOSE}\" }};\n");
    for dataset in &rules.open {
        let _infallible = write!(text, "permit({scope}, resource in Dataset::\"{dataset}\") {when}");
    }
    for element in &rules.exceptions {
        let effect = if rules.disclosed.contains(element) { "permit" } else { "forbid" };
        let _infallible = write!(text, "{effect}({scope}, resource == Element::\"{element}\") {when}");
    }
    text
}

/// Regorus, asked once for everything that is open.
pub struct Regorus {
    policy: regorus::CompiledPolicy,
    input: regorus::Value,
}

impl Regorus {
    /// Takes over what the policy said.
    ///
    /// # Errors
    ///
    /// Where it then says anything else about an element.
    pub fn new(verdicts: &[(&Adapter, Vec<Verdict>)]) -> Result<Self> {
        let rules = Rules::of(verdicts);
        let all = |names: &BTreeSet<String>| names.iter().map(|name| (name.clone(), json!(true))).collect();
        let elements: Vec<_> =
            rules.elements.iter().map(|(id, dataset)| json!({ "id": id, "dataset": dataset })).collect();
        let open: serde_json::Map<_, _> = all(&rules.open);
        let exceptions: serde_json::Map<_, _> = all(&rules.exceptions);
        let data = json!({ "elements": elements, "open": open, "exceptions": exceptions });
        let input = json!({ "role": ROLE, "purpose": PURPOSE });
        let mut engine = regorus::Engine::new();
        let told = |error: anyhow::Error| anyhow!("Regorus: {error}");
        engine.add_policy("ssbtx.rego".to_owned(), REGO.to_owned()).map_err(told)?;
        engine.add_data(regorus::Value::from_json_str(&data.to_string())?)?;
        let policy = engine.compile_with_entrypoint(&"data.ssbtx.disclosed".into()).map_err(told)?;
        let regorus = Self { policy, input: regorus::Value::from_json_str(&input.to_string())? };
        let disclosed: BTreeSet<String> =
            serde_json::from_str(&regorus.disclosed()?.to_json_str()?).context("Regorus gave no set of names")?;
        ensure!(disclosed == rules.disclosed, "Regorus says otherwise than the policy");
        Ok(regorus)
    }

    fn disclosed(&self) -> Result<regorus::Value> {
        self.policy.eval_with_input(self.input.clone())
    }
}

impl Subject for Regorus {
    type Input = ();

    fn prepare(&self) {}

    async fn pass(&self, (): ()) -> Result<()> {
        black_box(self.disclosed()?);
        Ok(())
    }
}

const ROLE: &str = "ekonomiskt-bistand";
const PURPOSE: &str = "arendehandlaggning";
const REGO: &str = r#"package ssbtx

asked if {
    input.role == "ekonomiskt-bistand"
    input.purpose == "arendehandlaggning"
}

disclosed contains element.id if {
    asked
    some element in data.elements
    data.open[element.dataset]
    not data.exceptions[element.id]
}

disclosed contains element.id if {
    asked
    some element in data.elements
    not data.open[element.dataset]
    data.exceptions[element.id]
}
"#;
