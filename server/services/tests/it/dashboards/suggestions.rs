//! Values that are offered to filter by.

use domain::semantic::Dimension;
use domain::{ErrorKind, Role};
use services::dashboards::suggest_values;
use services::{Actor, Services};

use crate::sources::steps::bring;
use crate::support::TestServices;

const FILE: &[u8] = b"Order ID,Order Date,Product,Quantity,Unit Price,Country,Customer Email\n\
    A1,2026-01-05,\"AIRLINE LOUNGE,METAL SIGN\",2,5.00,GB,bea@example.com\nA2,2026-01-06,Red mug,9,5.00,GB,bob@example.com\n\
    A3,2026-02-14,50% off plate_,1,9.00,DE,bea@example.com\n";

async fn pairs(services: &Services, actor: &Actor, dimension: Dimension, text: &str) -> Vec<(String, String)> {
    let found = suggest_values(services, actor, dimension, text).await.expect("an answer");
    found.into_iter().map(|one| (one.value, one.label)).collect()
}

async fn labels(services: &Services, actor: &Actor, dimension: Dimension, text: &str) -> Vec<String> {
    pairs(services, actor, dimension, text).await.into_iter().map(|(_, label)| label).collect()
}

#[tokio::test]
async fn the_shops_own_values_are_offered_as_people_read_them() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    assert_eq!(labels(&services, &owner, Dimension::Product, "").await, [""; 0], "there are no data yet");
    bring(&services, &owner, "orders.csv", FILE).await;
    let all = ["Red mug", "AIRLINE LOUNGE,METAL SIGN", "50% off plate_"];
    assert_eq!(labels(&services, &owner, Dimension::Product, " ").await, all, "what sold most comes first");
    assert_eq!(labels(&services, &owner, Dimension::Product, "lounge,metal").await, ["AIRLINE LOUNGE,METAL SIGN"]);
    assert_eq!(labels(&services, &owner, Dimension::Product, "e_").await, ["50% off plate_"], "signs that databases have a meaning for are signs");
    let pair = |value: &str, label: &str| (value.to_owned(), label.to_owned());
    let countries = [pair("GB", "United Kingdom"), pair("DE", "Germany")];
    assert_eq!(pairs(&services, &owner, Dimension::Country, "").await, countries);
    assert_eq!(pairs(&services, &owner, Dimension::Country, "germ").await, countries[1..]);
    // 5 January 2026 is a Monday, the 6th a Tuesday, and 14 February a Saturday.
    let days = [pair("1", "Monday"), pair("2", "Tuesday"), pair("6", "Saturday")];
    assert_eq!(pairs(&services, &owner, Dimension::Weekday, "").await, days);
    assert_eq!(labels(&services, &owner, Dimension::Brand, "").await, [""; 0], "what no row has is nothing to filter by");
}

#[tokio::test]
async fn nobody_is_offered_what_they_may_not_see() {
    let services = TestServices::start().await;
    let (owner, stranger) = (services.owner("ada@example.com").await, services.owner("mallory@example.com").await);
    let viewer = services.member(&owner, "eve@example.com", Role::Viewer).await;
    bring(&services, &owner, "orders.csv", FILE).await;
    assert_eq!(labels(&services, &owner, Dimension::Customer, "bea").await, ["bea@example.com"]);
    let refused = suggest_values(&services, &viewer, Dimension::Customer, "bea").await.expect_err("who bought is not for viewers");
    assert_eq!(refused.kind(), ErrorKind::Forbidden);
    assert_eq!(labels(&services, &viewer, Dimension::Product, "mug").await, ["Red mug"]);
    assert_eq!(labels(&services, &stranger, Dimension::Product, "mug").await, [""; 0], "another shop's values are not there");
    let (long, han) = ("x".repeat(201), "\u{8336}".repeat(70));
    for nothing in [&long, &han, "mug\0", "'; DROP TABLE orders; --"] {
        assert_eq!(labels(&services, &owner, Dimension::Product, nothing).await, [""; 0]);
    }
}
