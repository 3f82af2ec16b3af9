//! Which columns of a file mean what: a known vendor by a score over its headers, any other file by its columns' names.

use super::discounts;
use super::vendors::{self, Export, Vendor, Verdict};
use super::{headings, kinds};
use domain::sources::{ColumnMeaning, DateOrder, DiscountReading, FileKind, Mapping, Reason};
use std::collections::BTreeMap;

/// How a vendor writes what the rows of a file may leave open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// In which order day and month stand.
    pub date_order: Option<DateOrder>,
    /// Whether a comma stands before decimals.
    pub decimal_comma: Option<bool>,
}

/// What the headers tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognition {
    /// Whose export it is, for example `shopify`; `None` when only the columns' names were understood.
    pub vendor: Option<&'static str>,
    /// What the rows are, as far as the columns tell.
    pub kind: FileKind,
    /// How sure the vendor is, up to 1000; 0 without one.
    pub score: i32,
    /// Why it was taken for what it was taken for, or for nobody's; the weightiest first.
    pub reasons: Vec<Reason>,
    /// How to read it, when nothing needs a person's eye.
    pub mapping: Option<Mapping>,
    /// The best guess, complete or not.
    pub guess: Mapping,
    /// What is missing before the file can be read, in words.
    pub missing: Vec<String>,
    /// How the vendor writes what the rows leave open.
    pub habits: Habits,
    /// Files with the same key are one source: the vendor, or the set of columns.
    pub source_key: String,
    /// What people read as the source's name.
    pub source_name: String,
    /// What a person should know, a sentence each.
    pub remarks: Vec<String>,
}

/// Tells what the columns mean, without regard to their order and spelling.
pub fn recognise(headers: &[String]) -> Recognition {
    let verdict = vendors::decide(headers);
    match verdict.named {
        Some((vendor, export)) => named(headers, vendor, export, &verdict),
        None => unnamed(headers, verdict.reasons, &verdict.near),
    }
}

fn named(headers: &[String], vendor: &'static Vendor, export: &'static Export, verdict: &Verdict) -> Recognition {
    let guess = by_vendor(headers, export);
    let missing = missing_meanings(&guess);
    Recognition {
        vendor: Some(vendor.vendor.as_str()),
        kind: export.kind,
        score: verdict.score,
        reasons: verdict.reasons.clone(),
        mapping: missing.is_empty().then(|| guess.clone()),
        missing,
        habits: Habits { date_order: export.date_order, decimal_comma: export.decimal_comma },
        source_key: vendor.source_key(export),
        source_name: export.name.clone(),
        remarks: export.remarks.clone(),
        guess,
    }
}

fn unnamed(headers: &[String], mut reasons: Vec<Reason>, near: &[&Export]) -> Recognition {
    let is_near = !near.is_empty();
    let normalised: Vec<String> = headers.iter().map(|header| headings::normalise(header)).collect();
    let orders = by_meaning(headers, &normalised);
    let is_bank = kinds::is_bank_statement(headers);
    let other = if is_bank { None } else { kinds::guess(headers, &orders) };
    let by_names = other.unwrap_or(orders);
    let mut guess = near_guess(headers, near, &by_names).filter(|_| !is_bank).unwrap_or(by_names);
    let is_orders = guess.kind == FileKind::Orders && !is_bank;
    let mut missing = missing_meanings(&guess);
    let is_complete = missing.is_empty();
    if !is_complete && is_orders {
        let near = headings::fill(&mut guess, headers);
        reasons.extend(near);
        missing = missing_meanings(&guess);
    }
    if is_bank {
        reasons.push(Reason { sentence: "The columns are those of a bank statement, which is no sales file.".to_owned(), weight: -500 });
    } else if guess.kind != FileKind::Orders && !is_near {
        let sentence = format!("Nothing tells whose file it is; its columns look like {}.", guess.kind.label().to_lowercase());
        reasons.push(Reason { sentence, weight: 0 });
    }
    Recognition {
        vendor: None,
        kind: guess.kind,
        score: 0,
        reasons,
        mapping: (is_orders && is_complete && !is_near).then(|| guess.clone()),
        habits: Habits::default(),
        source_key: columns_key(&normalised),
        source_name: columns_name(headers),
        remarks: if is_complete && !is_near { vec![columns_read(&guess)] } else { Vec::new() },
        missing,
        guess,
    }
}

/// What the columns mean in the nearest export that has all it needs in this file; its other columns by their names.
fn near_guess(headers: &[String], near: &[&Export], by_names: &Mapping) -> Option<Mapping> {
    let mut guesses = near.iter().map(|export| by_vendor(headers, export));
    let mut guess = guesses.find(|guess| guess.missing().is_empty())?;
    if guess.kind != by_names.kind {
        return Some(guess);
    }
    // What the export says of its amounts stays alone: a second reading of them could be of something else.
    let amounts = [guess.kind.amount_meanings(), guess.kind.price_meanings()].concat();
    for (meaning, header) in by_names.columns.iter().filter(|(meaning, _)| !amounts.contains(meaning)) {
        if !guess.columns.contains_key(meaning) && !guess.columns.values().any(|taken| taken == header) {
            guess.columns.insert(*meaning, header.clone());
        }
    }
    Some(guess)
}

/// What a mapping still lacks before a file can be read, in words.
pub fn missing_meanings(mapping: &Mapping) -> Vec<String> {
    mapping.missing().into_iter().map(str::to_owned).collect()
}

fn by_vendor(headers: &[String], export: &Export) -> Mapping {
    let keys: Vec<String> = headers.iter().map(|header| headings::key(header)).collect();
    let spelled = |name: &String| {
        let open = || vendors::open_columns(name, headers, export).first().map(|column| column.position);
        let index = if name.ends_with('*') { open() } else { keys.iter().position(|key| *key == headings::key(name)) };
        index.map(|index| headers[index].clone())
    };
    let columns: BTreeMap<_, _> = export.columns.iter().filter_map(|(meaning, names)| Some((*meaning, names.iter().find_map(spelled)?))).collect();
    let said = columns.values().find_map(|header| headings::currency_in(header)).map(|(_, currency)| currency);
    let has = |meaning: ColumnMeaning| columns.contains_key(&meaning);
    let (of_line, of_order) = (has(ColumnMeaning::LineDiscount), has(ColumnMeaning::Discount));
    let is_beside = of_line && has(ColumnMeaning::LineAmount);
    let mut mapping = Mapping {
        currency: said.filter(|_| !columns.contains_key(&ColumnMeaning::Currency)),
        columns,
        // Programs that we know write money, beside amounts from which most have not taken it yet.
        discount_as: (of_line || of_order).then_some(DiscountReading::Amount),
        line_amount_is_net: is_beside.then_some(export.line_amount_is_net),
        kind: export.kind,
        channel: export.channel,
        order_values_on_first_row: export.order_values_on_first_row,
        order_values_add_up: export.order_values_add_up,
        ..Mapping::default()
    };
    let stock = vendors::stock_columns(headers, &mapping, Some(export)).into_iter().map(|column| headers[column.position].clone());
    mapping.further_stock = stock.filter(|header| mapping.columns.get(&ColumnMeaning::Stock) != Some(header)).collect();
    mapping
}

fn by_meaning(headers: &[String], normalised: &[String]) -> Mapping {
    let mut columns = BTreeMap::new();
    let mut free = normalised.to_vec();
    for meaning in ColumnMeaning::ALL.iter().copied() {
        if let Some(index) = headings::find(meaning, &free) {
            columns.insert(meaning, headers[index].clone());
            free[index].clear();
        }
    }
    let has_price = columns.contains_key(&ColumnMeaning::Quantity) && columns.contains_key(&ColumnMeaning::UnitPrice);
    if has_price {
        // Quantity times price is what the other columns were made from; a second amount could be of the whole order.
        columns.remove(&ColumnMeaning::LineAmount);
        discounts::map_by_bare_name(&mut columns, headers);
    } else {
        columns.remove(&ColumnMeaning::LineDiscount);
    }
    let names_products = columns.contains_key(&ColumnMeaning::ProductName) || columns.contains_key(&ColumnMeaning::Sku);
    if !has_price && !names_products && !columns.contains_key(&ColumnMeaning::LineAmount) {
        // A list of orders without their lines: each row is its order's only line.
        let total = columns.get(&ColumnMeaning::OrderTotal).cloned();
        columns.extend(total.map(|total| (ColumnMeaning::LineAmount, total)));
    }
    // The twins of Shopify's export also write an order's values on its first row only.
    let is_lineitem = normalised.iter().filter(|header| header.starts_with("lineitem ")).count() >= 3;
    Mapping { columns, order_values_on_first_row: is_lineitem, ..Mapping::default() }
}

/// Which columns were taken for what, in a sentence.
pub fn columns_read(mapping: &Mapping) -> String {
    let read = mapping.columns.iter().map(|(meaning, header)| format!("{} from “{header}”", meaning.label().to_lowercase()));
    format!("The columns were understood by their names: {}.", read.collect::<Vec<_>>().join(", "))
}

fn columns_key(normalised: &[String]) -> String {
    let mut names: Vec<String> = normalised.iter().map(|name| headings::squeeze(name)).collect();
    names.sort_unstable();
    format!("columns:{:016x}", xxhash_rust::xxh3::xxh3_64(names.join("\n").as_bytes()))
}

fn columns_name(headers: &[String]) -> String {
    let first: Vec<&str> = headers.iter().map(|header| header.trim()).filter(|header| !header.is_empty()).take(3).collect();
    let name = format!("Sales file with {}", first.join(", "));
    name.chars().take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn a_file_is_understood_by_its_columns_in_any_order_and_language() {
        let lines = [
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
            "country,customerid,unit price,INVOICE DATE,quantity,description,stock code,invoice no",
            "Bestellnummer,Bestelldatum,Artikelname,Menge,Einzelpreis,Kundennummer,Land",
            "Numéro de commande,Date de commande,Produit,Quantité,Prix unitaire",
            "Número de pedido,Fecha,Producto,Cantidad,Precio",
            "Sipariş No,Tarih,Ürün Adı,Adet,Birim Fiyat",
            "Order Number,Order Date,First Name (Billing),Item Name,Quantity (- Refund),Item Cost,Order Total Amount",
            "Sale Date,Order ID,Buyer User ID,Full Name,Currency,Order Value,Order Total",
            "ORDERNUMBER,QUANTITYORDERED,PRICEEACH,SALES,ORDERDATE,PRODUCTCODE,CUSTOMERNAME,CITY,COUNTRY",
            "Order ID,Order Date,Customer ID,Country/Region,Product ID,Product Name,Sales,Quantity,Discount,Profit",
        ];
        for line in lines {
            let recognition = recognise(&headers(line));
            assert_eq!((recognition.vendor, &recognition.missing), (None, &Vec::new()), "{line}: {:?}", recognition.guess);
            assert!(recognition.mapping.is_some());
        }
        assert_eq!(recognise(&headers(lines[0])).source_key, recognise(&headers(lines[1])).source_key);
    }

    #[test]
    fn what_is_missing_is_said() {
        let recognition = recognise(&headers("Title,Price,Quantity"));
        assert_eq!(recognition.mapping, None);
        assert_eq!(recognition.missing, ["the order or invoice number", "the date of the order"]);
        let products = recognise(&headers("Handle,Title,Price,Brand"));
        assert_eq!((products.kind, products.mapping, products.missing.len()), (FileKind::Products, None, 0), "nothing but its columns speaks for it");
    }

    #[test]
    fn squarespace_is_not_named_shopify() {
        let squarespace = headers(
            "Order ID,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Amount Refunded,Total,\
             Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem variant,\
             Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Shipping City,Shipping Country,Cancelled at,\
             Private Notes,Channel Type,Channel Name,Channel Order Number,Payment Method,Payment Reference",
        );
        assert_eq!(recognise(&squarespace).vendor, Some("squarespace"));
        let own = ["Channel Type", "Channel Name", "Channel Order Number", "Lineitem variant", "Private Notes"];
        let unknown: Vec<String> = squarespace.into_iter().filter(|header| !own.contains(&header.as_str())).collect();
        let recognition = recognise(&unknown);
        assert_eq!(recognition.vendor, None);
        assert!(recognition.guess.order_values_on_first_row, "{:?}", recognition.guess);
    }

    #[test]
    fn a_near_miss_is_asked_with_the_meanings_of_the_export_it_comes_near() {
        let near = recognise(&headers(
            "order-id,order-item-id,purchase-date,payments-date,buyer-email,sku,product-name,quantity-purchased,currency,item-price,item-tax,\
             shipping-price",
        ));
        assert_eq!((near.vendor, &near.mapping, &near.missing), (None, &None, &Vec::new()));
        assert!(near.reasons.iter().any(|reason| reason.sentence.contains("Amazon orders")), "{:?}", near.reasons);
        let of = |meaning| near.guess.columns.get(&meaning).map(String::as_str);
        // Amazon's item price is that of all pieces of a row.
        assert_eq!((of(ColumnMeaning::LineAmount), of(ColumnMeaning::UnitPrice)), (Some("item-price"), None));
        assert_eq!((of(ColumnMeaning::OrderNumber), of(ColumnMeaning::Quantity)), (Some("order-id"), Some("quantity-purchased")));
        assert_eq!(of(ColumnMeaning::CustomerEmail), Some("buyer-email"), "what the export lacks is told by its name");
        assert!(near.guess.order_values_add_up);
    }
}
