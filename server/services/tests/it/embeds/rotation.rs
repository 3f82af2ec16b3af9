//! A secret is changed while pages are open.

use domain::embeds::{EmbedInput, EmbedView, ViewInput};
use domain::ids::EmbedId;
use services::embeds;

use super::shop::{OTHER_SECRET, SECRET, Shop, claims, secret_input, signed};

const MINUTE: i64 = 60_000;

async fn view(shop: &Shop, board: EmbedId, previous_secret: bool) -> EmbedView {
    let input = ViewInput { range: None, previous_secret };
    embeds::view_embed_by(&shop.services, &shop.viewer, board, input).await.expect("it opens")
}

async fn signed_with(shop: &Shop, board: EmbedId, previous_secret: bool) -> &'static str {
    let url = view(shop, board, previous_secret).await.url;
    [SECRET, OTHER_SECRET].into_iter().find(|secret| claims(&url, secret).is_some()).expect("one of the two signed it")
}

#[tokio::test]
async fn the_new_secret_signs_at_once_and_the_old_one_stands_by_for_a_while() {
    let shop = Shop::open().await;
    let board = shop.add(EmbedInput { locked: Vec::new(), ..signed() }).await.id;
    assert_eq!(signed_with(&shop, board, false).await, SECRET);
    assert_eq!(signed_with(&shop, board, true).await, SECRET, "there is only one");
    let changed = embeds::set_secret(&shop.services, &shop.owner, board, secret_input(OTHER_SECRET)).await.unwrap();
    assert!(changed.has_secret);
    // The tool was switched over already: the next refresh of an open page fits. Or not yet: the page asks for the old one.
    assert_eq!(signed_with(&shop, board, false).await, OTHER_SECRET);
    assert_eq!(signed_with(&shop, board, true).await, SECRET);
    shop.services.clock.advance_ms(14 * MINUTE);
    assert_eq!(signed_with(&shop, board, true).await, SECRET);
    shop.services.clock.advance_ms(2 * MINUTE);
    assert_eq!(signed_with(&shop, board, true).await, OTHER_SECRET, "its time is over");
}

#[tokio::test]
async fn a_page_is_told_whether_another_secret_is_worth_asking_for() {
    let shop = Shop::open().await;
    let board = shop.add(EmbedInput { locked: Vec::new(), ..signed() }).await.id;
    let told = async |previous| {
        let view = view(&shop, board, previous).await;
        (view.previous_secret, view.other_secret)
    };
    assert_eq!((told(false).await, told(true).await), ((false, false), (false, false)));
    embeds::set_secret(&shop.services, &shop.owner, board, secret_input(OTHER_SECRET)).await.unwrap();
    assert_eq!((told(false).await, told(true).await), ((false, true), (true, true)));
    let minted = shop.audit("embed.token_minted").await;
    assert!(minted[0].ends_with("with secret no. 1") && minted[1].ends_with("with secret no. 2"), "{minted:?}");
    shop.services.clock.advance_ms(16 * MINUTE);
    assert_eq!((told(false).await, told(true).await), ((false, false), (false, false)));
}

#[tokio::test]
async fn no_more_than_two_generations_are_kept() {
    let shop = Shop::open().await;
    let board = shop.add(EmbedInput { locked: Vec::new(), ..signed() }).await.id;
    for secret in ["third", OTHER_SECRET, SECRET] {
        embeds::set_secret(&shop.services, &shop.owner, board, secret_input(secret)).await.unwrap();
    }
    let tx = shop.services.db.read(shop.owner.merchant_id).await.unwrap();
    let rows = entity::embed_secret::of_embed(shop.owner.merchant_id, board);
    let mut generations: Vec<(i32, bool)> =
        sea_orm::QuerySelect::limit(rows, 10).all(&*tx).await.unwrap().iter().map(|row| (row.generation, row.ends_at.is_some())).collect();
    generations.sort_unstable();
    assert_eq!(generations, [(3, true), (4, false)]);
    drop(tx);
    assert_eq!(signed_with(&shop, board, false).await, SECRET);
    assert_eq!(signed_with(&shop, board, true).await, OTHER_SECRET);
    assert!(shop.audit("embed.secret_set").await[0].contains("15 minutes"));
}

#[tokio::test]
async fn an_overlap_of_nothing_ends_the_old_secret_at_once() {
    let shop = Shop::open().await;
    let board = shop.add(EmbedInput { locked: Vec::new(), ..signed() }).await.id;
    let mut input = secret_input(OTHER_SECRET);
    input.overlap_minutes = Some(0);
    embeds::set_secret(&shop.services, &shop.owner, board, input).await.unwrap();
    assert_eq!(signed_with(&shop, board, true).await, OTHER_SECRET);
}
