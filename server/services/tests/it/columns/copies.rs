//! What a copy is made of, and when it answers.

use super::{both, reindex, with_copies};
use crate::analytics::facts::{generate, store};
use crate::support::TestServices;
use domain::question::Question;
use services::analytics::{self, EngineName};

fn question(json: &str) -> Question {
    serde_json::from_str(json).expect("it reads")
}

#[tokio::test]
async fn a_copy_answers_as_the_database_does_until_the_facts_change() {
    let services = with_copies().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(1, 500, &["GBP"]);
    store(&services, &owner, &orders[..400]).await;
    let asked = question(r#"{"measures": ["net_sales", "orders"], "dimensions": ["country"], "time": {"grain": "month"}}"#);
    let early = analytics::answer_by(&services, &owner, &asked, EngineName::Columns).await;
    assert!(early.is_err(), "there is no copy yet");
    let size = reindex(&services, &owner).await;
    assert_eq!(size.lines, orders[..400].iter().map(|order| order.lines.len() as u64).sum::<u64>());
    let (sql, columns) = both(&services, &owner, &asked).await;
    assert_eq!(columns, sql);
    assert!(sql.rows.len() > 24);

    let tx = services.db.write(owner.merchant_id).await.expect("a transaction");
    use sea_orm::sea_query::{Expr, ExprTrait};
    entity::merchant::update(owner.merchant_id)
        .col_expr(entity::merchant::Column::DataVersion, Expr::col(entity::merchant::Column::DataVersion).add(1))
        .exec(&*tx)
        .await
        .expect("the version");
    tx.commit().await.expect("it commits");
    let late = analytics::answer_by(&services, &owner, &asked, EngineName::Columns).await;
    assert!(late.is_err(), "the copy is older than the data");
}

#[tokio::test]
async fn small_shops_have_no_copy_unless_it_is_asked_for() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(1, 50, &["GBP"])).await;
    let mut told = Vec::new();
    analytics::reindex(&services, None, |shop| told.push(shop.copy)).await.expect("it ends");
    assert_eq!(told, [None]);
    assert!(!services.config.data_dir.join("columns").join(owner.merchant_id.0.to_string()).exists());
}
