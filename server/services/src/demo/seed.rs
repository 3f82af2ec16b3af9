//! Making the demo shop, once.

use super::{facts, owner};
use crate::context::Services;
use crate::error::Result;
use crate::jobs::{JobContext, JobError, JobResult, Outcome};
use domain::ids::MerchantId;

/// How the demo shop's owner signs in.
#[derive(Clone)]
pub struct DemoAccess {
    /// The demo shop.
    pub merchant_id: MerchantId,
    /// The owner's address.
    pub email: String,
    /// The owner's password; empty when `demo-owner.txt` was removed from the data folder.
    pub password: String,
}

/// Opens and fills the demo shop, or finds it as it is. May be killed and called again at any time.
///
/// The shop's days end on the day it was filled and are left so: dashboards count from the last day of the data.
pub async fn seed(services: &Services) -> Result<DemoAccess> {
    let merchant_id = match owner::find_shop(services).await? {
        Some(merchant) => merchant,
        None => owner::open_shop(services).await?,
    };
    facts::fill(services, merchant_id).await?;
    let password = owner::read_password(services).await?.unwrap_or_default();
    Ok(DemoAccess { merchant_id, email: owner::EMAIL.to_owned(), password })
}

/// The same as a job.
pub(crate) async fn seed_demo(context: &JobContext) -> JobResult {
    seed(&context.services).await.map_err(JobError::retry)?;
    Ok(Outcome::Finished)
}
