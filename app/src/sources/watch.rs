//! Following uploads while they are read. One question after another for all of them together: a stream each would take the few
//! connections that a browser opens to one server, and nothing else would get through.

use super::api::{get_upload, list_uploads};
use domain::ids::UploadId;
use domain::sources::UploadSummary;
use domain::{AppError, ErrorKind};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;

/// The pause after an answer.
const PAUSE: Duration = Duration::from_millis(500);
/// The pause where no answer came.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(5);

/// A running watch; dropped, it ends.
pub(super) struct Watch(#[expect(dead_code, reason = "what it holds ends with it")] Rc<Followed>);

struct Followed {
    id: UploadId,
    is_settled: Cell<bool>,
    on_change: Box<dyn Fn(UploadSummary)>,
}

thread_local! {
    static ALL: RefCell<Vec<Weak<Followed>>> = const { RefCell::new(Vec::new()) };
    static IS_ASKING: Cell<bool> = const { Cell::new(false) };
}

impl Watch {
    /// Follows an upload until it is settled.
    pub(super) fn start(id: UploadId, on_change: impl Fn(UploadSummary) + 'static) -> Self {
        let followed = Rc::new(Followed { id, is_settled: Cell::new(false), on_change: Box::new(on_change) });
        ALL.with_borrow_mut(|all| all.push(Rc::downgrade(&followed)));
        if !IS_ASKING.replace(true) {
            ask_after(PAUSE);
        }
        Self(followed)
    }
}

fn ask_after(pause: Duration) {
    set_timeout(|| spawn_local(ask()), pause);
}

async fn ask() {
    let ids: Vec<UploadId> = moving().iter().map(|followed| followed.id).collect();
    if ids.is_empty() {
        return IS_ASKING.set(false);
    }
    match news(&ids).await {
        Ok(uploads) => {
            uploads.into_iter().for_each(tell);
            ask_after(PAUSE);
        }
        // Whoever signs in again loads the page anew.
        Err(error) if error.kind == ErrorKind::Unauthorized => IS_ASKING.set(false),
        Err(_) => ask_after(PAUSE_AFTER_FAILURE),
    }
}

/// What is still followed.
fn moving() -> Vec<Rc<Followed>> {
    ALL.with_borrow_mut(|all| {
        all.retain(|followed| followed.upgrade().is_some_and(|followed| !followed.is_settled.get()));
        all.iter().filter_map(Weak::upgrade).collect()
    })
}

async fn news(ids: &[UploadId]) -> Result<Vec<UploadSummary>, AppError> {
    if let [id] = ids {
        return Ok(vec![get_upload(*id).await?]);
    }
    let mut uploads = list_uploads().await?;
    // The list has the newest; of more files than it holds, the first is asked for by itself.
    if let Some(id) = ids.iter().find(|id| uploads.iter().all(|upload| upload.id != **id)) {
        uploads.push(get_upload(*id).await?);
    }
    Ok(uploads)
}

fn tell(upload: UploadSummary) {
    for followed in moving().into_iter().filter(|followed| followed.id == upload.id) {
        followed.is_settled.set(upload.status.is_settled());
        (followed.on_change)(upload.clone());
    }
}
