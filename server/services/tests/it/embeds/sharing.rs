//! Who sees what.

use domain::embeds::{EmbedInput, EmbedPatch};
use domain::{ErrorKind, Role};
use services::embeds;

use super::shop::{STUDIO, Shop, refused};

#[tokio::test]
async fn a_viewer_sees_only_what_is_shared_with_their_role_or_with_them() {
    let shop = Shop::open().await;
    let other = shop.services.member(&shop.owner, "other@example.com", Role::Viewer).await;
    let for_roles = |roles: &[Role], title: &str| EmbedInput { roles: roles.to_vec(), ..EmbedInput::new(STUDIO, title) };
    let admins = shop.add(for_roles(&[Role::Admin, Role::Owner], "Admins")).await.id;
    let viewers = shop.add(for_roles(&[Role::Viewer], "Viewers")).await.id;
    let by_name = EmbedInput { members: vec![shop.viewer.user_id.unwrap()], ..for_roles(&[], "By name") };
    let by_name = shop.add(by_name).await.id;
    let off = shop.add(EmbedInput { enabled: false, ..EmbedInput::new(STUDIO, "Off") }).await.id;
    for (actor, titles) in [(&shop.viewer, vec!["Viewers", "By name"]), (&other, vec!["Viewers"]), (&shop.owner, vec!["Admins"])] {
        let seen = embeds::visible_embeds(&shop.services, actor).await.unwrap();
        assert_eq!(seen.iter().map(|board| board.title.as_str()).collect::<Vec<_>>(), titles);
    }
    for (actor, id, may) in [
        (&shop.viewer, admins, false),
        (&shop.viewer, viewers, true),
        (&shop.viewer, by_name, true),
        (&other, by_name, false),
        (&shop.viewer, off, false),
        (&shop.owner, by_name, true),
        (&shop.owner, off, false),
    ] {
        let view = embeds::view_embed(&shop.services, actor, id, None).await;
        assert_eq!(view.as_ref().err().map(|error| error.kind()), (!may).then_some(ErrorKind::NotFound), "{} {id}", actor.name);
    }
    assert_eq!(refused(embeds::get_embed(&shop.services, &shop.viewer, admins).await).kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn members_do_not_learn_how_a_board_is_set_up() {
    let shop = Shop::open().await;
    let board = shop.add_signed().await;
    assert!(board.has_secret && board.secret_set_at.is_some() && !board.locked.is_empty());
    let listed = embeds::visible_embeds(&shop.services, &shop.viewer).await.unwrap().remove(0);
    let got = embeds::get_embed(&shop.services, &shop.viewer, board.id).await.unwrap();
    assert_eq!(listed, got);
    assert!(got.roles.is_empty() && got.members.is_empty() && got.locked.is_empty() && got.secret_set_at.is_none() && !got.has_secret);
    assert_eq!(embeds::get_embed(&shop.services, &shop.owner, board.id).await.unwrap(), board);
}

#[tokio::test]
async fn a_role_that_changes_and_a_board_that_is_taken_back_take_effect_at_once() {
    let shop = Shop::open().await;
    let board = shop.add(EmbedInput::new(STUDIO, "Studio")).await.id;
    assert!(embeds::view_embed(&shop.services, &shop.viewer, board, None).await.is_ok());
    assert_eq!(embeds::frame_policy(&shop.services, &shop.viewer).await.unwrap().origins.len(), 1);
    let patch = EmbedPatch { roles: Some(vec![Role::Admin]), ..EmbedPatch::default() };
    embeds::update_embed(&shop.services, &shop.owner, board, patch).await.unwrap();
    assert_eq!(refused(embeds::view_embed(&shop.services, &shop.viewer, board, None).await).kind, ErrorKind::NotFound);
    assert!(embeds::frame_policy(&shop.services, &shop.viewer).await.unwrap().origins.is_empty());
}
