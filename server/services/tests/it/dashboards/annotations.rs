//! Annotations: who sees, writes and removes them, and where charts show them.

use domain::charts::{ChartCard, TableData};
use domain::dashboards::{Annotation, AnnotationInput, BoardInput, CardContent, DashboardView, NewLink};
use domain::question::Cell;
use domain::{ErrorKind, Role};
use services::dashboards::{
    create_annotation, create_board, create_link, delete_annotation, list_annotations, open_shared, sales, update_annotation, view_board,
};
use services::{Actor, Services};

use super::chart;
use crate::sources::steps::bring;
use crate::support::{TestServices, client};

const FILE: &[u8] = b"Order ID,Order Date,Product,Quantity,Unit Price,Country\n\
    A1,2026-01-05,Mug,2,5.00,GB\nA2,2026-01-07,Mug,1,5.00,GB\nA3,2026-01-14,Plate,1,9.00,DE\n";

fn note(from: &str, to: Option<&str>, text: &str, is_shared: bool) -> AnnotationInput {
    let day = |text: &str| text.parse().expect("a day");
    AnnotationInput { from: day(from), to: to.map(day), text: text.to_owned(), is_shared }
}

async fn texts(services: &Services, actor: &Actor) -> Vec<String> {
    list_annotations(services, actor, None).await.expect("annotations").into_iter().map(|note| note.text).collect()
}

fn notes(table: &TableData) -> Vec<String> {
    let column = table.columns.iter().position(|column| column.title == "Notes").expect("a column of notes");
    table.rows.iter().map(|row| if let Cell::Text(text) = &row[column] { text.clone() } else { String::new() }).collect()
}

fn marked(chart: &ChartCard) -> Vec<(usize, Vec<String>)> {
    chart.spec.marks.iter().map(|mark| (mark.at, mark.words.clone())).collect()
}

#[tokio::test]
async fn what_is_shared_is_the_shops_and_the_rest_its_authors() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let analyst = services.member(&owner, "bob@example.com", Role::Analyst).await;
    let viewer = services.member(&owner, "eve@example.com", Role::Viewer).await;
    let stranger = services.owner("mallory@example.com").await;
    let shared = create_annotation(&services, &analyst, note("2026-01-07", None, "The newspaper wrote about us", true)).await.expect("it is written");
    let own = create_annotation(&services, &analyst, note("2026-01-08", None, "Ask for a rise", false)).await.expect("it is written");
    assert_eq!(texts(&services, &analyst).await, ["Ask for a rise", "The newspaper wrote about us"]);
    for other in [&owner, &viewer] {
        assert_eq!(texts(&services, other).await, ["The newspaper wrote about us"]);
    }
    assert_eq!(texts(&services, &stranger).await, [""; 0]);

    let changed = note("2026-01-07", None, "Changed", true);
    let refused = async |actor: &Actor, id| update_annotation(&services, actor, id, changed.clone()).await.expect_err("it is not theirs").kind();
    assert_eq!(refused(&viewer, shared).await, ErrorKind::Forbidden);
    assert_eq!((refused(&stranger, shared).await, refused(&owner, own).await), (ErrorKind::NotFound, ErrorKind::NotFound));
    let colleague = services.member(&owner, "kim@example.com", Role::Analyst).await;
    assert_eq!(refused(&colleague, shared).await, ErrorKind::Forbidden);
    assert_eq!(delete_annotation(&services, &colleague, shared).await.expect_err("it is Bob's").kind(), ErrorKind::Forbidden);
    let hidden = update_annotation(&services, &owner, shared, note("2026-01-07", None, "Mine", false)).await.expect_err("it is Bob's").into_app();
    assert_eq!(hidden.fields[0].field, "is_shared");
    update_annotation(&services, &owner, shared, changed.clone()).await.expect("an admin may");
    assert_eq!(texts(&services, &viewer).await, ["Changed"]);
    let seen: Vec<Annotation> = list_annotations(&services, &viewer, None).await.expect("annotations");
    assert_eq!((seen[0].written_by.as_deref(), seen[0].may_change), (Some("bob@example.com"), false));
    delete_annotation(&services, &owner, shared).await.expect("an admin may");
    assert_eq!(delete_annotation(&services, &owner, shared).await.expect_err("it is gone").kind(), ErrorKind::NotFound);
    assert_eq!(create_annotation(&services, &viewer, changed).await.expect_err("a viewer").kind(), ErrorKind::Forbidden);
    let audited = services.audited(&owner).await;
    assert_eq!(audited.iter().filter(|action| action.starts_with("annotation.")).count(), 3, "what is one's own is nobody's business: {audited:?}");
}

#[tokio::test]
async fn charts_over_time_show_what_is_known_of_their_days() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = bring(&services, &owner, "orders.csv", FILE).await;
    assert_eq!(upload.rows_accepted, 3, "{upload:?}");
    create_annotation(&services, &owner, note("2026-01-06", Some("2026-01-08"), "Everything 20 % off", true)).await.expect("it is written");
    create_annotation(&services, &owner, note("2025-12-24", None, "Long before", true)).await.expect("it is written");
    let view = DashboardView::from_query("range=2026-01-05..2026-01-15&grain=day&compare=none");
    let page = sales(&services, &owner, view.clone()).await.expect("the page");
    let over_time = chart(&page, "sales-over-time");
    let sale = "6 – 8 Jan 2026: Everything 20 % off";
    let arrived = "15 Jan 2026: orders.csv arrived: 3 orders";
    assert_eq!(marked(over_time), [(1, vec![sale.to_owned()]), (10, vec![arrived.to_owned()])]);
    assert!(over_time.summary.contains(sale) && over_time.summary.contains(arrived), "{}", over_time.summary);
    assert_eq!(notes(&over_time.table)[..5], ["", sale, sale, sale, ""]);
    assert!(page.charts.iter().filter(|chart| chart.id != "sales-over-time").all(|chart| chart.spec.marks.is_empty()));

    let cards = r#"{"title": "Monday", "cards": [{"question": {"measures": ["orders"]}, "over_time": true, "picture": "column"}]}"#;
    let board: BoardInput = serde_json::from_str(cards).expect("it reads");
    let key = create_board(&services, &owner, board).await.expect("a board");
    let by_week = DashboardView { grain: domain::range::Grain::parse("week"), ..view };
    let shown = view_board(&services, &owner, key, by_week.clone()).await.expect("the board");
    let CardContent::Chart(chart) = &shown.views[0].content else { panic!("{:?}", shown.views[0]) };
    assert_eq!(marked(chart), [(0, vec![sale.to_owned()]), (1, vec![arrived.to_owned()])]);

    let link = NewLink { name: "Partner".to_owned(), days: 3, view: by_week.to_query() };
    let link = create_link(&services, &owner, key, link).await.expect("a link");
    let token = link.url.rsplit_once("/shared/").expect("an address").1;
    let public = open_shared(&services, token, &client()).await.expect("the board");
    assert!(!serde_json::to_string(&public).expect("it writes").contains("20 % off"), "the shop's words are no stranger's");
}
