//! Rows 1 and 2: a question planned and its reply absorbed, in the sandbox and natively.

use std::hint::black_box;

use anyhow::{Result, ensure};
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Question;
use ssbtx_core::{AgencyId, Document, Reply};
use ssbtx_runtime::Step;

use crate::natively;
use crate::pace::Subject;
use crate::product::{Exchange, LEGAL_TEXT, Product, Recorded};

/// In the sandbox, each call in a fresh instance.
pub struct Guest<'p> {
    exchange: Exchange<'p>,
    reply: Recorded,
}

impl<'p> Guest<'p> {
    /// The exchange with one base service.
    pub fn new(product: &'p Product, agency: AgencyId, reply: Recorded) -> Result<Self> {
        Ok(Self { exchange: Exchange::new(product, agency)?, reply })
    }

    /// The document that comes of it.
    pub async fn document(&self) -> Result<Document> {
        match self.exchange.run(self.reply.reply()).await? {
            Step::Answer { document, .. } => Ok(document),
            other => anyhow::bail!("no answer, but {other:?}"),
        }
    }
}

impl Subject for Guest<'_> {
    type Input = Reply;

    fn prepare(&self) -> Reply {
        self.reply.reply()
    }

    async fn pass(&self, reply: Reply) -> Result<()> {
        black_box(self.exchange.run(reply).await?);
        Ok(())
    }
}

/// The same code compiled natively.
pub struct Native {
    adapter: natively::Native,
    question: Question,
    reply: Recorded,
}

impl Native {
    /// The exchange with one base service.
    ///
    /// # Errors
    ///
    /// Where it does not come to as many nodes as the sandbox's document has: then it would be no reference.
    pub fn new(product: &Product, agency: AgencyId, reply: Recorded, expected: &Document) -> Result<Self> {
        let adapter = natively::Native::of(agency)?;
        let exchange = Exchange::new(product, agency)?;
        let wanted = exchange.wanted().iter().map(|dataset| dataset.as_str().to_owned()).collect();
        let question = natively::question(product.question(), agency, wanted, LEGAL_TEXT);
        let native = Self { adapter, question, reply };
        let nodes = native.exchange(native.prepare())?;
        ensure!(nodes == expected.nodes().len(), "natively {nodes} nodes, sandboxed {}", expected.nodes().len());
        Ok(native)
    }

    fn exchange(&self, body: Vec<u8>) -> Result<usize> {
        let (request, state) = self.adapter.plan(&self.question)?;
        black_box(request);
        let reply = natively::reply(&self.reply.content_type, body);
        Ok(black_box(self.adapter.absorb(&self.question, state, reply)?).nodes.len())
    }
}

impl Subject for Native {
    type Input = Vec<u8>;

    fn prepare(&self) -> Vec<u8> {
        self.reply.body.to_vec()
    }

    async fn pass(&self, body: Vec<u8>) -> Result<()> {
        black_box(self.exchange(body)?);
        Ok(())
    }
}
