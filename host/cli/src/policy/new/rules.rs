//! A word about every dataset that there is: all are closed but one.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::str::FromStr;

use ssbtx_core::{AgencyId, Catalogue, Dataset, DatasetId, Element, ElementId, Scope};
use ssbtx_review::Listed;

/// The dataset that a new policy opens, as an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    base_service: AgencyId,
    dataset: DatasetId,
}

/// A text that names no dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is not a base service, `/` and a dataset, such as `AF/inskrivning`")]
pub struct InvalidExample;

impl FromStr for Example {
    type Err = InvalidExample;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (base_service, dataset) = text.split_once('/').ok_or(InvalidExample)?;
        let base_service = base_service.parse().map_err(|_| InvalidExample)?;
        Ok(Self { base_service, dataset: dataset.parse().map_err(|_| InvalidExample)? })
    }
}

/// The rules and cases of a new policy, base service by base service.
#[derive(Debug)]
pub struct Rules(Vec<OfBaseService>);

/// The rules and cases about one base service.
#[derive(Debug)]
pub struct OfBaseService {
    /// The name of its two files.
    pub file: String,
    /// Its rules, as TOML.
    pub rules: String,
    /// Its cases, as TOML.
    pub cases: String,
}

/// Why there is nothing to write a rule about.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRules {
    /// No dataset has an element with a value of its own.
    #[error("no catalogue has a dataset with an element in it")]
    NoDataset,
    /// The example is in no catalogue.
    #[error("no catalogue lists the dataset `{0}/{1}`")]
    NoSuchDataset(AgencyId, DatasetId),
}

impl Rules {
    /// Says a word about every dataset of every catalogue.
    ///
    /// # Errors
    ///
    /// [`NoRules`] when the example is in no catalogue, or nothing is.
    pub fn of(listed: &[Listed], example: Option<&Example>) -> Result<Self, NoRules> {
        let catalogues = || listed.iter().map(|listed| listed.catalogue.as_ref());
        let is_opened = |catalogue: &Catalogue, dataset: &Dataset| match example {
            Some(Example { base_service, dataset: id }) => catalogue.agency() == *base_service && dataset.id == *id,
            None => true,
        };
        let opened = catalogues()
            .flat_map(|catalogue| catalogue.datasets().iter().map(move |dataset| (catalogue, dataset)))
            .find(|(catalogue, dataset)| {
                is_opened(catalogue, dataset) && example_in(catalogue, dataset, |_| true).is_some()
            });
        let Some((holder, opened)) = opened else {
            return Err(match example.cloned() {
                Some(Example { base_service, dataset }) => NoRules::NoSuchDataset(base_service, dataset),
                None => NoRules::NoDataset,
            });
        };
        let of_base_service = |catalogue: &Catalogue| {
            let opened = (catalogue.agency() == holder.agency()).then_some(opened);
            of_base_service(catalogue, opened)
        };
        Ok(Self(catalogues().map(of_base_service).collect()))
    }

    /// Each base service.
    pub fn iter(&self) -> impl Iterator<Item = &OfBaseService> {
        self.0.iter()
    }
}

fn of_base_service(catalogue: &Catalogue, opened: Option<&Dataset>) -> OfBaseService {
    let agency = catalogue.agency();
    let mut rules = format!("# {agency}: what the policy says.\n");
    let mut cases = format!("# {agency}: the cases.\n");
    let open = opened.map(|dataset| Opening::of(catalogue, dataset)).unwrap_or_default();
    let is_opened = |dataset: &Dataset| opened.is_some_and(|opened| opened.id == dataset.id);
    let (mut seen, mut closed) = (Vec::new(), Vec::new());
    for dataset in catalogue.datasets() {
        match example_in(catalogue, dataset, |id| !open.ids.contains(&id)) {
            Some(path) if !is_opened(dataset) => closed.push(path),
            // All of it is opened, as the example or along with it.
            _ => seen.extend(example_in(catalogue, dataset, |id| open.ids.contains(&id))),
        }
    }
    if let Some(dataset) = opened {
        let _ = write!(
            rules,
            "\n# The example: `{}`. The host withholds it until its operator has accepted the basis by name.\n[[open]]\n\
             agency = \"{agency}\"\ndatasets = [\"{}\"]\n",
            dataset.id, dataset.id
        );
        if !open.demanded.is_empty() {
            let _ = writeln!(rules, "# Without these the schema lets nothing of it stand.");
            let _ = writeln!(rules, "elements = {}", list(open.demanded.iter().cloned()));
        }
        let _ = write!(rules, "basis = \"{BASIS}\"\nprotected-identity = \"withhold\"\n");
        for (promise, protected, expected) in [
            ("the example rests on the pending basis", "", format!("disclose = \"{BASIS}\"")),
            (
                "the example closes for a protected identity",
                "protected-identity = true\n",
                "withhold = \"protected-identity\"".to_owned(),
            ),
        ] {
            let elements = list(seen.iter().cloned());
            let _ = write!(
                cases,
                "\n[[case]]\npromise = \"{promise}\"\nagency = \"{agency}\"\nelements = {elements}\n{protected}{expected}\n"
            );
        }
    }
    let others: Vec<String> = catalogue
        .datasets()
        .iter()
        .filter(|dataset| !is_opened(dataset))
        .map(|dataset| dataset.id.to_string())
        .collect();
    if !others.is_empty() {
        let _ = write!(
            rules,
            "\n[[closed]]\nagency = \"{agency}\"\ndatasets = {}\nreason = \"no-legal-basis\"\n",
            list(others.into_iter())
        );
    }
    if !closed.is_empty() {
        let _ = write!(
            cases,
            "\n[[case]]\npromise = \"no law lets the role have anything else of {agency}\"\nagency = \"{agency}\"\n\
             elements = {}\nwithhold = \"no-legal-basis\"\n",
            list(closed.into_iter())
        );
    }
    OfBaseService { file: format!("{}.toml", agency.as_str().to_ascii_lowercase()), rules, cases }
}

/// What a rule opens of a catalogue.
#[derive(Default)]
struct Opening {
    /// Every element that is opened.
    ids: BTreeSet<ElementId>,
    /// The paths that are opened besides the dataset.
    demanded: Vec<String>,
}

impl Opening {
    /// A dataset, with the elements that the schema demands wherever anything of it stands: a mask closes what misses one.
    fn of(catalogue: &Catalogue, dataset: &Dataset) -> Self {
        let is_of = |element: &Element| matches!(&element.scope, Scope::Dataset(id) if *id == dataset.id);
        let mut ids: BTreeSet<ElementId> =
            catalogue.iter().filter(|(_, element)| is_of(element)).map(|(id, _)| id).collect();
        let mut demanded = BTreeSet::new();
        // Holders come before what they hold, so that one pass from the end finds them all, and one from the beginning what each demands.
        let mut holders: BTreeSet<ElementId> = ids.clone();
        for (id, element) in catalogue.iter().rev() {
            if holders.contains(&id) {
                holders.extend(element.parent);
            }
        }
        for (id, element) in catalogue.iter() {
            let is_demanded = element.required && element.parent.is_some_and(|parent| holders.contains(&parent));
            if !is_demanded {
                continue;
            }
            holders.insert(id);
            // A container is open where something in it is; named, it would open all that lies below. What is technical is always open.
            let holds_data = matches!(element.scope, Scope::Dataset(_)) && element.kind.holds_value();
            if holds_data && ids.insert(id) {
                demanded.insert(id);
            }
        }
        Self { ids, demanded: demanded.into_iter().map(|id| catalogue.path(id)).collect() }
    }
}

/// The path of an element of a dataset: the first with a value, else the first, of those that are asked for.
fn example_in(catalogue: &Catalogue, dataset: &Dataset, wanted: impl Fn(ElementId) -> bool) -> Option<String> {
    let is_of = |element: &Element| matches!(&element.scope, Scope::Dataset(id) if *id == dataset.id);
    let mut ids = catalogue.iter().filter(|(id, element)| is_of(element) && wanted(*id));
    let first = ids.next()?;
    let with_value = [first].into_iter().chain(ids).find(|(_, element)| element.kind.holds_value());
    Some(catalogue.path(with_value.unwrap_or(first).0))
}

fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.map(|item| format!("    \"{item}\",\n")).collect();
    format!("[\n{}]", items.concat())
}

/// The basis of the example.
const BASIS: &str = "example";
