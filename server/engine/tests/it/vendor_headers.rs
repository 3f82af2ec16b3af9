//! Real headers of eighteen vendors: each is known for what it is in any shape, and no file is called by the wrong vendor's name.

use crate::support::real_file;
use engine::ingestion::recognise;

/// The start of a header's id, its vendor and the kind of its rows.
const EXPECTED: [(&str, &str, &str); 22] = [
    ("shopify_orders", "shopify", "orders"),
    ("shopify_products_classic", "shopify", "products"),
    ("shopify_products_2023", "shopify", "products"),
    ("shopify_customers", "shopify", "customers"),
    ("woocommerce_products_v7_9_0", "woocommerce", "products"),
    ("magento2_catalog_product", "magento", "products"),
    ("prestashop_products", "prestashop", "products"),
    ("bigcommerce_products_v2", "bigcommerce", "products"),
    ("wix_products", "wix", "products"),
    ("squarespace_products", "squarespace", "products"),
    ("etsy_sold_order_items", "etsy", "orders"),
    ("ebay_orders_2013", "ebay", "orders"),
    ("amazon_all_orders_29", "amazon", "orders"),
    ("amazon_settlement_v1", "amazon", "payouts"),
    ("square_items", "square", "orders"),
    ("toast_order_details", "toast", "orders"),
    ("vend_products", "lightspeed", "products"),
    ("trendyol_orders", "trendyol", "orders"),
    ("ikas_products", "ikas", "products"),
    ("paypal_activity", "paypal", "payouts"),
    ("stripe_payouts", "stripe", "payouts"),
    ("mailchimp_audience", "mailchimp", "customers"),
];

struct Header {
    id: String,
    vendor: &'static str,
    kind: &'static str,
    columns: Vec<String>,
}

fn real_headers() -> Vec<Header> {
    let Some(bytes) = real_file("vendor-headers/vendor_headers.json") else { return Vec::new() };
    let known: serde_json::Value = serde_json::from_slice(&bytes).expect("it is JSON");
    let header = |entry: &serde_json::Value| {
        let id = entry["id"].as_str().expect("an id").to_owned();
        let (_, vendor, kind) = *EXPECTED.iter().find(|(expected, _, _)| *expected == id).expect("each header is expected");
        Header { id, vendor, kind, columns: serde_json::from_value(entry["header"].clone()).expect("headers are texts") }
    };
    known.as_array().expect("it is a list").iter().map(header).collect()
}

fn assert_known(header: &Header, columns: &[String], how: &str) {
    let recognition = recognise(columns);
    let found = (recognition.vendor, recognition.kind.as_str());
    assert_eq!(found, (Some(header.vendor), header.kind), "{} {how}: {:?}", header.id, recognition.reasons);
    assert!(recognition.mapping.is_some(), "{} {how} lacks {:?}", header.id, recognition.missing);
    assert!(!recognition.reasons.is_empty());
}

/// The same columns in another order, always the same for the same seed.
fn shuffled(columns: &[String], seed: u64) -> Vec<String> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut shuffled = columns.to_vec();
    for index in (1..shuffled.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let other = usize::try_from(state % (index as u64 + 1)).expect("it is small");
        shuffled.swap(index, other);
    }
    shuffled
}

/// The header as it is, reordered, in other cases, and with columns of the shop's own: counts how often it was known.
fn assert_known_in_every_shape(header: &Header) -> usize {
    let own = ["our colour", "memo of the packer", "Farbe 2", "xyz_flag", "column 99"].map(str::to_owned);
    let more: Vec<String> = header.columns.iter().cloned().chain(own).collect();
    let mut shapes = vec![(header.columns.clone(), "as it is"), (shuffled(&more, 7), "with columns of the shop's own")];
    shapes.push((header.columns.iter().map(|name| name.to_uppercase()).collect(), "in capitals"));
    shapes.push((header.columns.iter().map(|name| format!(" {} ", name.to_lowercase())).collect(), "in small letters and blanks"));
    shapes.extend((1..6).map(|seed| (shuffled(&header.columns, seed), "reordered")));
    shapes.iter().for_each(|(columns, how)| assert_known(header, columns, how));
    shapes.len()
}

#[test]
fn each_header_is_its_vendors_in_any_order_and_case_and_with_unknown_columns() {
    let headers = real_headers();
    if !headers.is_empty() {
        let known: usize = headers.iter().map(assert_known_in_every_shape).sum();
        assert_eq!((headers.len(), known), (22, 22 * 9));
    }
}

/// Every generation of every vendor's own file; an open name (`Stok:*`) stands with a warehouse behind it.
fn generations() -> Vec<Header> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ingestion/vendors");
    let files = std::fs::read_dir(folder).expect("the folder reads").map(|file| file.expect("an entry").path());
    let mut headers = Vec::new();
    for file in files.filter(|file| file.extension().is_some_and(|ending| ending == "json")) {
        let vendor: serde_json::Value = serde_json::from_slice(&std::fs::read(file).expect("it reads")).expect("it is JSON");
        let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
        for export in vendor["exports"].as_array().expect("exports") {
            for (number, names) in export["headers"].as_array().expect("headers").iter().enumerate() {
                let columns = names.as_array().expect("names").iter().map(|name| text(name).replace('*', "Ana Depo")).collect();
                let id = format!("{} ({})", text(&export["name"]), number + 1);
                headers.push(Header { id, vendor: text(&vendor["vendor"]).leak(), kind: text(&export["kind"]).leak(), columns });
            }
        }
    }
    headers
}

#[test]
fn each_generation_of_each_vendors_file_is_known_in_every_shape() {
    // Five columns are too few to name anybody by; they are understood by their names.
    let (few, headers): (Vec<_>, Vec<_>) = generations().into_iter().partition(|header| header.columns.len() <= 5);
    assert!(few.iter().all(|header| recognise(&header.columns).vendor.is_none()));
    let known: usize = headers.iter().map(assert_known_in_every_shape).sum();
    assert!(headers.len() >= 47 && known == headers.len() * 9, "{} headers, {known} known", headers.len());
}

#[test]
fn a_header_that_lacks_columns_is_still_its_vendors_or_nobodys() {
    let (mut known, mut all) = (0, 0);
    for header in real_headers() {
        for (seed, dropped) in (1..9).flat_map(|seed| [(seed, 10), (seed, 20), (seed, 40)]) {
            let mut columns = shuffled(&header.columns, seed);
            columns.truncate(columns.len() - columns.len() * dropped / 100);
            let vendor = recognise(&columns).vendor;
            assert!(vendor.is_none_or(|vendor| vendor == header.vendor), "{} without {dropped} % is {vendor:?}", header.id);
            all += usize::from(dropped <= 20);
            known += usize::from(dropped <= 20 && vendor.is_some());
        }
    }
    assert!(known * 100 >= all * 95, "{known} of {all} were known without a fifth of their columns");
}

#[test]
fn a_mixture_of_two_vendors_is_nobodys() {
    let headers = real_headers();
    for (index, one) in headers.iter().enumerate() {
        for other in headers[index + 1..].iter().filter(|other| other.vendor != one.vendor) {
            let both: Vec<String> = one.columns.iter().chain(&other.columns).cloned().collect();
            let half = |columns: &[String], seed| shuffled(columns, seed)[..columns.len().div_ceil(2)].to_vec();
            for seed in 1..3 {
                let halves: Vec<String> = half(&one.columns, seed).into_iter().chain(half(&other.columns, seed + 9)).collect();
                // A handful of columns among many others are a shop's own additions, not a mixture.
                let smaller = one.columns.len().min(other.columns.len());
                let is_even = smaller >= 20 && smaller * 5 >= one.columns.len() + other.columns.len();
                for mixed in std::iter::once(shuffled(&both, seed)).chain(is_even.then(|| shuffled(&halves, seed))) {
                    let recognition = recognise(&mixed);
                    assert_eq!(recognition.vendor, None, "{} with {}: {:?}", one.id, other.id, recognition.reasons);
                }
            }
        }
    }
}

#[test]
fn random_tables_and_bank_statements_are_nobodys_and_no_sales() {
    let tables = [
        "Date,Description,Debit,Credit,Balance",
        "Transaction ID,Date,Description,Amount,Balance,Account Number",
        "Buchungstag;Wertstellung;Auftraggeber;Verwendungszweck;IBAN;BIC;Betrag;Saldo",
        "Date,Transaction Type,Description,Paid Out,Paid In,Balance",
        "Tarih,Açıklama,Tutar,Bakiye,IBAN",
        "id,name,value,flag",
        "country,population,area,gdp",
        "sepal_length,sepal_width,petal_length,petal_width,species",
        "PassengerId,Survived,Pclass,Name,Sex,Age,SibSp,Parch,Ticket,Fare,Cabin,Embarked",
        "date,open,high,low,close,volume",
        "Name,Email,Phone,Address,City,Zip,Notes",
        "Title,Author,Publisher,Year,ISBN,Pages",
    ];
    for table in tables {
        let columns: Vec<String> = table.split([',', ';']).map(str::to_owned).collect();
        let recognition = recognise(&columns);
        assert_eq!((recognition.vendor, &recognition.mapping), (None, &None), "{table}");
    }
}

#[test]
fn plain_tables_of_each_kind_are_understood_by_their_names_and_nobodys() {
    for (kind, table) in [
        ("ad_spend", "Day,Campaign,Ad group,Clicks,Impressions,Cost,Conversions"),
        ("ad_spend", "Date,Campaign,Ad group,Clicks,Conversions,Cost"),
        ("ad_spend", "Day,Campaign,Ad group,Impressions,Clicks,Spend,Conversions"),
        ("ad_spend", "Date,Campaign,Ad name,Impressions,Reach,Clicks,CTR,CPC,CPM,Spend,Revenue,ROAS"),
        ("ad_spend", "Day,Campaign name,Ad group name,Cost,Impressions,Clicks,Conversions"),
        ("customers", "First Name,Last Name,Email,Phone,Company,Address1,Address2,City,Province,Zip,Country,Total Spent,Total Orders,Tags,Note"),
        ("customers", "Customer ID,First Name,Last Name,Email,Phone,Birthday,Region,Latitude,Longitude,Tax Exempt"),
        ("inventory", "SKU,Product,Location,On hand,Incoming,Committed"),
        ("inventory", "Handle,Title,SKU,HS Code,Bin name,Location,On hand"),
        ("payouts", "Date,Payout ID,Type,Status,Gross,Fee,Net,Currency,Payout method,Balance"),
        ("payouts", "Transaction Date,Type,Order,Card,Amount,Fee,Net,VAT,Available on,Payment method name"),
        ("products", "SKU,Product Name,Price,Cost,Category,Brand,Barcode,Weight,Supplier,Active,Tax class,Images,Parent,Position"),
        ("products", "Handle,Title,Vendor,Type,Tags,Price,Cost per item,Image Src,Status,SEO Title,SEO Description,Gift Card"),
        ("orders", "Order ID,Order Date,Full Name,Phone,Street 1,City,Zip,Item Name,Quantity,Unit Price,Payment Type,Order Type,Notes"),
        ("orders", "Location,Order Id,Opened,Server,Table,Service,Amount,Tax,Tip,Total,Voided,Paid,Closed"),
        ("orders", "Sipariş No,Sipariş Tarihi,Ürün Adı,Adet,Birim Fiyatı,Kargo Firması,Teslimat Adresi,İlçe,Fatura Adresi,Sipariş Statüsü"),
    ] {
        let recognition = recognise(&table.split(',').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!((recognition.vendor, recognition.guess.kind.as_str()), (None, kind), "{table}: {:?}", recognition.reasons);
        assert!(recognition.reasons.iter().all(|reason| !reason.sentence.contains("columns are also in")), "{table}: {:?}", recognition.reasons);
        assert!(recognition.missing.is_empty(), "{table}: {:?}", recognition.missing);
    }
    // What only one program writes so still tells it.
    for (vendor, table) in [
        ("google_ads", "Day,Campaign,Ad group,Currency code,Cost,Impr.,Clicks,Conversions,Conv. value"),
        ("google_ads", "Campaign,Day,Currency code,Cost,Impr.,Clicks,Conversions,Conv. value"),
        ("google_ads", "Day,Campaign,Campaign state,Ad group,Currency code,Cost,Impr.,Clicks,Avg. CPC,Conversions,Conv. rate,Cost / conv."),
        ("meta_ads", "Reporting starts,Reporting ends,Campaign name,Ad set name,Ad name,Amount spent (GBP),Impressions,Reach,Link clicks,Results"),
        ("tiktok_ads", "By Day,Campaign name,Ad group name,Cost,Impressions,Clicks (destination),Complete payment"),
    ] {
        let recognition = recognise(&table.split(',').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!((recognition.vendor, recognition.kind.as_str()), (Some(vendor), "ad_spend"), "{table}: {:?}", recognition.reasons);
    }
}

#[test]
fn names_with_slips_are_guessed_and_asked_but_never_read_or_called_by_a_vendors_name() {
    let near = |header: &str| recognise(&header.split(',').map(str::to_owned).collect::<Vec<_>>());
    for (header, guessed) in [
        ("Oder Numbr,Ordr Date,Prodct Name,Quantiy,Unit Pirce", 5),
        ("Shop Order Number (internal),Date of Sale (local),Sold Quantity,Final Unit Price", 4),
        ("Bestelnummer,Bestelldatm,Artikelnam,Menge Stück,Einzelpreis netto", 5),
        ("Sipariş Numrası,Siparş Tarihi,Ürün Adi (TR),Adet Toplamı,Birim Fiyatı TL", 5),
    ] {
        let recognition = near(header);
        assert_eq!((recognition.vendor, &recognition.mapping, &recognition.missing), (None, &None, &Vec::new()), "{header}: {:?}", recognition.guess);
        assert_eq!(recognition.guess.columns.len(), guessed, "{header}: {:?}", recognition.guess.columns);
        assert!(recognition.reasons.iter().any(|reason| reason.sentence.contains("could be")), "{:?}", recognition.reasons);
    }
    // Every real header with a slip in half of its names: never another vendor's, and read only where the vendor is sure.
    for header in real_headers() {
        for seed in 1..5 {
            let slip = |(place, name): (usize, &String)| if (place as u64 + seed).is_multiple_of(2) { format!("{name}x") } else { name.clone() };
            let recognition = recognise(&header.columns.iter().enumerate().map(slip).collect::<Vec<_>>());
            assert!(recognition.vendor.is_none_or(|vendor| vendor == header.vendor), "{} is {:?}", header.id, recognition.vendor);
        }
    }
}
