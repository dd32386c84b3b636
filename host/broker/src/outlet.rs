//! Where the parts of an answer go when they may leave.

use std::future::{Future, pending};

use ssbtx_core::{AgencyPart, BASE_SERVICES};
use tokio::sync::mpsc;

use crate::progress::Progressed;

/// Where the parts of one answer go.
pub(crate) trait Outlet: Send {
    /// Whether what was taken has left, whatever comes after it.
    const LETS_PARTS_OUT: bool;

    /// Takes a part.
    fn take(&mut self, part: AgencyPart) -> Result<(), Gone>;

    /// Waits until nobody takes parts any more.
    fn gone(&self) -> impl Future<Output = ()> + Send;
}

/// Nobody takes the part any more.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Gone;

/// Parts that are kept until the answer is whole and recorded, whoever still waits for it.
#[derive(Default)]
pub(crate) struct Kept(pub(crate) Vec<AgencyPart>);

/// Parts that leave one by one, as long as somebody listens.
pub(crate) struct Sent {
    pieces: mpsc::Sender<Progressed>,
    /// What the question keeps until it has ended.
    place: Box<dyn Send + Sync>,
}

impl Outlet for Kept {
    const LETS_PARTS_OUT: bool = false;

    fn take(&mut self, part: AgencyPart) -> Result<(), Gone> {
        self.0.push(part);
        Ok(())
    }

    async fn gone(&self) {
        pending::<()>().await;
    }
}

impl Sent {
    /// A way out that has room for all that an answer can have: whoever sends never waits for whoever reads.
    pub(crate) fn new(place: Box<dyn Send + Sync>) -> (Self, mpsc::Receiver<Progressed>) {
        let (pieces, read) = mpsc::channel(BASE_SERVICES.len() + 1);
        (Self { pieces, place }, read)
    }

    /// Sends the last piece; nobody may listen any more. Whoever has read it finds the place free.
    pub(crate) fn end(self, last: Progressed) {
        let Self { pieces, place } = self;
        drop(place);
        drop(pieces.try_send(last));
    }
}

impl Outlet for Sent {
    const LETS_PARTS_OUT: bool = true;

    fn take(&mut self, part: AgencyPart) -> Result<(), Gone> {
        self.pieces.try_send(Progressed::Part(Box::new(part))).map_err(|_| Gone)
    }

    async fn gone(&self) {
        self.pieces.closed().await;
    }
}
