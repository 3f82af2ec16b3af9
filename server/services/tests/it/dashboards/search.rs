//! Search: what is found, by whom, and where it leads.

use domain::Role;
use domain::dashboards::{BoardInput, SearchKind, SearchResult};
use services::dashboards::{archive_board, create_board, search};
use services::{Actor, Services};

use crate::sources::steps::bring;
use crate::support::TestServices;

const FILE: &[u8] = b"Order ID,Order Date,Product,Quantity,Unit Price,Country,Customer Email\n\
    A1,2026-01-05,Blue mug,2,5.00,GB,bea@example.com\nA2,2026-01-07,Red mug,9,5.00,GB,bob@example.com\n\
    A3,2026-01-14,50% off plate_,1,9.00,DE,bea@example.com\n";

async fn found(services: &Services, actor: &Actor, text: &str, kind: SearchKind) -> Vec<SearchResult> {
    let all = search(services, actor, text).await.expect("an answer");
    all.into_iter().filter(|result| result.kind == kind).collect()
}

async fn titles(services: &Services, actor: &Actor, text: &str, kind: SearchKind) -> Vec<String> {
    found(services, actor, text, kind).await.into_iter().map(|result| result.title).collect()
}

fn board(title: &str) -> BoardInput {
    BoardInput { title: title.to_owned(), ..BoardInput::default() }
}

#[tokio::test]
async fn a_few_letters_find_what_one_may_open() {
    let services = TestServices::start().await;
    let (owner, stranger) = (services.owner("ada@example.com").await, services.owner("mallory@example.com").await);
    let viewer = services.member(&owner, "eve@example.com", Role::Viewer).await;
    bring(&services, &owner, "orders.csv", FILE).await;
    let mine = create_board(&services, &owner, board("Mugs on Monday")).await.expect("a board");
    let away = create_board(&services, &owner, board("Mugs of yore")).await.expect("a board");
    archive_board(&services, &owner, away, true).await.expect("it is put away");

    use SearchKind::{Board, Country, Customer, Measure, Page, Product};
    assert_eq!(titles(&services, &viewer, "MUG", Product).await, ["Red mug", "Blue mug"], "what sold most comes first");
    let one = found(&services, &viewer, "off plate_", Product).await;
    assert_eq!(one[0].address, "/dashboards/xray-product?product=50%25%20off%20plate_");
    assert_eq!(titles(&services, &owner, "e_", Product).await, ["50% off plate_"], "signs that databases have a meaning for are signs");
    assert_eq!(titles(&services, &owner, "m", Product).await, [""; 0], "one letter stands in most names");
    assert_eq!(titles(&services, &owner, "g", Country).await, ["Germany", "United Kingdom"], "but countries are few");
    assert_eq!(found(&services, &viewer, "mug", Board).await[0].address, format!("/dashboards/{mine}"));
    assert_eq!(titles(&services, &viewer, "mug", Board).await, ["Mugs on Monday"]);
    assert_eq!(titles(&services, &viewer, "united", Country).await, ["United Kingdom"]);
    assert_eq!(titles(&services, &viewer, "aov", Measure).await, ["Average order value"], "synonyms count");
    assert_eq!(found(&services, &viewer, "net sales", Measure).await[0].address, "/changes/net_sales");

    assert_eq!(titles(&services, &owner, "bea@", Customer).await, ["bea@example.com"]);
    assert_eq!(titles(&services, &viewer, "bea@", Customer).await, [""; 0], "who bought is not for viewers");
    assert_eq!(titles(&services, &owner, "members", Page).await, ["Members settings"]);
    assert_eq!(titles(&services, &viewer, "members", Page).await, [""; 0]);

    let foreign = search(&services, &stranger, "mug").await.expect("an answer");
    assert!(foreign.iter().all(|result| result.kind != Product && result.title != "Mugs on Monday"), "{foreign:?}");
    let (long, han) = ("x".repeat(201), "\u{8336}".repeat(70));
    for nothing in ["", "  ", "no such thing at all", &long, &han, "mug\0", "'; DROP TABLE orders; --"] {
        assert_eq!(search(&services, &owner, nothing).await.expect("an answer"), []);
    }
}
