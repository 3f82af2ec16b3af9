//! What a frame is given, and from where each value in it comes.

use domain::ErrorKind;
use domain::accounts::StoreChange;
use domain::embeds::{CheckOutcome, DateParameters, EmbedInput, EmbedPatch, LockedParameter, ParameterValue};
use serde_json::json;
use services::clock::Clock;
use services::{accounts, embeds};

use super::shop::{SECRET, STUDIO, Shop, claims, refused, signed};

async fn put_into_store(shop: &Shop, store: Option<&str>) {
    let change = StoreChange { store: store.map(str::to_owned) };
    let user = shop.viewer.user_id.expect("a viewer is a person");
    let member = accounts::change_store(&shop.services, &shop.owner, user, change).await.expect("the owner may do it");
    assert_eq!(member.store.as_deref(), store);
}

#[tokio::test]
async fn locked_parameters_are_the_members_own_and_without_a_value_nothing_is_shown() {
    let shop = Shop::open().await;
    let board = shop.add_signed().await.id;
    let refusal = refused(embeds::view_embed(&shop.services, &shop.viewer, board, None).await);
    assert!(refusal.kind == ErrorKind::Conflict && refusal.message.contains("store"), "{refusal:?}");
    put_into_store(&shop, Some("Leeds")).await;
    let view = embeds::view_embed(&shop.services, &shop.viewer, board, None).await.unwrap();
    let claims = claims(&view.url, SECRET).expect("signed with the secret");
    assert_eq!((&claims["resource"], &claims["params"]), (&json!({"dashboard": 42}), &json!({"store": "Leeds"})));
    let now_s = shop.services.clock.now_ms() / 1000;
    assert_eq!(claims["exp"], json!(now_s + 540));
    assert_eq!((view.refresh_in_ms, view.token, view.open_url), (Some(432_000), None, None));
    put_into_store(&shop, None).await;
    assert!(embeds::view_embed(&shop.services, &shop.viewer, board, None).await.is_err());
    assert_eq!(shop.audit("member.store_changed").await.len(), 2);
}

#[tokio::test]
async fn nobody_chooses_their_own_store() {
    let shop = Shop::open().await;
    let change = StoreChange { store: Some("Leeds".to_owned()) };
    let own = accounts::change_store(&shop.services, &shop.viewer, shop.viewer.user_id.unwrap(), change.clone()).await;
    assert_eq!(refused(own).kind, ErrorKind::Forbidden);
    let stranger = shop.services.owner("stranger@example.com").await;
    let foreign = accounts::change_store(&shop.services, &stranger, shop.viewer.user_id.unwrap(), change).await;
    assert_eq!(refused(foreign).kind, ErrorKind::NotFound);
    let empty = StoreChange { store: Some(" ".to_owned()) };
    let empty = accounts::change_store(&shop.services, &shop.owner, shop.viewer.user_id.unwrap(), empty).await;
    assert_eq!(refused(empty).kind, ErrorKind::Validation);
}

#[tokio::test]
async fn every_source_of_a_locked_parameter_is_filled_on_the_server() {
    let shop = Shop::open().await;
    put_into_store(&shop, Some("York")).await;
    let sources = ParameterValue::FROM_MEMBER.into_iter().chain([ParameterValue::Fixed("2011".to_owned())]);
    let locked = sources.enumerate().map(|(index, value)| LockedParameter { name: format!("p{index}"), value }).collect();
    let board = shop.add(EmbedInput { locked, ..signed() }).await.id;
    let view = embeds::view_embed(&shop.services, &shop.viewer, board, None).await.unwrap();
    let params = claims(&view.url, SECRET).expect("signed")["params"].clone();
    let merchant = shop.viewer.merchant_id.to_string();
    let expected = json!({
        "p0": "Shop of owner@example.com", "p1": merchant, "p2": "viewer@example.com", "p3": "viewer", "p4": "York", "p5": "2011"
    });
    assert_eq!(params, expected);
}

#[tokio::test]
async fn each_token_is_in_the_audit_log_without_the_token() {
    let shop = Shop::open().await;
    let board = shop.add(EmbedInput { locked: Vec::new(), ..signed() }).await.id;
    let view = embeds::view_embed(&shop.services, &shop.viewer, board, None).await.unwrap();
    let unsigned = shop.add(EmbedInput::new(STUDIO, "Studio")).await.id;
    embeds::view_embed(&shop.services, &shop.viewer, unsigned, None).await.unwrap();
    let minted = shop.audit("embed.token_minted").await;
    assert_eq!(minted, ["Weekly sales, until 2026-01-15 12:09:00 UTC, with secret no. 1"]);
    let token = view.url.split("/embed/dashboard/").nth(1).unwrap();
    let everything = services::accounts::list_audit(&shop.services, &shop.owner, None).await.unwrap();
    let text = format!("{everything:?}");
    assert!(!text.contains(token) && !text.contains(SECRET));
}

#[tokio::test]
async fn the_pages_days_go_into_the_tools_parameters() {
    let shop = Shop::open().await;
    let dates = DateParameters { from: "from".to_owned(), to: "to".to_owned() };
    let board = shop.add(EmbedInput { dates: Some(dates), ..EmbedInput::new("https://bi.example.com/board?tab=1", "Board") }).await.id;
    let view = embeds::view_embed(&shop.services, &shop.viewer, board, Some("2011-03-01..2011-03-31")).await.unwrap();
    assert_eq!(view.url, "https://bi.example.com/board?tab=1&from=2011-03-01&to=2011-03-31");
    // The tests' clock stands at the 15th of January 2026.
    let view = embeds::view_embed(&shop.services, &shop.viewer, board, Some("7d")).await.unwrap();
    assert_eq!(view.url, "https://bi.example.com/board?tab=1&from=2026-01-09&to=2026-01-15");
    let usual = embeds::view_embed(&shop.services, &shop.viewer, board, None).await.unwrap();
    assert!(usual.url.contains("from=2025-12-17"), "{}", usual.url);
    assert_eq!(refused(embeds::view_embed(&shop.services, &shop.viewer, board, Some("soon")).await).kind, ErrorKind::Validation);
}

#[tokio::test]
async fn a_check_tells_each_step_and_remembers_it() {
    let shop = Shop::open().await;
    let board = shop.add_signed().await.id;
    let outcomes = |steps: &[domain::embeds::CheckStep]| steps.iter().map(|step| (step.name.clone(), step.outcome)).collect::<Vec<_>>();
    let steps = embeds::check_embed(&shop.services, &shop.owner, board).await.unwrap();
    use CheckOutcome::{Failed, Passed, Unknown};
    let expected = [
        ("address", Passed),
        ("sharing", Passed),
        ("host", Passed),
        ("frame_policy", Passed),
        ("secret", Passed),
        // The owner has no store.
        ("token", Unknown),
        ("clock", Unknown),
    ];
    assert_eq!(outcomes(&steps), expected.map(|(name, outcome)| (name.to_owned(), outcome)));
    assert!(steps.iter().all(|step| step.sentence.ends_with('.')), "{steps:?}");
    let off = EmbedPatch { enabled: Some(false), locked: Some(Vec::new()), ..EmbedPatch::default() };
    embeds::update_embed(&shop.services, &shop.owner, board, off).await.unwrap();
    embeds::set_allowed_hosts(&shop.services, &shop.owner, vec!["bi.example.com".to_owned()]).await.unwrap();
    let steps = embeds::check_embed(&shop.services, &shop.owner, board).await.unwrap();
    let found: Vec<CheckOutcome> = steps.iter().map(|step| step.outcome).collect();
    assert_eq!(found, [Passed, Failed, Failed, Failed, Passed, Passed, Unknown]);
    let kept = embeds::get_embed(&shop.services, &shop.owner, board).await.unwrap();
    assert_eq!((kept.last_check, kept.last_checked_at), (steps, Some(shop.services.clock.now_ms())));
    assert!(shop.audit("embed.token_minted").await.is_empty(), "a check gives no token away");
}
