//! The dashboard of a real shop, against figures computed from its file in this test.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

use domain::dashboards::DashboardView;
use domain::question::Question;
use domain::sources::UploadStatus;
use services::analytics::answer;
use services::dashboards::sales;
use services::sources::import_file;

use super::chart;
use crate::support::{TestServices, setting, skipped};

/// The file, or `None` (said aloud) where the test data are absent.
fn file() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let told = setting("TRADEPOST_TEST_DATA").map(PathBuf::from);
    let folders = told.into_iter().chain([root.join("../shared/data"), root.join("../../shared/data")]);
    let found = folders.map(|folder| folder.join("uci-online-retail/online_retail.csv.gz")).find(|file| file.exists());
    if found.is_none() {
        skipped("uci-online-retail is not in TRADEPOST_TEST_DATA (by default ../shared/data)");
    }
    found
}

/// Hundredths of a penny as pence, half away from zero.
fn pence(quantity: i64, price: &str) -> i64 {
    let (sign, price) = price.strip_prefix('-').map_or((1, price), |rest| (-1, rest));
    let (whole, fraction) = price.split_once('.').unwrap_or((price, "0"));
    let fraction = format!("{fraction:0<4}");
    let ten_thousandths = (whole.parse::<i64>().expect("a number") * 10_000 + fraction[..4].parse::<i64>().expect("a number")) * quantity * sign;
    (ten_thousandths.abs() + 50) / 100 * ten_thousandths.signum()
}

/// Gross sales by month: the sum of positive lines, read from the text by plain splitting (its quoted cells hold no line ends).
fn gross_by_month(path: &PathBuf) -> BTreeMap<String, i64> {
    let mut text = String::new();
    let packed = std::fs::File::open(path).expect("the file opens");
    flate2::read::MultiGzDecoder::new(packed).read_to_string(&mut text).expect("it is text");
    let mut months = BTreeMap::new();
    for row in text.lines().skip(1) {
        // From the right, because only descriptions hold commas: quantity, date, price, customer, country.
        let cells: Vec<&str> = row.rsplitn(6, ',').collect();
        let amount = pence(cells[4].parse().expect("a quantity"), cells[2]);
        *months.entry(format!("{}-01", &cells[3][..7])).or_insert(0) += amount.max(0);
    }
    months
}

/// Net sales by code in pence, without what is no product, read by the same plain splitting.
fn net_by_product(path: &PathBuf) -> BTreeMap<String, i64> {
    let aside = ["POST", "DOT", "M", "m", "C2", "D", "S", "B", "BANK CHARGES", "AMAZONFEE", "CRUK"];
    let mut text = String::new();
    let packed = std::fs::File::open(path).expect("the file opens");
    flate2::read::MultiGzDecoder::new(packed).read_to_string(&mut text).expect("it is text");
    let mut products = BTreeMap::new();
    for row in text.lines().skip(1) {
        let cells: Vec<&str> = row.rsplitn(6, ',').collect();
        let code = row.split(',').nth(1).expect("a code");
        if !aside.contains(&code) {
            // A code is the same in small letters.
            *products.entry(code.to_uppercase()).or_insert(0) += pence(cells[4].parse().expect("a quantity"), cells[2]);
        }
    }
    products
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_year_of_trade_is_shown_to_the_penny() {
    let Some(path) = file() else { return };
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = import_file(&services, &owner, &path).await.expect("it is imported");
    assert_eq!((upload.status, upload.rows_accepted), (UploadStatus::Completed, 541_909));

    let dashboard = sales(&services, &owner, DashboardView::default()).await.expect("a dashboard");
    let values: Vec<&str> = dashboard.figures.iter().map(|figure| figure.value.as_str()).collect();
    assert_eq!(values[..3], ["£9,747,747.93", "£10,666,684.54", "£918,936.61"]);
    assert_eq!(dashboard.finding, "Net sales came to £9,747,747.93 from 1 Dec 2010 to 9 Dec 2011.");
    assert!(dashboard.notices.contains(&"Dec 2011 is not complete: it is counted to 9 Dec 2011.".to_owned()), "{:?}", dashboard.notices);
    let time = chart(&dashboard, "sales-over-time");
    assert_eq!((time.spec.categories.len(), time.spec.incomplete_from), (13, Some(12)));
    assert!(time.title.contains("in Nov 2011"), "{}", time.title);
    assert!(chart(&dashboard, "sales-by-country").title.contains("the United Kingdom"));

    let months: Question = serde_json::from_str(r#"{"measures": ["gross_sales"], "time": {"grain": "month"}}"#).expect("it reads");
    let months = answer(&services, &owner, months).await.expect("an answer");
    let answered: BTreeMap<String, i64> = months.rows.iter().filter_map(|row| Some((row[0].as_text()?.to_owned(), row[1].as_i64()?))).collect();
    assert_eq!(answered, gross_by_month(&path));

    let products: Question = serde_json::from_str(r#"{"measures": ["net_sales"], "dimensions": ["sku"]}"#).expect("it reads");
    let products = answer(&services, &owner, products).await.expect("an answer");
    let answered: BTreeMap<String, i64> = products.rows.iter().filter_map(|row| Some((row[0].as_text()?.to_uppercase(), row[1].as_i64()?))).collect();
    let expected = net_by_product(&path);
    assert_eq!(answered.iter().filter(|(code, net)| expected.get(*code) != Some(*net)).collect::<Vec<_>>(), []);
    let unsold = expected.iter().filter(|(code, _)| !answered.contains_key(*code));
    assert_eq!(unsold.map(|(_, net)| net).sum::<i64>(), 0, "only codes that nothing was sold under may carry a note for a name");
}
