//! A real policy, changed as a test wants it.

use ssbtx_core::{Bilingual, Catalogue, Context, ElementId, LegalBasis, PolicyIdentity, Sha256Digest, Verdict};
use ssbtx_review::Decides;
use ssbtx_runtime::{DecideFailed, FieldFilter};

type Changed = fn(&Context, &str, Verdict) -> Verdict;

/// Decides as the real one does, and then otherwise where the change says so.
pub(crate) struct Variant {
    real: FieldFilter,
    pub(crate) identity: PolicyIdentity,
    pub(crate) bases: Vec<LegalBasis>,
    changed: Changed,
}

impl Variant {
    pub(crate) fn unchanged(real: &FieldFilter) -> Self {
        let (identity, bases) = (real.identity().clone(), real.bases().to_vec());
        Self { real: real.clone(), identity, bases, changed: |_, _, verdict| verdict }
    }

    /// The next version, with another word on the elements for which the change gives one.
    pub(crate) fn changed(real: &FieldFilter, changed: Changed) -> Self {
        let identity = PolicyIdentity {
            version: "9.0.0".to_owned(),
            sha256: Sha256Digest::of(b"changed"),
            ..real.identity().clone()
        };
        Self { identity, changed, ..Self::unchanged(real) }
    }
}

impl Decides for Variant {
    fn identity(&self) -> &PolicyIdentity {
        &self.identity
    }

    fn title(&self) -> &Bilingual {
        self.real.title()
    }

    fn bases(&self) -> &[LegalBasis] {
        &self.bases
    }

    async fn decide(&self, context: &Context, catalogue: &Catalogue) -> Result<Vec<Verdict>, DecideFailed> {
        let verdicts = self.real.decide(context, catalogue).await?;
        let changed = |(index, verdict)| {
            let id = ElementId(u16::try_from(index).unwrap());
            (self.changed)(context, &catalogue.path(id), verdict)
        };
        Ok(verdicts.into_iter().enumerate().map(changed).collect())
    }
}
