//! The paths that make a host do something.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};

use crate::control::{Control, Reloaded};
use crate::routes::{NotShown, json};

/// Has the configuration read anew, and says what became of it.
pub(crate) async fn reload(State(control): State<Arc<dyn Control>>) -> Result<Response, NotShown> {
    let reloaded = control.reload().await;
    let status = match &reloaded {
        Reloaded::Taken { .. } => StatusCode::OK,
        Reloaded::Refused { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Reloaded::Stopping => StatusCode::SERVICE_UNAVAILABLE,
    };
    Ok((status, json(&reloaded)?).into_response())
}

/// Has the host drain and stop.
pub(crate) async fn drain(State(control): State<Arc<dyn Control>>) -> (StatusCode, &'static str) {
    control.drain();
    (StatusCode::ACCEPTED, "draining\n")
}

/// What is in force.
pub(crate) async fn configuration(State(control): State<Arc<dyn Control>>) -> Result<Response, NotShown> {
    json(&control.configuration())
}

/// Refuses what a web page sends: a browser would show the operator's certificate without asking. Browsers say so with every POST, and
/// with whatever a script sends to another site.
pub(crate) async fn not_from_a_page(request: Request, next: Next) -> Response {
    if request.headers().contains_key(header::ORIGIN) {
        return (StatusCode::FORBIDDEN, "not from a web page\n").into_response();
    }
    next.run(request).await
}
