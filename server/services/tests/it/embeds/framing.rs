//! What a member's pages may frame, and from where boards may come.

use domain::embeds::{EmbedInput, EmbedPatch};
use domain::{ErrorKind, Role};
use services::Services;
use services::random::SystemRandom;
use services::{accounts, embeds};
use std::sync::Arc;

use super::shop::{STUDIO, Shop, refused, signed};

const SECURE: &str =
    "https://app.powerbi.com/reportEmbed?reportId=6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003&autoAuth=true&ctid=6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0004";

#[tokio::test]
async fn a_page_frames_the_origins_of_the_boards_that_its_member_may_open_and_no_others() {
    let shop = Shop::open().await;
    let policy = |actor| embeds::frame_policy(&shop.services, actor);
    assert_eq!(policy(&shop.viewer).await.unwrap(), embeds::FramePolicy::default());
    shop.add(EmbedInput::new(STUDIO, "Studio")).await;
    shop.add(EmbedInput::new(STUDIO, "Studio again")).await;
    shop.add(EmbedInput { roles: vec![Role::Admin], ..EmbedInput::new(SECURE, "Power BI") }).await;
    let signed = shop.add(EmbedInput { enabled: false, ..signed() }).await.id;
    let viewers = policy(&shop.viewer).await.unwrap();
    assert_eq!((viewers.origins, viewers.needs_popups), (vec!["https://lookerstudio.google.com".to_owned()], false));
    let owners = policy(&shop.owner).await.unwrap();
    assert_eq!(owners.origins, ["https://app.powerbi.com", "https://lookerstudio.google.com"]);
    assert!(owners.needs_popups);
    let on = EmbedPatch { enabled: Some(true), ..EmbedPatch::default() };
    embeds::update_embed(&shop.services, &shop.owner, signed, on).await.unwrap();
    assert_eq!(policy(&shop.viewer).await.unwrap().origins, ["https://lookerstudio.google.com", "https://metabase.example.com"]);
}

#[tokio::test]
async fn a_page_asks_the_database_only_after_a_change() {
    let shop = Shop::open().await;
    shop.add(EmbedInput::new(STUDIO, "Studio")).await;
    let before = embeds::frame_policy(&shop.services, &shop.viewer).await.unwrap();
    // Behind the use cases' back: nobody is told.
    let tx = shop.services.db.write(shop.owner.merchant_id).await.unwrap();
    entity::embed::delete(shop.owner.merchant_id).exec(&*tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(embeds::frame_policy(&shop.services, &shop.viewer).await.unwrap(), before);
    shop.services.clock.advance_ms(61_000);
    if !shop.services.kv.is_shared() {
        assert_eq!(embeds::frame_policy(&shop.services, &shop.viewer).await.unwrap(), embeds::FramePolicy::default());
    }
}

#[tokio::test]
async fn a_change_on_one_server_is_seen_on_the_other() {
    let shop = Shop::open().await;
    let config = shop.services.config.clone();
    let other = Services::start_with(config, shop.services.clock.clone(), Arc::new(SystemRandom)).await.unwrap();
    assert!(embeds::frame_policy(&other, &shop.viewer).await.unwrap().origins.is_empty());
    shop.add(EmbedInput::new(STUDIO, "Studio")).await;
    if !shop.services.kv.is_shared() {
        // Without Redis, after a minute.
        shop.services.clock.advance_ms(61_000);
    }
    assert_eq!(embeds::frame_policy(&other, &shop.viewer).await.unwrap().origins.len(), 1);
}

#[tokio::test]
async fn once_hosts_are_named_all_others_are_refused_and_not_shown() {
    let shop = Shop::open().await;
    let studio = shop.add(EmbedInput::new(STUDIO, "Studio")).await.id;
    let hosts = |hosts: &[&str]| embeds::set_allowed_hosts(&shop.services, &shop.owner, hosts.iter().map(|host| (*host).to_owned()).collect());
    let set = hosts(&["https://BI.example.com/some/page", "bi.example.com", " "]).await.unwrap();
    assert_eq!(set, ["bi.example.com"]);
    assert_eq!(embeds::allowed_hosts(&shop.services, &shop.owner).await.unwrap(), set);
    let refusal = refused(embeds::create_embed(&shop.services, &shop.owner, EmbedInput::new(STUDIO, "Again")).await);
    let sentence = refusal.field("paste").expect("the field is named");
    assert!(sentence.contains("lookerstudio.google.com") && sentence.contains("bi.example.com"), "{sentence}");
    assert!(refused(embeds::recognise(&shop.services, &shop.owner, STUDIO).await).field("paste").is_some());
    assert_eq!(refused(embeds::view_embed(&shop.services, &shop.viewer, studio, None).await).kind, ErrorKind::NotFound);
    assert!(embeds::frame_policy(&shop.services, &shop.viewer).await.unwrap().origins.is_empty());
    shop.add(EmbedInput::new("https://bi.example.com/board", "Allowed")).await;
    assert!(refused(hosts(&["not a host"]).await).field("hosts").is_some());
    assert!(hosts(&[]).await.unwrap().is_empty());
    assert!(embeds::view_embed(&shop.services, &shop.viewer, studio, None).await.is_ok());
    assert_eq!(shop.audit("embed.hosts_changed").await, ["any host", "bi.example.com"]);
    assert!(accounts::list_audit(&shop.services, &shop.viewer, None).await.is_err());
}
