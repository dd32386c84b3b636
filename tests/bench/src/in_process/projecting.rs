//! Row 5: a document masked and written, beside the same document written whole.

use std::hint::black_box;
use std::sync::Arc;

use anyhow::{Context, Result};
use ssbtx_core::{Document, Mask, Scope};
use ssbtx_gateway::{DocumentJson, document_as_xml};

use crate::pace::Subject;

/// In which form a document leaves the host.
#[derive(Clone, Copy)]
pub enum Front {
    /// XML, as in SOAP v10.
    Xml,
    /// JSON, as in JSON v1.
    Json,
}

impl Front {
    fn write(self, document: &Document) -> Result<String> {
        Ok(match self {
            Self::Xml => document_as_xml(document),
            Self::Json => serde_json::to_string(&DocumentJson::new(document))?,
        })
    }
}

/// Masked, then written.
pub struct Masked {
    document: Document,
    mask: Mask,
    front: Front,
}

impl Masked {
    /// A document under a mask.
    pub fn new(document: &Document, mask: Mask, front: Front) -> Self {
        Self { document: document.clone(), mask, front }
    }
}

impl Subject for Masked {
    type Input = Document;

    fn prepare(&self) -> Document {
        self.document.clone()
    }

    async fn pass(&self, document: Document) -> Result<()> {
        let projected = self.mask.project(document).context("mask withholds the root")?;
        black_box(self.front.write(&projected)?);
        Ok(())
    }
}

/// Written whole.
pub struct Unmasked {
    document: Document,
    front: Front,
}

impl Unmasked {
    /// A document.
    pub fn new(document: &Document, front: Front) -> Self {
        Self { document: document.clone(), front }
    }
}

impl Subject for Unmasked {
    type Input = Document;

    fn prepare(&self) -> Document {
        self.document.clone()
    }

    async fn pass(&self, document: Document) -> Result<()> {
        black_box(self.front.write(&document)?);
        Ok(())
    }
}

/// The mask that comes nearest to letting half of a document's nodes through, with whole datasets open, and the part that it does let through.
pub fn half_of(document: &Document) -> Result<(Mask, f64)> {
    let catalogue = document.catalogue();
    let datasets = catalogue.datasets();
    let masks = (0..datasets.len()).flat_map(|from| (from..=datasets.len()).map(move |to| (from, to)));
    let masks = masks.filter_map(|(from, to)| {
        let open = datasets.get(from..to)?;
        let mask = Mask::closing(Arc::clone(catalogue), |id| {
            catalogue.element(id).is_some_and(|element| match &element.scope {
                Scope::Technical => true,
                Scope::Dataset(dataset) => open.iter().any(|listed| listed.id == *dataset),
            })
        });
        let kept = mask.project(document.clone())?.nodes().len();
        Some((mask, part(kept, document.nodes().len())))
    });
    masks
        .min_by(|(_, one), (_, other)| (one - 0.5).abs().total_cmp(&(other - 0.5).abs()))
        .context("no mask lets anything through")
}

#[allow(clippy::cast_precision_loss, reason = "far fewer nodes than a float can count")]
fn part(kept: usize, of: usize) -> f64 {
    kept as f64 / of as f64
}
