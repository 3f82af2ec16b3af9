//! Notes above the table, totals and notes below it: set aside, said, and never counted as rows.

use crate::support::read;
use chrono_tz::Europe::{Berlin, London};
use domain::sources::{ColumnMeaning, FileKind, Mapping};
use engine::ingestion::{ReadContext, RecordsReader, Sample, inspect, inspect_sample};

const HEADER: &str = "Order,Date,Product,Quantity,Price,Country\n";
const ROWS: &str = "1,2011-12-09,Tea,2,2.50,UK\n2,2011-12-10,Pot,1,9.00,UK\n";

/// A file's rows, issues and what is said of lines that were set aside.
fn told(text: &str) -> (usize, usize, Vec<String>) {
    let file = read(text.as_bytes(), "GBP", London);
    let said = file.evidence.remarks.into_iter().filter(|remark| remark.contains("set aside")).collect();
    (file.lines.len(), file.issues.len(), said)
}

#[test]
fn notes_of_marketplaces_above_the_header_are_set_aside_and_said() {
    let amazon = "\"Includes Amazon Marketplace, Fulfilment by Amazon (FBA), and Amazon Webstore transactions\"\n\
                  \"All amounts in GBP, unless specified\"\n\"Definitions:\"\n";
    let ebay = "Transaction report\n\nAll sites,\"1 Jan 2026, 31 Jan 2026\"\nSeller,some_shop\nTotal transactions,2\n";
    for (notes, lines) in [(amazon, 3), (ebay, 4), (",,,,,\n", 1), ("\u{feff},,,,,\n\n", 1)] {
        let (rows, issues, said) = told(&format!("{notes}{HEADER}{ROWS}"));
        assert_eq!((rows, issues, said.len()), (2, 0, 1), "{notes}: {said:?}");
        assert!(said[0].starts_with(&format!("{lines} line")) && said[0].contains("above the table"), "{said:?}");
        let inspection = inspect(format!("{notes}{HEADER}{ROWS}").as_bytes()).expect("a table");
        assert_eq!((inspection.above.len(), inspection.headers.len()), (lines, 6));
    }
}

#[test]
fn totals_below_and_between_are_no_rows_and_no_sales() {
    for totals in ["Total,,,3,14.00,\n", "Grand total,,,,14.00,\n", ",,,Total:,14.00,\n", "Genel Toplam,,,3,14.00,\n", "Summe,,,,,14.00\n"] {
        let (rows, issues, said) = told(&format!("{HEADER}{ROWS}{totals}"));
        assert_eq!((rows, issues, said.len()), (2, 0, 1), "{totals}: {said:?}");
        assert!(said[0].contains("with totals") && said[0].contains("not counted as rows"), "{said:?}");
    }
    let (rows, issues, said) = told(&format!("{HEADER}{ROWS}Subtotal,,,3,14.00,\n3,2011-12-10,Cup,1,4.00,UK\nTotal,,,4,18.00,\n"));
    assert_eq!((rows, issues, said.len()), (3, 0, 1));
    assert!(said[0].starts_with("2 lines"), "{said:?}");
}

#[test]
fn sums_without_a_word_and_notes_are_set_aside_only_at_the_end() {
    let (rows, issues, said) = told(&format!("{HEADER}{ROWS},,,3,14.00,\nEnd of report\n"));
    assert_eq!((rows, issues, said.len()), (2, 0, 1));
    assert!(said[0].starts_with("2 lines below the table"), "{said:?}");
    let (rows, issues, said) = told(&format!("{HEADER}1,2011-12-09,Tea,2,2.50,UK\n,,,3,14.00,\n2,2011-12-10,Pot,1,9.00,UK\n"));
    assert_eq!((rows, issues, said), (2, 1, Vec::new()), "a row between others is one that cannot be read");
}

#[test]
fn a_product_called_total_is_sold() {
    let (rows, issues, said) = told(&format!("{HEADER}1,2011-12-09,Total,2,2.50,UK\n2,2011-12-09,Sum,1,1,UK\n"));
    assert_eq!((rows, issues, said), (2, 0, Vec::new()));
    let first = "Product,Order,Date,Quantity,Price\nTotal,1,2011-12-09,2,2.50\nTotal,,,2,5.00\n";
    let (rows, issues, said) = told(first);
    assert_eq!((rows, issues, said.len()), (1, 0, 1));
}

#[test]
fn totals_of_files_without_orders_are_set_aside_too() {
    let text = "Store,Week,Product,Units,Value\nBath,2026-01-05,Tea,5,12.50\nYork,2026-01-05,Pot,1,9.00\nTotal,,,6,21.50\n";
    let inspection = inspect(text.as_bytes()).expect("a table");
    use ColumnMeaning::{LineAmount, Period, ProductName, Quantity, Store};
    let columns = [(Store, "Store"), (Period, "Week"), (ProductName, "Product"), (Quantity, "Units"), (LineAmount, "Value")];
    let columns = columns.map(|(meaning, header)| (meaning, header.to_owned())).into();
    let mapping = Mapping { columns, kind: FileKind::SellOut, ..Mapping::default() };
    let context = ReadContext { currency: "EUR".parse().expect("a currency"), time_zone: Berlin };
    let mut reader = RecordsReader::new(text.as_bytes(), &inspection, &mapping, context).expect("the columns are there");
    let rows: Vec<_> = std::iter::from_fn(|| reader.next_record()).collect();
    assert_eq!((rows.len(), rows.iter().filter(|row| row.is_ok()).count()), (2, 2));
    assert!(reader.evidence().remarks.iter().any(|remark| remark.contains("with totals")));
    assert_eq!(inspection.below, ["Total,,,6,21.50"]);
}

#[test]
fn the_header_is_the_line_whose_names_are_known() {
    let text = "Shop,Report,Made by,Version,Place,Language\nBath Teas,Sales,Ada,x,Bath,English\nOrder,Date,Product,Quantity,Price,Country\n1,2011-12-09,Tea,2,2.50,UK\n";
    let inspection = inspect(text.as_bytes()).expect("a table");
    assert_eq!((inspection.header_line, inspection.above.len()), (3, 2));
}

#[test]
fn dialect_and_totals_are_told_by_the_end_of_a_large_file() {
    let mut text = "Nr;Datum;Betrag, netto;Ort\n".to_owned();
    text.push_str("1;2026-01-05;1,50;Bath\n");
    // The first megabyte is plain English with as many commas as semicolons.
    for number in 0..60_000 {
        text.push_str(&format!("{number};2026-01-06;{},50;Bath\n", number % 90));
    }
    let mut bytes = text.into_bytes();
    for _ in 0..60_000 {
        bytes.extend_from_slice(b"7;2026-01-07;2,50;K\xf6ln, S\xfcd, Mitte\n");
    }
    bytes.extend_from_slice(b"Summe;;150000,00;\n");
    let sample = Sample::of_file(&mut std::io::Cursor::new(&bytes), bytes.len() as u64).expect("memory reads");
    let inspection = inspect_sample(&sample).expect("a table");
    assert_eq!((inspection.delimiter, inspection.encoding.label()), (b';', "Windows-1252 / ISO-8859-1 (Western European)"));
    assert_eq!(inspection.below, ["Summe;;150000,00;"]);
    let streamed = inspect_sample(&Sample::of_stream(bytes.as_slice()).expect("memory reads")).expect("a table");
    assert_eq!((streamed.delimiter, streamed.encoding, streamed.below), (inspection.delimiter, inspection.encoding, inspection.below));
}

#[test]
fn a_previews_rows_are_whole_in_every_encoding() {
    let rows = format!("Bestellnummer;Datum;Artikel;Menge;Preis\n{}", "1;2026-01-05;Löffel;1;2,50\n".repeat(200));
    let latin: Vec<u8> = rows.chars().map(|letter| u8::try_from(u32::from(letter)).expect("it is Latin")).collect();
    let wide: Vec<u8> = rows.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [rows.clone().into_bytes(), latin, wide] {
        let inspection = inspect(&bytes).expect("a table");
        assert_eq!((inspection.rows.len(), inspection.rows[199][2].as_str()), (200, "Löffel"));
    }
}
