//! A shop's settings, its audit log, and the demo shop.

use domain::accounts::MerchantPatch;
use domain::{ErrorKind, Role};
use services::accounts::{self, Founding};
use services::sources::UploadWriter;

use super::refusal;
use crate::support::{PASSWORD, TestServices, client};

fn patch() -> MerchantPatch {
    let (name, currency, time_zone) = ("Bricks & Clicks".to_owned(), "GBP".to_owned(), "Europe/London".to_owned());
    MerchantPatch { name, currency, time_zone, week_start: 1, fiscal_year_start: None }
}

async fn data_version(services: &TestServices, owner: &services::Actor) -> i64 {
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    entity::merchant::by_id(owner.merchant_id).one(&*tx).await.expect("it reads").expect("the shop is there").data_version
}

#[tokio::test]
async fn admins_change_the_shop_and_figures_are_cached_anew_when_they_change() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let before = data_version(&services, &owner).await;
    let renamed = accounts::update_merchant(&services, &owner, patch()).await.unwrap();
    assert_eq!(renamed.name, "Bricks & Clicks");
    assert_eq!(data_version(&services, &owner).await, before);
    let moved = MerchantPatch { time_zone: "Asia/Tokyo".to_owned(), currency: "jpy".to_owned(), week_start: 7, ..patch() };
    let moved = accounts::update_merchant(&services, &owner, moved).await.unwrap();
    assert_eq!((moved.currency.code(), moved.week_start, moved.time_zone.as_str()), ("JPY", 7, "Asia/Tokyo"));
    assert_eq!(data_version(&services, &owner).await, before + 1);
    let entries = accounts::list_audit(&services, &owner, None).await.unwrap();
    assert!(entries[0].subject.contains("currency: GBP → JPY") && entries[0].subject.contains("Europe/London → Asia/Tokyo"), "{entries:?}");
    let tx = services.db.read(owner.merchant_id).await.unwrap();
    let jobs = entity::job::find(owner.merchant_id).all(&*tx).await.unwrap();
    assert_eq!(jobs.iter().map(|job| job.kind.as_str()).collect::<Vec<_>>(), ["recompute_days"]);
}

#[tokio::test]
async fn the_month_of_the_fiscal_year_stays_until_another_is_chosen() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    assert_eq!(accounts::update_merchant(&services, &owner, patch()).await.unwrap().fiscal_year_start, 1);
    let before = data_version(&services, &owner).await;
    let april = MerchantPatch { fiscal_year_start: Some(4), ..patch() };
    assert_eq!(accounts::update_merchant(&services, &owner, april).await.unwrap().fiscal_year_start, 4);
    assert_eq!(data_version(&services, &owner).await, before + 1, "figures are worked out anew");
    let entries = accounts::list_audit(&services, &owner, None).await.unwrap();
    assert_eq!(entries[0].subject, "first month of the fiscal year: January → April");
    assert_eq!(accounts::update_merchant(&services, &owner, patch()).await.unwrap().fiscal_year_start, 4, "whoever does not say it keeps it");
}

#[tokio::test]
async fn analysts_do_not_change_the_shop_and_wrong_settings_are_refused() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let analyst = services.member(&owner, "analyst@example.com", Role::Analyst).await;
    assert_eq!(refusal(accounts::update_merchant(&services, &analyst, patch()).await), ErrorKind::Forbidden);
    let nowhere = MerchantPatch { time_zone: "Mars/Olympus".to_owned(), ..patch() };
    assert_eq!(refusal(accounts::update_merchant(&services, &owner, nowhere).await), ErrorKind::Validation);
    for month in [0, 13] {
        let no_month = MerchantPatch { fiscal_year_start: Some(month), ..patch() };
        assert_eq!(refusal(accounts::update_merchant(&services, &owner, no_month).await), ErrorKind::Validation);
    }
    let eighth = MerchantPatch { week_start: 8, ..patch() };
    assert_eq!(refusal(accounts::update_merchant(&services, &owner, eighth).await), ErrorKind::Validation);
    assert!(accounts::time_zones().contains(&"Europe/London"));
}

#[tokio::test]
async fn the_audit_log_is_read_page_by_page_and_by_its_own_shop_only() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let stranger = services.owner("stranger@example.com").await;
    for number in 0..105 {
        services.clock.advance_ms(1_000);
        let named = MerchantPatch { name: format!("Shop {number}"), ..patch() };
        accounts::update_merchant(&services, &owner, named).await.unwrap();
    }
    let first = accounts::list_audit(&services, &owner, None).await.unwrap();
    assert_eq!((first.len(), first[0].actor.as_str(), first[0].address.as_str()), (100, "owner@example.com", "203.0.113.7"));
    let rest = accounts::list_audit(&services, &owner, first.last().map(|entry| entry.at)).await.unwrap();
    assert_eq!(rest.len(), 6);
    assert_eq!(accounts::list_audit(&services, &stranger, None).await.unwrap().len(), 1);
}

#[tokio::test]
async fn visitors_look_around_in_the_demo_shop_once_it_is_filled_and_do_not_see_each_other() {
    let services = TestServices::start().await;
    assert_eq!(refusal(accounts::enter_demo(&services, &client()).await), ErrorKind::NotFound);
    let founding = Founding {
        name: "Demo".to_owned(),
        currency: "EUR".parse().unwrap(),
        time_zone: "Europe/Berlin".to_owned(),
        is_demo: true,
        email: "owner@demo.localhost".to_owned(),
        password: PASSWORD.to_owned(),
    };
    let (merchant_id, _) = accounts::found_shop(&services, founding).await.unwrap();
    assert!(!accounts::demo_is_open(&services).await.unwrap());
    assert_eq!(refusal(accounts::enter_demo(&services, &client()).await), ErrorKind::Unavailable);
    let owner = services.actor(&services.sign_in("owner@demo.localhost", PASSWORD).await.unwrap()).await;
    UploadWriter::create(&services, &owner, "sales.csv", None).await.unwrap().finish().await.unwrap();
    assert!(accounts::demo_is_open(&services).await.unwrap());
    let one = services.actor(&accounts::enter_demo(&services, &client()).await.unwrap()).await;
    let other_session = accounts::enter_demo(&services, &client()).await.unwrap();
    assert_eq!((one.merchant_id, one.role), (merchant_id, Role::Viewer));
    let me = accounts::me(&services, &one).await.unwrap();
    assert!(me.is_visitor && me.upload_max_bytes == services.config.upload_max_bytes);
    assert!(!accounts::me(&services, &owner).await.unwrap().is_visitor);
    assert_eq!(accounts::list_sessions(&services, &one).await.unwrap().len(), 1);
    assert_eq!(refusal(accounts::end_session(&services, &one, other_session.session_id).await), ErrorKind::NotFound);
    accounts::sign_out_everywhere(&services, &one).await.unwrap();
    services.actor(&other_session).await;
    assert_eq!(refusal(services.sign_in("visitor@demo.localhost", "!").await), ErrorKind::Unauthorized);
}
