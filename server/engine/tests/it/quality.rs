//! What a file's quality report says, against figures counted elsewhere and by hand.

use crate::support::real_file;
use domain::sources::{ColumnMeaning, QualityReport, Severity};
use engine::ingestion::{LineReader, QualityWatch, ReadContext, inspect, recognise};

fn report_of(bytes: &[u8], earlier: Option<&QualityReport>) -> QualityReport {
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
    watch.report(earlier)
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
