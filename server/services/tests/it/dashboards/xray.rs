//! The board of one product, country or customer beside all others.

use domain::dashboards::{BoardKey, BoardView, CardContent, DashboardView, StandardBoard};
use domain::question::Cell;
use domain::semantic::Dimension;
use domain::{ErrorKind, Role};
use services::dashboards::{list_boards, view_board};

use crate::sources::steps::bring;
use crate::support::TestServices;

// Three orders with a mug and a plate, and two of others. In November 25.00 of 40.00 are mugs, in December 5.00 of 35.00.
const FILE: &[u8] = b"Order ID,Order Date,Product,Quantity,Unit Price,Country,Customer Email\n\
    A1,2025-11-05,Mug,2,5.00,GB,bea@example.com\nA1,2025-11-05,Plate,1,6.00,GB,bea@example.com\n\
    A2,2025-11-07,Mug,3,5.00,GB,bob@example.com\nA2,2025-11-07,Plate,1,9.00,GB,bob@example.com\n\
    A3,2025-12-09,Mug,1,5.00,DE,bea@example.com\nA3,2025-12-09,Plate,1,10.00,DE,bea@example.com\n\
    A4,2025-12-11,Spoon,1,5.00,DE,kim@example.com\nA4,2025-12-11,Fork,1,5.00,DE,kim@example.com\n\
    A5,2025-12-12,Spoon,1,5.00,DE,kim@example.com\nA5,2025-12-12,Fork,1,5.00,DE,kim@example.com\n";

fn view(dimension: Dimension, value: &str) -> DashboardView {
    DashboardView {
        grain: domain::range::Grain::parse("month"),
        ..DashboardView::from_query("range=2025-11-01..2025-12-31").toggled(dimension, value)
    }
}

fn content<'a>(board: &'a BoardView, title: &str) -> &'a CardContent {
    let card = board.views.iter().find(|card| card.title == title);
    &card.unwrap_or_else(|| panic!("no card {title}: {:?}", board.views.iter().map(|card| &card.title).collect::<Vec<_>>())).content
}

#[tokio::test]
async fn a_product_is_shown_beside_all_others() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    bring(&services, &owner, "orders.csv", FILE).await;
    let key = BoardKey::Standard(StandardBoard::ProductXray);
    let board = view_board(&services, &owner, key, view(Dimension::Product, "Mug")).await.expect("the board");
    assert_eq!((board.title.as_str(), board.description.as_str()), ("Mug", "X-ray: one product beside all others"));
    let CardContent::Figure(figure) = content(&board, "Net sales") else { panic!("a figure") };
    assert_eq!(figure.value, "£30.00");
    let CardContent::Chart(share) = content(&board, "Share of all net sales") else { panic!("a chart") };
    // 25.00 of 40.00, and 5.00 of 35.00.
    assert_eq!(share.spec.series[0].values, [Some(62.5), Some(14.3)]);
    assert_eq!(share.table.rows[0][1..], [Cell::Int(2500), Cell::Int(4000), Cell::Float(0.625)]);
    let CardContent::Table(rest) = content(&board, "This product and the rest") else { panic!("a table") };
    // Mugs: 30.00 in three orders of six pieces, by Bea twice and by Bob. The rest: 45.00 in five of seven, by Bea and Kim twice and by Bob.
    let row = |name: &str, average, units, again| vec![Cell::Text(name.to_owned()), Cell::Int(average), Cell::Float(units), Cell::Float(0.0), again];
    let expected = [row("Mug", 1_000, 2.0, Cell::Float(0.5)), row("The rest", 900, 1.4, Cell::Float(0.666_667))];
    assert_eq!(rest.rows, expected);
    let titles: Vec<&str> = rest.columns.iter().map(|column| column.title.as_str()).collect();
    assert_eq!(titles, ["Product", "Average order value", "Units per order", "Return rate", "Repeat rate"]);
    let CardContent::Table(pairs) = content(&board, "Bought with it") else { panic!("a table") };
    let named: Vec<_> = pairs.rows.iter().map(|row| (row[0].as_text(), row[1].as_text(), row[2].as_i64())).collect();
    assert_eq!(named, [(Some("Mug"), Some("Plate"), Some(3))], "spoons and forks are another pair");

    let none = view_board(&services, &owner, key, DashboardView::default()).await.expect("the board");
    assert!(none.views.is_empty() && none.notices[0].contains("search"), "{:?}", none.notices);
    assert!(list_boards(&services, &owner).await.expect("boards").iter().all(|board| board.key != key), "it stands in no list");
}

#[tokio::test]
async fn countries_are_for_everybody_and_customers_for_those_who_may_see_them() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let viewer = services.member(&owner, "eve@example.com", Role::Viewer).await;
    bring(&services, &owner, "orders.csv", FILE).await;
    let country = BoardKey::Standard(StandardBoard::CountryXray);
    let board = view_board(&services, &viewer, country, view(Dimension::Country, "DE")).await.expect("the board");
    assert_eq!(board.title, "Germany");
    let CardContent::Chart(share) = content(&board, "Share of all net sales") else { panic!("a chart") };
    assert_eq!(share.spec.series[0].values, [Some(0.0), Some(100.0)]);
    let CardContent::Table(rest) = content(&board, "This country and the rest") else { panic!("a table") };
    // 15.00, 10.00 and 10.00 against 16.00 and 24.00.
    assert_eq!(
        rest.rows.iter().map(|row| (row[0].as_text(), row[1].as_i64())).collect::<Vec<_>>(),
        [(Some("Germany"), Some(1_167)), (Some("The rest"), Some(2_000))]
    );
    let failed: Vec<_> = board.views.iter().filter(|card| matches!(card.content, CardContent::Failed(_))).collect();
    assert!(failed.is_empty(), "{failed:?}");
    let customer = BoardKey::Standard(StandardBoard::CustomerXray);
    let bea = view(Dimension::Customer, "bea@example.com");
    assert_eq!(view_board(&services, &viewer, customer, bea.clone()).await.expect_err("a viewer").kind(), ErrorKind::Forbidden);
    let board = view_board(&services, &owner, customer, bea).await.expect("the board");
    let CardContent::Figure(figure) = content(&board, "Net sales") else { panic!("a figure") };
    assert_eq!((board.title.as_str(), figure.value.as_str()), ("bea@example.com", "£31.00"));
}
