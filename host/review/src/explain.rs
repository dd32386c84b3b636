//! Why a role may see one element, or may not.

use ssbtx_core::{AgencyId, Bilingual, Context, ElementId, Role, Scope, Standing};

use crate::cell::Cell;
use crate::observed::cells_in;
use crate::refused::Refused;
use crate::subject::{Decides, Listed, Side};

/// The word on one element in one context, with all that it rests on.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The policy.
    pub policy: Side,
    /// The context.
    pub context: Context,
    /// The base service.
    pub base_service: AgencyId,
    /// The element's path.
    pub element: String,
    /// What a caseworker calls it.
    pub label: Bilingual,
    /// The dataset's label; absent for a technical element.
    pub dataset: Option<Bilingual>,
    /// What comes of it.
    pub cell: Cell,
    /// When the legal basis is in force, where it rests on one.
    pub standing: Option<Standing>,
}

/// Why nothing can be explained.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoExplanation {
    /// The policy decides for another role.
    #[error("policy is of role `{found}`, asked about `{expected}`")]
    OtherRole {
        /// The policy's role.
        found: Role,
        /// The context's.
        expected: Role,
    },
    /// No adapter's catalogue is of this base service.
    #[error("no catalogue of base service `{0}`")]
    NoSuchAgency(AgencyId),
    /// The catalogue has no such element.
    #[error("catalogue of `{agency}` has no element `{path}`")]
    NoSuchElement {
        /// The base service.
        agency: AgencyId,
        /// The path that was asked for.
        path: String,
    },
    /// The policy does something that its description rules out.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl Explanation {
    /// Asks a policy about one base service in one context, and explains one element: every one with its path, since in JSON a list and an
    /// object may share it.
    ///
    /// # Errors
    ///
    /// [`NoExplanation`] when there is no such element, or no word on it.
    pub async fn of(
        policy: &impl Decides,
        listed: &[Listed],
        context: &Context,
        agency: AgencyId,
        path: &str,
    ) -> Result<Vec<Self>, NoExplanation> {
        let found = policy.identity().name.clone();
        if found != context.role {
            return Err(NoExplanation::OtherRole { found, expected: context.role.clone() });
        }
        let catalogue = listed.iter().map(|listed| &listed.catalogue).find(|catalogue| catalogue.agency() == agency);
        let catalogue = catalogue.ok_or(NoExplanation::NoSuchAgency(agency))?;
        let ids: Vec<ElementId> = catalogue.iter().map(|(id, _)| id).filter(|id| catalogue.path(*id) == path).collect();
        if ids.is_empty() {
            return Err(NoExplanation::NoSuchElement { agency, path: path.to_owned() });
        }
        let cells = cells_in(policy, context, catalogue).await?;
        let explain = |id: ElementId| {
            let (element, cell) = (catalogue.element(id)?, cells.get(id.index())?.clone());
            let dataset = match &element.scope {
                Scope::Dataset(dataset) => catalogue.datasets().iter().find(|known| known.id == *dataset),
                Scope::Technical => None,
            };
            let cited = cell.outcome.citation();
            let basis = cited.and_then(|cited| policy.bases().iter().find(|basis| basis.id.as_str() == cited.id));
            Some(Self {
                policy: Side::of(policy),
                context: context.clone(),
                base_service: agency,
                element: path.to_owned(),
                label: element.label.clone(),
                dataset: dataset.map(|dataset| dataset.label.clone()),
                standing: basis.map(|basis| basis.standing),
                cell,
            })
        };
        Ok(ids.into_iter().filter_map(explain).collect())
    }
}
