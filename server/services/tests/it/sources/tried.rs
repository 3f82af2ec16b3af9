//! Mappings tried before they are confirmed.

use super::{HEADER, bring, csv, orders};
use crate::support::TestServices;
use domain::sources::{ColumnMeaning as M, FileKind, Mapping, UploadStatus};
use domain::{ErrorKind, Role};
use services::Actor;
use services::sources::{get_upload, try_mapping};

fn mapping(kind: FileKind, columns: &[(M, &str)]) -> Mapping {
    Mapping { columns: columns.iter().map(|(meaning, header)| (*meaning, (*header).to_owned())).collect(), kind, ..Mapping::default() }
}

#[tokio::test]
async fn a_trial_shows_rows_as_they_would_be_stored_and_stores_none() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let file = csv(&["Foo;Bar;Baz;Qux", "1;31/01/2026 23:30;Tea;2,50", "2;05/02/2026;Pot;1.204,00", "3;never;Tea;1,00", "4;06/02/2026;Tea;much"]);
    let upload = bring(&services, &owner, "till.csv", &file).await;
    assert_eq!(upload.status, UploadStatus::NeedsMapping, "{upload:?}");
    let columns = [(M::OrderNumber, "Foo"), (M::OrderedAt, "Bar"), (M::ProductName, "Baz"), (M::LineAmount, "Qux")];
    let trial = try_mapping(&services, &owner, upload.id, mapping(FileKind::Orders, &columns)).await.expect("tried");
    assert_eq!((trial.rows_read, trial.rows_good, trial.rows_bad, trial.is_whole), (4, 2, 2, true), "{trial:?}");
    assert_eq!(trial.columns, ["Order number", "Order date", "Product name", "Quantity", "Amount of the line"]);
    let cells: Vec<_> = trial.rows.iter().map(|row| (row.line, row.cells.join(" | "))).collect();
    let expected = [(2, "1 | 31 Jan 2026, 23 h | Tea | 1 | £2.50"), (3, "2 | 5 Feb 2026 | Pot | 1 | £1,204.00")];
    assert_eq!(cells, expected.map(|(line, text)| (line, text.to_owned())));
    let problems: Vec<_> = trial.problems.iter().map(|problem| (problem.line, problem.column.as_deref())).collect();
    assert_eq!(problems, [(4, Some("Bar")), (5, Some("Qux"))]);
    let open: Vec<_> = trial.ambiguities.iter().map(|open| (open.column.as_str(), open.choices.len())).collect();
    assert_eq!(open, [("Qux", 4)], "which currency: the dates and the decimals tell how they are written");
    assert_eq!(orders(&services, owner.merchant_id).await, []);
    assert_eq!(get_upload(&services, &owner, upload.id).await.expect("there").status, UploadStatus::NeedsMapping);
}

#[tokio::test]
async fn a_trial_of_other_kinds_names_rows_that_would_be_refused() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = bring(&services, &owner, "people.csv", &csv(&["Aa,Bb,Cc", "7,ada@example.com,Ada", ",,Nobody"])).await;
    let columns = [(M::CustomerId, "Aa"), (M::CustomerEmail, "Bb"), (M::CustomerName, "Cc")];
    let trial = try_mapping(&services, &owner, upload.id, mapping(FileKind::Customers, &columns)).await.expect("tried");
    assert_eq!((trial.kind, trial.rows_good, trial.rows_bad), (FileKind::Customers, 1, 1), "{trial:?}");
    assert!(trial.problems[0].reason.contains("neither an address nor a number"), "{:?}", trial.problems);
}

#[tokio::test]
async fn what_a_mapping_lacks_is_said_and_what_it_invents_is_refused() {
    let services = TestServices::start().await;
    let (owner, stranger) = (services.owner("ada@example.com").await, services.owner("eve@example.com").await);
    let upload = bring(&services, &owner, "may.csv", &csv(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP"])).await;
    let some = mapping(FileKind::Orders, &[(M::OrderNumber, "Order ID")]);
    let trial = try_mapping(&services, &owner, upload.id, some.clone()).await.expect("tried");
    assert!(trial.rows.is_empty() && trial.missing.iter().any(|words| words.contains("date")), "{trial:?}");
    let wrong = mapping(FileKind::Orders, &[(M::OrderNumber, "Number")]);
    let refusal = try_mapping(&services, &owner, upload.id, wrong).await.expect_err("no such column").into_app();
    assert!(refusal.field("columns.order_number").is_some_and(|words| words.contains("“Number”")), "{refusal:?}");
    let viewer = Actor { role: Role::Viewer, ..owner.clone() };
    assert_eq!(try_mapping(&services, &viewer, upload.id, some.clone()).await.expect_err("not allowed").kind(), ErrorKind::Forbidden);
    assert_eq!(try_mapping(&services, &stranger, upload.id, some).await.expect_err("another shop's").kind(), ErrorKind::NotFound);
}
