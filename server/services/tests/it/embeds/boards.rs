//! Adding, changing, ordering and removing boards.

use domain::embeds::{EmbedAccess, EmbedInput, EmbedPatch, EmbedTool};
use domain::ids::EmbedId;
use domain::{ErrorKind, Role};
use services::embeds;
use uuid::Uuid;

use super::shop::{METABASE, STUDIO, Shop, fields, refused, secret_input, signed};

#[tokio::test]
async fn an_address_and_a_title_make_a_board_that_everyone_sees() {
    let shop = Shop::open().await;
    assert!(embeds::visible_embeds(&shop.services, &shop.viewer).await.unwrap().is_empty(), "a fresh shop has none");
    let board = shop.add(EmbedInput::new(STUDIO, "  Marketing  ")).await;
    assert_eq!((board.title.as_str(), board.tool, board.access), ("Marketing", EmbedTool::LookerStudio, EmbedAccess::SignIn));
    assert_eq!(board.origin, "https://lookerstudio.google.com");
    assert!(board.enabled && !board.has_secret && board.position == 0);
    let seen = embeds::visible_embeds(&shop.services, &shop.viewer).await.unwrap();
    assert_eq!(seen.iter().map(|board| board.id).collect::<Vec<_>>(), [board.id]);
    assert_eq!(shop.audit("embed.created").await, ["Marketing: Looker Studio from https://lookerstudio.google.com"]);
}

#[tokio::test]
async fn what_cannot_be_shown_is_refused_with_a_sentence_at_its_field() {
    let shop = Shop::open().await;
    let create = |input: EmbedInput| embeds::create_embed(&shop.services, &shop.owner, input);
    for paste in ["javascript:alert(1)", "http://bi.example.com/", "http://127.0.0.1:3000/sales", "https://user:pass@bi.example.com/"] {
        let refusal = refused(create(EmbedInput::new(paste, "Board")).await);
        assert!(refusal.kind == ErrorKind::Validation && refusal.field("paste").is_some(), "{paste}: {refusal:?}");
    }
    assert!(refused(create(EmbedInput::new(STUDIO, " ")).await).field("title").is_some());
    assert!(refused(create(EmbedInput::new(METABASE, "No secret")).await).field("secret").is_some());
    let wrong = EmbedInput { secret: Some([("password".to_owned(), "x".to_owned())].into()), ..EmbedInput::new(METABASE, "Wrong") };
    assert!(refused(create(wrong).await).field("secret.secret").is_some());
    let unsigned = EmbedInput { locked: signed().locked, ..EmbedInput::new(STUDIO, "Locked") };
    assert!(refused(create(unsigned).await).field("locked").is_some());
    let nobody = EmbedInput { roles: Vec::new(), ..EmbedInput::new(STUDIO, "For nobody") };
    assert!(refused(create(nobody).await).field("roles").is_some());
    let stranger = shop.services.owner("stranger@example.com").await;
    let foreign = EmbedInput { members: vec![stranger.user_id.unwrap()], ..EmbedInput::new(STUDIO, "For a stranger") };
    assert!(refused(create(foreign).await).field("members").is_some());
    assert!(embeds::list_embeds(&shop.services, &shop.owner).await.unwrap().is_empty(), "nothing of it was kept");
}

#[tokio::test]
async fn only_owners_and_admins_set_boards_up() {
    let shop = Shop::open().await;
    let board = shop.add_signed().await;
    let analyst = shop.services.member(&shop.owner, "analyst@example.com", Role::Analyst).await;
    for actor in [&analyst, &shop.viewer] {
        let services = &shop.services;
        let kinds = [
            refused(embeds::list_embeds(services, actor).await).kind,
            refused(embeds::create_embed(services, actor, EmbedInput::new(STUDIO, "Mine")).await).kind,
            refused(embeds::update_embed(services, actor, board.id, EmbedPatch::default()).await).kind,
            refused(embeds::reorder_embeds(services, actor, vec![board.id]).await).kind,
            refused(embeds::delete_embed(services, actor, board.id).await).kind,
            refused(embeds::set_secret(services, actor, board.id, secret_input("x")).await).kind,
            refused(embeds::check_embed(services, actor, board.id).await).kind,
            refused(embeds::recognise(services, actor, STUDIO).await).kind,
            refused(embeds::allowed_hosts(services, actor).await).kind,
            refused(embeds::set_allowed_hosts(services, actor, Vec::new()).await).kind,
        ];
        assert_eq!(kinds, [ErrorKind::Forbidden; 10]);
    }
}

#[tokio::test]
async fn another_shops_board_does_not_exist() {
    let shop = Shop::open().await;
    let board = shop.add_signed().await.id;
    let (services, stranger) = (&shop.services, &shop.services.owner("stranger@example.com").await);
    let kinds = [
        refused(embeds::get_embed(services, stranger, board).await).kind,
        refused(embeds::view_embed(services, stranger, board, None).await).kind,
        refused(embeds::update_embed(services, stranger, board, EmbedPatch::default()).await).kind,
        refused(embeds::reorder_embeds(services, stranger, vec![board]).await).kind,
        refused(embeds::delete_embed(services, stranger, board).await).kind,
        refused(embeds::set_secret(services, stranger, board, secret_input("x")).await).kind,
        refused(embeds::check_embed(services, stranger, board).await).kind,
        refused(embeds::view_embed(services, &shop.owner, EmbedId(Uuid::nil()), None).await).kind,
    ];
    assert_eq!(kinds, [ErrorKind::NotFound; 8]);
    assert!(embeds::list_embeds(services, stranger).await.unwrap().is_empty());
    assert!(embeds::frame_policy(services, stranger).await.unwrap().origins.is_empty());
}

#[tokio::test]
async fn a_patch_changes_what_it_names_and_the_rest_stays() {
    let shop = Shop::open().await;
    let board = shop.add_signed().await;
    let patch = EmbedPatch { title: Some("Daily sales".to_owned()), group: Some("Sales".to_owned()), ..EmbedPatch::default() };
    let changed = embeds::update_embed(&shop.services, &shop.owner, board.id, patch).await.unwrap();
    let mut expected = board.clone();
    (expected.title, expected.group) = ("Daily sales".to_owned(), "Sales".to_owned());
    assert_eq!(changed, expected);
    assert_eq!(shop.audit("embed.changed").await, ["Daily sales: title, group"]);
    let nobody = EmbedPatch { roles: Some(Vec::new()), ..EmbedPatch::default() };
    assert!(refused(embeds::update_embed(&shop.services, &shop.owner, board.id, nobody).await).field("roles").is_some());
}

#[tokio::test]
async fn a_secret_given_for_one_place_signs_for_no_other() {
    let shop = Shop::open().await;
    let board = shop.add_signed().await.id;
    let update = |patch: EmbedPatch| embeds::update_embed(&shop.services, &shop.owner, board, patch);
    let to = |paste: &str| EmbedPatch { paste: Some(paste.to_owned()), ..EmbedPatch::default() };
    let same_place = update(to("https://metabase.example.com/dashboard/43")).await.unwrap();
    assert!(same_place.has_secret && same_place.url.ends_with("/43"));
    let elsewhere = to("https://metabase.evil.example/dashboard/42");
    assert!(refused(update(elsewhere.clone()).await).field("secret").is_some(), "it cannot be on without a secret");
    let off = EmbedPatch { enabled: Some(false), locked: Some(Vec::new()), ..elsewhere };
    let moved = update(off).await.unwrap();
    assert!(!moved.has_secret && !moved.enabled);
    assert!(shop.audit("embed.changed").await[0].contains("without its secret"));
}

#[tokio::test]
async fn boards_stand_in_the_order_that_was_chosen_and_members_land_on_one() {
    let shop = Shop::open().await;
    let mut ids = Vec::new();
    for title in ["One", "Two", "Three"] {
        ids.push(shop.add(EmbedInput { is_start: true, ..EmbedInput::new(STUDIO, title) }).await.id);
    }
    let listed = embeds::reorder_embeds(&shop.services, &shop.owner, vec![ids[2], ids[0]]).await.unwrap();
    assert_eq!(listed.iter().map(|board| board.title.as_str()).collect::<Vec<_>>(), ["Three", "One", "Two"]);
    assert_eq!(listed.iter().filter(|board| board.is_start).map(|board| board.id).collect::<Vec<_>>(), [ids[2]]);
    assert_eq!(embeds::frame_policy(&shop.services, &shop.viewer).await.unwrap().start, Some(ids[2]));
    embeds::delete_embed(&shop.services, &shop.owner, ids[2]).await.unwrap();
    assert_eq!(embeds::frame_policy(&shop.services, &shop.viewer).await.unwrap().start, None);
    assert_eq!(shop.add(EmbedInput::new(STUDIO, "Four")).await.position, 3);
}

#[tokio::test]
async fn a_board_whose_viewers_signed_in_is_signed_for_once_it_has_a_secret() {
    let shop = Shop::open().await;
    let board = shop.add(EmbedInput::new("https://shop.cloud.looker.com/dashboards/4", "Looker")).await;
    assert_eq!((board.tool, board.access), (EmbedTool::Looker, EmbedAccess::SignIn));
    let mut input = secret_input("embed-secret");
    input.fields.insert("models".to_owned(), "shop".to_owned());
    let signed = embeds::set_secret(&shop.services, &shop.owner, board.id, input).await.unwrap();
    assert_eq!((signed.tool, signed.access), (EmbedTool::LookerSigned, EmbedAccess::Signed));
    let view = embeds::view_embed(&shop.services, &shop.viewer, board.id, None).await.unwrap();
    assert!(view.url.starts_with("https://shop.cloud.looker.com/login/embed/%2Fembed%2Fdashboards%2F4"), "{}", view.url);
    assert!(view.url.contains("&signature="));
    let studio = shop.add(EmbedInput::new(STUDIO, "Studio")).await.id;
    assert_eq!(refused(embeds::set_secret(&shop.services, &shop.owner, studio, secret_input("x")).await).kind, ErrorKind::Validation);
    let created = EmbedInput { secret: Some(fields("x")), ..EmbedInput::new(STUDIO, "Studio") };
    assert!(refused(embeds::create_embed(&shop.services, &shop.owner, created).await).field("secret").is_some());
}
