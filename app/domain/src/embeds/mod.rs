//! Other tools' boards inside ours: what a pasted text names, what may be signed, what a frame needs.

mod base64_url;
mod check;
mod dates;
mod frame;
mod help;
mod input;
mod parameters;
mod pasted;
mod recognise;
mod secrets;
mod summary;
mod tool;

pub use check::{CheckOutcome, CheckStep};
pub use dates::with_dates;
pub use frame::{allow, frame_origins, referrer_policy, sandbox};
pub use help::{EmbedHelp, FailureKind, failure_help};
pub use input::{AllowedHosts, EmbedHeight, EmbedInput, EmbedOrder, EmbedPatch, RecogniseInput, SecretInput, ViewInput};
pub use parameters::{DateParameters, LockedParameter, ParameterValue};
pub use pasted::{PasteProblem, Pasted, SignableResource};
pub use recognise::recognise_paste;
pub use secrets::{SecretField, secret_fields};
pub use summary::{EmbedSummary, EmbedView};
pub use tool::{EmbedAccess, EmbedTool};
