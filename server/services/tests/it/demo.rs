//! The demo shop: made once, whole, and open to visitors.

use crate::sources::{lines, orders};
use crate::support::{TestServices, client};
use domain::sources::Channel;
use services::accounts::{authenticate, demo_is_open, enter_demo};
use services::demo::seed;
use services::sources::list_uploads;
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_shop_is_made_once_and_visitors_may_look() {
    let services = TestServices::start().await;
    assert!(!demo_is_open(&services).await.expect("looked"));
    let access = seed(&services).await.expect("made");
    let made = orders(&services, access.merchant_id).await;
    assert!(made.len() > 10_000, "{}", made.len());
    let channels: BTreeSet<_> = made.iter().map(|order| order.channel).collect();
    assert_eq!(channels, BTreeSet::from([Channel::Online.code(), Channel::Offline.code()]));
    assert!(made.iter().any(|order| order.net_minor < 0), "some goods came back");
    let net: i64 = lines(&services, access.merchant_id).await.iter().map(|line| line.amount_minor).sum();
    assert_eq!(net, made.iter().map(|order| order.net_minor).sum::<i64>());

    let again = seed(&services).await.expect("found");
    assert_eq!((again.merchant_id, &again.password), (access.merchant_id, &access.password));
    assert_eq!(orders(&services, access.merchant_id).await, made);

    assert!(services.sign_in(&access.email, &access.password).await.is_ok());
    assert!(demo_is_open(&services).await.expect("looked"));
    let visit = enter_demo(&services, &client()).await.expect("visitors may come in");
    let visitor = authenticate(&services, &visit.tokens.access_token, "203.0.113.7").await.expect("signed in");
    assert_eq!(list_uploads(&services, &visitor).await.expect("visitors see uploads").len(), 2);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_owners_password_is_for_the_operator_alone() {
    use std::os::unix::fs::PermissionsExt;
    let services = TestServices::start().await;
    seed(&services).await.expect("made");
    let file = std::fs::metadata(services.config.data_dir.join("demo-owner.txt")).expect("the file is there");
    assert_eq!(file.permissions().mode() & 0o777, 0o600);
}
