//! Someone has the database, but not the key file.

use domain::ErrorKind;
use domain::embeds::{EmbedInput, EmbedPatch};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use services::Services;
use services::db::Backend;
use services::embeds;

use super::shop::{OTHER_SECRET, SECRET, Shop, refused, secret_input, signed};
use crate::support::skipped;

#[tokio::test]
async fn the_database_holds_no_secret_that_could_be_read() {
    let shop = Shop::open().await;
    let board = shop.add_signed().await.id;
    embeds::set_secret(&shop.services, &shop.owner, board, secret_input(OTHER_SECRET)).await.unwrap();
    if shop.services.db.backend() != Backend::Sqlite {
        skipped("it reads the bytes of SQLite's files");
        return;
    }
    let mut seen = 0;
    for entry in std::fs::read_dir(&shop.services.config.data_dir).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().contains("tradepost.sqlite") {
            let bytes = std::fs::read(&path).unwrap();
            seen += bytes.len();
            for secret in [SECRET, OTHER_SECRET] {
                // Neither whole nor in part, nor as the bytes that its digits would mean.
                assert!(!bytes.windows(16).any(|window| window == &secret.as_bytes()[8..24]), "{} holds it", path.display());
            }
        }
    }
    assert!(seen > 4096);
}

#[tokio::test]
async fn with_another_key_file_a_stolen_database_signs_nothing() {
    let shop = Shop::open().await;
    let board = shop.add(EmbedInput { locked: Vec::new(), ..signed() }).await.id;
    let mut config = shop.services.config.clone();
    config.secret_file = config.data_dir.join("thief.key");
    let clock = shop.services.clock.clone();
    let thief = Services::start_with(config, clock, std::sync::Arc::new(services::random::SystemRandom)).await.unwrap();
    let refusal = refused(embeds::view_embed(&thief, &shop.owner, board, None).await);
    assert!(refusal.kind == ErrorKind::Conflict && refusal.message.contains("key file"), "{refusal:?}");
    let steps = embeds::check_embed(&thief, &shop.owner, board).await.unwrap();
    assert!(steps.iter().any(|step| step.name == "secret" && step.outcome == domain::embeds::CheckOutcome::Failed), "{steps:?}");
    assert!(embeds::view_embed(&shop.services, &shop.owner, board, None).await.is_ok());
}

#[tokio::test]
async fn a_secrets_row_that_was_moved_to_another_board_or_shop_stays_closed() {
    let shop = Shop::open().await;
    let signed = || EmbedInput { locked: Vec::new(), ..signed() };
    let (board, other) = (shop.add(signed()).await.id, shop.add(signed()).await.id);
    let thief = shop.services.owner("thief@example.com").await;
    let theirs = embeds::create_embed(&shop.services, &thief, signed()).await.unwrap().id;
    let tx = shop.services.db.read(shop.owner.merchant_id).await.unwrap();
    let row = entity::embed_secret::of_embed(shop.owner.merchant_id, board).one(&*tx).await.unwrap().unwrap();
    drop(tx);
    for (actor, target) in [(&shop.owner, other), (&thief, theirs)] {
        let tx = shop.services.db.write(actor.merchant_id).await.unwrap();
        let column = entity::embed_secret::Column::EmbedId;
        entity::embed_secret::delete(actor.merchant_id).filter(column.eq(target.0)).exec(&*tx).await.unwrap();
        let mut moved = row.clone();
        (moved.merchant_id, moved.embed_id) = (actor.merchant_id.0, target.0);
        entity::embed_secret::Entity::insert(moved.into_active_model()).exec_without_returning(&*tx).await.unwrap();
        tx.commit().await.unwrap();
        let refusal = refused(embeds::view_embed(&shop.services, actor, target, None).await);
        assert!(refusal.kind == ErrorKind::Conflict && refusal.message.contains("damaged"), "{refusal:?}");
    }
    assert!(embeds::view_embed(&shop.services, &shop.owner, board, None).await.is_ok());
}

#[tokio::test]
async fn secrets_go_with_their_board() {
    let shop = Shop::open().await;
    let board = shop.add_signed().await.id;
    embeds::delete_embed(&shop.services, &shop.owner, board).await.unwrap();
    let tx = shop.services.db.read(shop.owner.merchant_id).await.unwrap();
    assert!(entity::embed_secret::find(shop.owner.merchant_id).one(&*tx).await.unwrap().is_none());
    drop(tx);
    assert_eq!(shop.audit("embed.deleted").await, ["Weekly sales from https://metabase.example.com"]);
}

#[tokio::test]
async fn every_change_is_in_the_audit_log_and_none_tells_a_secret() {
    let shop = Shop::open().await;
    let (services, owner) = (&shop.services, &shop.owner);
    let board = shop.add(EmbedInput { locked: Vec::new(), ..signed() }).await.id;
    let patch = EmbedPatch { title: Some("Daily sales".to_owned()), ..EmbedPatch::default() };
    embeds::update_embed(services, owner, board, patch).await.unwrap();
    embeds::set_secret(services, owner, board, secret_input(OTHER_SECRET)).await.unwrap();
    embeds::set_allowed_hosts(services, owner, vec!["metabase.example.com".to_owned()]).await.unwrap();
    embeds::reorder_embeds(services, owner, vec![board]).await.unwrap();
    embeds::check_embed(services, owner, board).await.unwrap();
    let view = embeds::view_embed(services, &shop.viewer, board, None).await.unwrap();
    embeds::delete_embed(services, owner, board).await.unwrap();
    let entries = services::accounts::list_audit(services, owner, None).await.unwrap();
    let actions: Vec<&str> = entries.iter().rev().map(|entry| entry.action.as_str()).filter(|action| action.starts_with("embed.")).collect();
    let expected = ["created", "changed", "secret_set", "hosts_changed", "reordered", "checked", "token_minted", "deleted"];
    assert_eq!(actions, expected.map(|action| format!("embed.{action}")));
    let text = format!("{entries:?}");
    let token = view.url.rsplit('/').next().expect("an address has a path");
    for hidden in [SECRET, OTHER_SECRET, token] {
        assert!(!text.contains(hidden) && !text.contains(&hidden[8..24]));
    }
}
