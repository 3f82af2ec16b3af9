//! The demo shop's owner, whose password is made at random and kept in a file that only this machine's operator reads.

pub(super) use crate::accounts::DEMO_OWNER as EMAIL;
use crate::accounts::{Founding, found_shop};
use crate::context::Services;
use crate::error::Result;
use domain::ErrorKind;
use domain::ids::MerchantId;
use engine::demo_shop;
use entity::merchant::Column;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use std::path::PathBuf;

fn file(services: &Services) -> PathBuf {
    services.config.data_dir.join("demo-owner.txt")
}

/// The demo shop, if there is one.
pub(super) async fn find_shop(services: &Services) -> Result<Option<MerchantId>> {
    let tx = services.db.system_read().await?;
    let shop = entity::merchant::everywhere().filter(Column::IsDemo.eq(true)).order_by_asc(Column::Id).one(&*tx).await?;
    Ok(shop.map(|shop| MerchantId(shop.id)))
}

/// Opens the demo shop. The password is on disk before the shop is there: a kill between the two loses nothing.
pub(super) async fn open_shop(services: &Services) -> Result<MerchantId> {
    let password = match read_password(services).await? {
        Some(password) => password,
        None => make_password(services).await?,
    };
    let founding = Founding {
        name: demo_shop::NAME.to_owned(),
        currency: demo_shop::CURRENCY.parse()?,
        time_zone: demo_shop::TIME_ZONE.name().to_owned(),
        is_demo: true,
        email: EMAIL.to_owned(),
        password,
    };
    match found_shop(services, founding).await {
        Ok((merchant, _)) => Ok(merchant),
        // Another server on the same database was first.
        Err(error) if error.kind() == ErrorKind::Conflict => match find_shop(services).await? {
            Some(merchant) => Ok(merchant),
            None => Err(error),
        },
        Err(error) => Err(error),
    }
}

/// The password in the file; `None` when there is no such file.
pub(super) async fn read_password(services: &Services) -> Result<Option<String>> {
    match tokio::fs::read_to_string(file(services)).await {
        Ok(text) => Ok(text.lines().find_map(|line| line.strip_prefix("password: ")).map(str::to_owned)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn make_password(services: &Services) -> Result<String> {
    let password: String = services.random.token().chars().take(20).collect();
    let text = format!("The demo shop's owner. Whoever reads this can sign in.\nemail: {EMAIL}\npassword: {password}\n");
    let path = file(services);
    tokio::task::spawn_blocking(move || write_private(&path, &text)).await.map_err(anyhow::Error::from)??;
    Ok(password)
}

/// Beside and then renamed, so that the file is whole or not there.
fn write_private(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let beside = path.with_extension("part");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(beside, path)
}
