//! Following an upload until it is settled.

use super::get_upload;
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use domain::ids::UploadId;
use domain::sources::UploadSummary;
use futures::{Stream, stream};
use std::time::Duration;

const LOOK_EVERY: Duration = Duration::from_millis(300);

/// The upload now, and again whenever it changed, until it is settled.
pub async fn watch_upload(services: &Services, actor: &Actor, id: UploadId) -> Result<impl Stream<Item = UploadSummary> + Send + use<>> {
    let first = get_upload(services, actor, id).await?;
    let (services, actor) = (services.clone(), actor.clone());
    Ok(stream::unfold((None, Some(first)), move |(shown, ready): (Option<UploadSummary>, Option<UploadSummary>)| {
        let (services, actor) = (services.clone(), actor.clone());
        async move {
            if let Some(first) = ready {
                return Some((first.clone(), (Some(first), None)));
            }
            let shown = shown.filter(|upload| !upload.status.is_settled())?;
            let next = changed(&services, &actor, &shown).await?;
            Some((next.clone(), (Some(next), None)))
        }
    }))
}

/// Waits until the upload differs from what was shown; ends when it cannot be read any more.
async fn changed(services: &Services, actor: &Actor, shown: &UploadSummary) -> Option<UploadSummary> {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let upload = get_upload(services, actor, shown.id).await.ok()?;
        if upload != *shown {
            return Some(upload);
        }
    }
}
