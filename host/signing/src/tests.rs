//! Promises of changes: who may sign, what is published, what is refused.

mod approving;
mod founding;
mod publishing;
mod rotating;
mod specimens;
