//! Whether the amounts of a file that is nobody's known export could be of something else than their names say, so that they are not read unasked.

use super::headings;
use super::inspect::Inspection;
use super::numbers;
use domain::sources::{ColumnMeaning, FileKind, Mapping};

/// Names, as keys, under which some programs write the price of one piece and others that of all pieces of the row.
const EITHER: [&str; 2] = ["itemprice", "soldfor"];
/// So many of a hundred rows may differ: files have slips.
const SLIPS: usize = 10;

/// Why a person should look at the amounts of a file that is understood by the names of its columns, in a sentence.
pub fn price_doubt(inspection: &Inspection, mapping: &Mapping) -> Option<String> {
    if mapping.kind != FileKind::Orders {
        return None;
    }
    let column = |meaning: ColumnMeaning| mapping.columns.get(&meaning).map(String::as_str);
    match (column(ColumnMeaning::Quantity), column(ColumnMeaning::UnitPrice), column(ColumnMeaning::LineAmount)) {
        (Some(quantity), Some(price), None) => of_price(inspection, mapping, quantity, price),
        (_, None, Some(amount)) if column(ColumnMeaning::OrderTotal) == Some(amount) => of_total(inspection, mapping, amount),
        _ => None,
    }
}

/// A price whose name or second amount speaks against its being that of one piece.
fn of_price(inspection: &Inspection, mapping: &Mapping, quantity: &str, price: &str) -> Option<String> {
    let Some(amount) = second_amount(inspection, mapping) else {
        let is_either = EITHER.contains(&headings::key(price).as_str());
        return is_either.then(|| format!("“{price}” could be the price of one piece or that of all pieces of the row."));
    };
    let discount = mapping.columns.get(&ColumnMeaning::LineDiscount);
    let (mut rows, mut others, mut example) = (0, 0, None);
    for row in inspection.seen_rows() {
        let number = |header: &str| number(inspection, mapping, row, header);
        let is_lessened = discount.and_then(|header| number(header)).is_some_and(|off| off != 0.0);
        let (Some(many), Some(each), Some(all), false) = (number(quantity), number(price), number(amount), is_lessened) else { continue };
        rows += 1;
        // A price may be rounded to the cent before it is multiplied.
        if ((many * each).abs() - all.abs()).abs() > 0.01 + many.abs() * 0.005 {
            others += 1;
            example.get_or_insert_with(|| [quantity, price, amount].map(|header| cell(inspection, row, header).unwrap_or_default().to_owned()));
        }
    }
    let [many, each, all] = example.filter(|_| others * 100 > rows * SLIPS)?;
    Some(format!("“{amount}” is not “{price}” times “{quantity}” in {others} of {rows} rows, such as {many} × {each} beside {all}."))
}

/// A total that stands on several rows of its order would be counted with each.
fn of_total(inspection: &Inspection, mapping: &Mapping, amount: &str) -> Option<String> {
    let order = mapping.columns.get(&ColumnMeaning::OrderNumber)?;
    let rows: Vec<_> = inspection.rows.iter().map(|row| Some((cell(inspection, row, order)?, cell(inspection, row, amount)?))).collect();
    let (number, total) = rows.windows(2).find(|pair| pair[0].is_some() && pair[0] == pair[1])?[0]?;
    Some(format!("“{amount}” {total} stands on more than one row of order {number}: it could be the total of the order, not of each row."))
}

/// A column that nothing is read from and whose name is that of a line's amount.
fn second_amount<'a>(inspection: &'a Inspection, mapping: &Mapping) -> Option<&'a str> {
    let is_taken = |header: &String| mapping.columns.values().any(|taken| taken == header);
    let free = inspection.headers.iter().map(|header| if is_taken(header) { String::new() } else { headings::normalise(header) });
    let free: Vec<String> = free.collect();
    headings::find(ColumnMeaning::LineAmount, &free).map(|index| inspection.headers[index].as_str())
}

fn cell<'a>(inspection: &Inspection, row: &'a [String], header: &str) -> Option<&'a str> {
    let position = inspection.headers.iter().position(|name| name == header)?;
    row.get(position).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

/// A cell's number, near enough to be compared; nothing is stored of it.
fn number(inspection: &Inspection, mapping: &Mapping, row: &[String], header: &str) -> Option<f64> {
    let text = cell(inspection, row, header)?.as_bytes();
    let read = |comma| numbers::parse(text, comma).ok();
    // Each cell as its own separators say; where they do not, as decimals behind a point are.
    let decimal = match mapping.decimal_comma {
        Some(comma) => read(comma),
        None => read(false).filter(|parsed| parsed.comma != Some(true)).or_else(|| read(true)),
    }?;
    Some(decimal.decimal.mantissa as f64 / 10_f64.powi(i32::try_from(decimal.decimal.scale).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingestion::{inspect, recognise};

    fn doubt(text: &str) -> Option<String> {
        let inspection = inspect(text.as_bytes()).expect("a table");
        let mapping = recognise(&inspection.headers).mapping.expect("all it needs is there");
        price_doubt(&inspection, &mapping)
    }

    #[test]
    fn a_price_that_could_be_of_the_whole_row_is_doubted() {
        let item_price = doubt("Order ID,Order Date,Product,Quantity,Item Price\n1,2026-01-05,Tea,2,30.00\n");
        assert!(item_price.is_some_and(|sentence| sentence.contains("all pieces")));
        let amounts = "Order ID,Order Date,Product,Quantity,Price,Amount\n1,2026-01-05,Tea,2,30.00,30.00\n2,2026-01-05,Pot,1,5.00,5.00\n";
        let sentence = doubt(amounts).expect("one of two rows differs");
        assert!(sentence.contains("1 of 2 rows, such as 2 × 30.00 beside 30.00"), "{sentence}");
        assert!(
            doubt("Order ID,Order Date,Order Total\n1,2026-01-05,30.00\n1,2026-01-05,30.00\n").is_some_and(|sentence| sentence.contains("order 1"))
        );
    }

    #[test]
    fn amounts_that_agree_and_plain_names_are_not() {
        for text in [
            "Order ID,Order Date,Product,Quantity,Price\n1,2026-01-05,Tea,2,30.00\n",
            "Order ID,Order Date,Product,Quantity,Item Price,Line Total\n1,2026-01-05,Tea,2,15.00,30.00\n2,2026-01-05,Tea,-2,15.00,-30.00\n",
            "Order ID;Order Date;Product;Quantity;Price;Amount\n1;05.01.2026;Tea;2;1.500,00;3.000,00\n2;05.01.2026;Pot;3;3,33;10,00\n",
            "Order ID,Order Date,Quantity,Price,Discount,Line Total\n1,2026-01-05,35,42.4,0.15,1261.40\n2,2026-01-05,2,5,0,10\n",
            "Order ID,Order Date,Order Total\n1,2026-01-05,30.00\n2,2026-01-05,30.00\n",
        ] {
            assert_eq!(doubt(text), None, "{text}");
        }
    }
}
