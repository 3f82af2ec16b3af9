//! One product, known to several sources by other spellings of its code or by its name.

use super::{HEADER, bring, csv, lines};
use crate::support::TestServices;
use services::Services;

async fn products(services: &Services, owner: &services::Actor) -> Vec<(Option<String>, String)> {
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let products = entity::product::find(owner.merchant_id).all(&*tx).await.expect("products read");
    products.into_iter().map(|product| (product.sku, product.title)).collect()
}

const WITH_CODE: [&str; 2] = [HEADER, "1,2026-01-05,tea-1,Tea,1,2.50,GBP"];
const SPELLED_OTHERWISE: [&str; 2] = [HEADER, "2,2026-01-04,TEA-1,Tea,1,2.50,GBP"];
const BY_NAME: [&str; 2] = ["Order ID,Order Date,Product,Quantity,Price", "3,2026-01-03,Tea,1,2.50"];

#[tokio::test]
async fn sources_meet_in_one_product_whatever_comes_first() {
    let files = [WITH_CODE, SPELLED_OTHERWISE, BY_NAME];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let services = TestServices::start().await;
        let owner = services.owner("ada@example.com").await;
        for file in order {
            bring(&services, &owner, "file.csv", &csv(&files[file])).await;
        }
        assert_eq!(products(&services, &owner).await, [(Some("TEA-1".to_owned()), "Tea".to_owned())], "{order:?}");
        let lines = lines(&services, owner.merchant_id).await;
        assert!(lines.len() == 3 && lines.iter().all(|line| line.product_id == lines[0].product_id), "{order:?}");
    }
}

#[tokio::test]
async fn a_name_that_several_products_have_joins_none() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    bring(&services, &owner, "codes.csv", &csv(&[HEADER, "1,2026-01-05,A,Mug,1,2.50,GBP", "1,2026-01-05,B,Mug,1,2.50,GBP"])).await;
    bring(&services, &owner, "names.csv", &csv(&[BY_NAME[0], "2,2026-01-05,Mug,1,2.50"])).await;
    assert_eq!(products(&services, &owner).await.len(), 3);
}
