//! What a file's quality report says, against figures counted elsewhere and by hand.

use crate::support::real_file;
use domain::sources::{ColumnMeaning, QualityReport, Severity};
use engine::ingestion::{Before, EarlierPrices, LineReader, QualityWatch, ReadContext, inspect, recognise};

fn report_of(bytes: &[u8], earlier: Option<&QualityReport>) -> QualityReport {
    watch_of(bytes).report(&Before { report: earlier.cloned(), ..Before::default() })
}

fn watch_of(bytes: &[u8]) -> QualityWatch {
    let inspection = inspect(bytes).expect("it is a table");
    let mapping = recognise(&inspection.headers).mapping.expect("its columns are understood");
    let context = ReadContext { currency: "GBP".parse().expect("a currency"), time_zone: chrono_tz::Europe::London };
    let mut reader = LineReader::new(bytes, &inspection, &mapping, context).expect("the columns are there");
    let mut watch = QualityWatch::new(&mapping);
    while let Some(row) = reader.next_line() {
        match row {
            Ok(line) => watch.line(&line),
            Err(issue) => watch.issue(&issue),
        }
    }
    watch
}

fn count(report: &QualityReport, name: &str) -> i64 {
    report.findings.iter().filter(|finding| finding.name == name).map(|finding| finding.count).sum()
}

/// Sixty days, ten rows each, two products, every price as usual.
fn tidy_file() -> String {
    let mut text = "Order ID,Order Date,SKU,Quantity,Price,Customer ID\n".to_owned();
    for row in 0..600 {
        let day = row / 10;
        let (month, day) = if day < 30 { (9, day + 1) } else { (11, day - 29) };
        text.push_str(&format!("{row},2024-{month:02}-{day:02},{},1,{}.00,c{}\n", row % 2, 10 + row % 2, row % 50));
    }
    text
}

#[test]
fn the_report_on_uci_counts_what_others_counted() {
    let Some(bytes) = real_file("uci-online-retail/online_retail.csv.gz") else { return };
    let report = report_of(&bytes, None);
    assert_eq!(report.rows, 541_909);
    assert_eq!(report.days.iter().map(|day| day.rows).sum::<i64>(), 541_909);
    // 2,515 prices are 0 and four are a tenth of a penny.
    assert_eq!((report.days.len(), count(&report, "zero_prices"), count(&report, "negative_prices")), (305, 2_519, 2));
    assert_eq!(count(&report, "repeated_rows"), 5_268);
    let empty = |meaning| report.columns.iter().find(|column| column.meaning == meaning).map(|column| column.empty);
    assert_eq!((empty(ColumnMeaning::CustomerId), empty(ColumnMeaning::ProductName)), (Some(135_080), Some(1_454)));
    let orders = report.columns.iter().find(|column| column.meaning == ColumnMeaning::OrderNumber).and_then(|column| column.distinct);
    assert!(orders.is_some_and(|orders| (orders - 25_900).abs() < 1_300), "{orders:?}");
    assert!(report.findings.iter().any(|finding| finding.name == "partial_month" && finding.sentence.starts_with("Dec 2011 is incomplete")));
}

#[test]
fn a_tidy_file_has_nothing_but_its_gap() {
    let report = report_of(tidy_file().as_bytes(), None);
    assert_eq!(report.findings.iter().map(|finding| finding.name.as_str()).collect::<Vec<_>>(), ["missing_days"]);
    assert!(report.findings[0].sentence.contains("1 Oct 2024 to 31 Oct 2024"), "{}", report.findings[0].sentence);
}

#[test]
fn a_slipped_comma_a_repeated_and_a_broken_row_are_found_with_their_lines() {
    let mut lines: Vec<String> = tidy_file().lines().map(str::to_owned).collect();
    lines[100] = lines[100].replace(".00,", "00.00,");
    lines[200] = lines[199].clone();
    lines[300] = lines[300].replace("2024-", "never-");
    let report = report_of(lines.join("\n").as_bytes(), None);
    let lines_of = |name: &str| report.findings.iter().find(|finding| finding.name == name).map(|finding| (finding.severity, finding.lines.clone()));
    assert_eq!(lines_of("price_outliers"), Some((Severity::Warning, vec![101])));
    assert_eq!(lines_of("repeated_rows"), Some((Severity::Notice, vec![201])));
    assert_eq!(lines_of("rejected_rows"), Some((Severity::Warning, vec![301])));
    assert_eq!(report.findings[0].severity, Severity::Warning, "the gravest stands first");
}

#[test]
fn a_file_is_held_against_the_one_before_it() {
    let before = report_of(tidy_file().as_bytes(), None);
    let poorer: String = tidy_file()
        .lines()
        .enumerate()
        .map(|(row, line)| match (row, line.rsplit_once(',')) {
            (1.., Some((rest, _))) if row % 2 == 0 => format!("{rest},\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let report = report_of(poorer.as_bytes(), Some(&before));
    let drift: Vec<&str> = report.findings.iter().filter(|finding| finding.name == "drift").map(|finding| finding.sentence.as_str()).collect();
    assert_eq!(drift, ["“Customer ID” is filled in 50.0\u{a0}% of the rows; in the last file of this source it was 100.0\u{a0}%."]);
    assert_eq!(count(&report_of(tidy_file().as_bytes(), Some(&before)), "drift"), 0);
}

#[test]
fn what_no_figure_is_made_of_is_counted_as_filled_only_where_it_is() {
    let header = "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,\
                  Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,\
                  Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Cancelled at,\
                  Payment Method,Id,Tags,Source,Lineitem discount";
    let rows = [
        "#1,a@example.com,paid,,,,no,GBP,20,5,0,25,SPRING,1,,2026-01-05 10:00:00 +0000,1,Tea,10,,T1,true,true,,,Card,11,,web,0",
        "#1,a@example.com,,,,,,,,,,,,,,2026-01-05 10:00:00 +0000,1,Pot,10,,P1,true,true,,,,,,,0",
        "#2,b@example.com,paid,,,,no,GBP,10,,0,10,,0,,2026-01-05 11:00:00 +0000,1,Tea,10,,T1,true,true,,2026-01-06 09:00:00 +0000,,12,,web,0",
        "#3,c@example.com,paid,,,,no,GBP,10,5,0,15,,0,,2026-01-05 12:00:00 +0000,1,Tea,10,,T1,true,true,,,Card,13,,web,0",
    ];
    // The other columns of such a file tell no figure, and nothing stands in them.
    let others = "Billing Street,Billing Address1,Billing Address2,Billing Company,Billing Zip,Billing Province,Billing Phone,Shipping Name,\
                  Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping Zip,Shipping Province,Shipping Phone,Notes,\
                  Note Attributes,Payment Reference,Vendor,Outstanding Balance,Employee,Location,Device ID,Risk Level,Tax 1 Name,Tax 1 Value,\
                  Phone,Receipt Number";
    let blanks = ",".repeat(others.split(',').count());
    let rows = rows.map(|row| format!("{row}{blanks}\n")).concat();
    let report = report_of(format!("{header},{others}\n{rows}").as_bytes(), None);
    let column = |name: &str| report.columns.iter().find(|column| column.header == name).unwrap_or_else(|| panic!("{name}: {report:?}"));
    let told = |name: &str| (column(name).filled, column(name).empty, column(name).empty_lines.clone());
    // The second row belongs to the first one's order, which says it for both.
    assert_eq!(told("Discount Code"), (2, 2, vec![4, 5]));
    assert_eq!(told("Cancelled at"), (1, 3, vec![2, 3, 5]));
    assert_eq!(told("Shipping"), (3, 1, vec![4]));
    assert_eq!(told("Payment Method"), (3, 1, vec![4]));
    let empty: Vec<&str> = report.findings.iter().filter(|finding| finding.name == "empty_cells").map(|finding| finding.sentence.as_str()).collect();
    assert!(empty.len() == 1 && empty[0].starts_with("“Payment Method”"), "{empty:?}");
}

#[test]
fn a_slipped_comma_is_found_in_amounts_where_no_price_is_stated() {
    let mut text = "Order ID,Order Date,SKU,Quantity,Line Total\n".to_owned();
    for row in 1..=6 {
        let amount = if row == 4 { 3_000 } else { 10 };
        text.push_str(&format!("{row},2026-01-0{row},T1,{row},{}.00\n", amount * row));
    }
    let report = report_of(text.as_bytes(), None);
    let found = report.findings.iter().find(|finding| finding.name == "price_outliers").map(|finding| finding.lines.clone());
    assert_eq!(found, Some(vec![5]), "{report:?}");
}

/// Bowls at these prices, each in an order of its own; the first is on line 2.
fn bowls(prices: &[&str]) -> String {
    let mut text = "Order ID,Order Date,SKU,Product,Quantity,Price,Currency\n".to_owned();
    for (number, price) in (1..).zip(prices) {
        text.push_str(&format!("{number},2026-01-05,S1,Bowl,1,{price}\n"));
    }
    text
}

fn outliers(report: &QualityReport) -> Vec<(i64, Vec<i64>)> {
    report.findings.iter().filter(|finding| finding.name == "price_outliers").map(|finding| (finding.count, finding.lines.clone())).collect()
}

#[test]
fn several_slips_of_one_product_do_not_hide_each_other() {
    let usual = ["4.95,GBP"; 10];
    let prices = [&usual[..4], &["495.00,GBP", "490.00,GBP"], &usual[4..], &["0.04,GBP"]].concat();
    // Four prices on lines 2 to 5, the slips on 6 and 7, six on 8 to 13, and a price of a 124th part on 14.
    assert_eq!(outliers(&report_of(bowls(&prices).as_bytes(), None)), [(3, vec![6, 7, 14])]);
    assert_eq!(outliers(&report_of(bowls(&["4.95,GBP", "4.95,GBP", "495.00,GBP", "4.95,GBP", "495.00,GBP"]).as_bytes(), None)), [(2, vec![4, 6])]);
}

#[test]
fn a_slip_of_a_reduced_price_is_one_too_and_a_dear_piece_is_none() {
    let with = |price| outliers(&report_of(bowls(&["10.00,GBP", "10.00,GBP", "10.00,GBP", "10.00,GBP", price]).as_bytes(), None));
    // 6.00 that became 600.00; and just below fifty times the usual, and a fiftieth of it.
    assert_eq!(
        (with("600.00,GBP"), with("499.99,GBP"), with("0.20,GBP"), with("0.21,GBP")),
        (vec![(1, vec![6])], vec![], vec![(1, vec![6])], vec![])
    );
}

#[test]
fn a_price_in_another_currency_is_no_slip() {
    let prices = ["4.95,GBP", "4.95,GBP", "4.95,GBP", "4.95,GBP", "4.95,GBP", "98000.00,IDR"];
    assert_eq!(outliers(&report_of(bowls(&prices).as_bytes(), None)), []);
}

#[test]
fn a_file_whose_every_price_slipped_is_found_by_what_was_usual_before() {
    let text = bowls(&["495.00,GBP"; 40]);
    assert_eq!(outliers(&report_of(text.as_bytes(), None)), [], "the file alone does not tell");
    let watch = watch_of(text.as_bytes());
    let products = watch.priced_products(10);
    assert_eq!((products.len(), products[0].sku, products[0].currency.code()), (1, Some("S1"), "GBP"));
    let mut prices = EarlierPrices::new(1, None);
    prices.see(products[0].key, 495, 12);
    let report = watch.report(&Before { prices: Some(prices), ..Before::default() });
    let found = outliers(&report);
    assert!(found.len() == 1 && found[0].0 == 40 && found[0].1.len() == 6, "all forty, of which some lines are kept: {found:?}");
}

#[test]
fn of_many_products_those_with_the_fewest_rows_are_looked_up_and_that_is_said() {
    let mut text = "Order ID,Order Date,SKU,Product,Quantity,Price,Currency\n".to_owned();
    for (number, sku) in (1..).zip(["A", "A", "B", "C", "C", "C"]) {
        text.push_str(&format!("{number},2026-01-05,{sku},Thing,1,2.00,GBP\n"));
    }
    let watch = watch_of(text.as_bytes());
    let asked: Vec<&str> = watch.priced_products(2).iter().map(|product| product.title).collect();
    assert_eq!(asked, ["B", "A"]);
    let since = "2026-01-02".parse().expect("a day");
    let report = watch.report(&Before { prices: Some(EarlierPrices::new(2, Some(since))), ..Before::default() });
    let said: Vec<&str> = report.findings.iter().map(|finding| finding.sentence.as_str()).collect();
    assert_eq!(
        said[1..],
        ["Prices were held against earlier uploads too, which tell the usual price of 0 of 3 products. Looked up were only the 2 with the fewest \
          rows in this file. Sales before 2 Jan 2026 were not looked at."]
    );
    assert_eq!((report.findings[0].name.as_str(), report.findings[0].severity), ("all_good", Severity::Good));
}

#[test]
fn names_are_not_counted_as_codes() {
    let text = "Order ID,Order Date,SKU,Product,Quantity,Price\n1,2026-01-05,S1,Bowl,1,2.00\n2,2026-01-05,,Jug,1,2.00\n3,2026-01-05,,Vase,1,2.00\n";
    let report = report_of(text.as_bytes(), None);
    let codes = report.columns.iter().find(|column| column.meaning == ColumnMeaning::Sku).expect("the column");
    assert_eq!((codes.filled, codes.empty, codes.distinct), (1, 2, Some(1)));
}
