//! Every analysis over the shop of eight orders, worked out on paper, by the database and by the columnar copy.

use domain::analysis::{AbcClass, AnalysisAnswer, AnalysisRequest, AnalysisResult, RfmSegment};
use domain::question::Cell;
use domain::{Day, ErrorKind, Role};
use services::Actor;
use services::analytics::{EngineName, analyse, analyse_by, answer};

use super::shop::store;
use crate::columns::{reindex, with_copies};
use crate::support::TestServices;

async fn shop() -> (TestServices, Actor) {
    let services = with_copies().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner).await;
    reindex(&services, &owner).await;
    (services, owner)
}

fn request(json: &str) -> AnalysisRequest {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

/// What both engines say.
async fn ask(shop: &(TestServices, Actor), json: &str) -> AnalysisAnswer {
    let request = request(json);
    let by = async |engine| analyse_by(&shop.0, &shop.1, &request, engine).await.unwrap_or_else(|error| panic!("{json}: {error:?}"));
    let (sql, columns) = (by(EngineName::Sql).await, by(EngineName::Columns).await);
    assert_eq!(sql, columns, "{json}");
    sql
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

#[tokio::test]
async fn customers_are_scored_by_fifths_with_equal_scores_for_equal_values() {
    let shop = shop().await;
    let answer = ask(&shop, r#"{"analysis": {"kind": "rfm", "customers": 9}}"#).await;
    let AnalysisResult::Rfm(found) = answer.result else { panic!("{answer:?}") };
    assert_eq!((found.as_of, found.customers, found.revenue_minor), (day("2011-03-31"), 3, 1_400 + 2_000 + 2_895));
    let listed = found.listed.iter().map(|c| (c.name.as_str(), [c.recency, c.frequency, c.monetary], c.segment, c.orders, c.revenue_minor));
    // Of three customers, one before another is 1 + 5 / 3 = 2, and two are 1 + 10 / 3 = 4. Ada gave 5.00 back; Bob and Cy ordered once.
    let expected = [
        ("Cy (17)", [4, 1, 4], RfmSegment::Promising, 1, 2_895),
        ("bob@example.org", [1, 1, 2], RfmSegment::Hibernating, 1, 2_000),
        ("Ada Lovelace <ada@example.org>", [2, 4, 1], RfmSegment::AtRisk, 2, 1_400),
    ];
    assert_eq!(listed.collect::<Vec<_>>(), expected);
    assert_eq!(found.listed[2].last_order, day("2011-02-20"), "what was given back is no order");
    let shares: f64 = found.segments.iter().map(|part| part.customer_share).sum();
    assert!((shares - 1.0).abs() < 1e-12 && found.segments.len() == 3, "{found:?}");

    let only = ask(&shop, r#"{"analysis": {"kind": "rfm", "customers": 9, "segment": "hibernating"}}"#).await;
    assert!(matches!(only.result, AnalysisResult::Rfm(found) if found.listed.len() == 1 && found.customers == 3));
    let earlier = ask(&shop, r#"{"analysis": {"kind": "rfm", "as_of": "2011-02-10", "customers": 9}}"#).await;
    let AnalysisResult::Rfm(found) = earlier.result else { panic!("{earlier:?}") };
    let listed = found.listed.iter().map(|c| (c.orders, c.revenue_minor, [c.recency, c.frequency, c.monetary])).collect::<Vec<_>>();
    assert_eq!(listed, [(1, 2_000, [3, 1, 3]), (1, 1_400, [1, 1, 1])], "seen from then, nobody knew of later orders");
}

#[tokio::test]
async fn cohorts_know_who_came_back_and_what_was_given_back() {
    let shop = shop().await;
    let answer = ask(&shop, r#"{"analysis": {"kind": "cohorts"}}"#).await;
    let AnalysisResult::Cohorts(found) = answer.result else { panic!("{answer:?}") };
    let cells = |index: usize| found.cohorts[index].months.iter().map(|m| (m.active, m.revenue_minor)).collect::<Vec<_>>();
    assert_eq!(
        found.cohorts.iter().map(|c| (c.month, c.customers)).collect::<Vec<_>>(),
        [(day("2011-01-01"), 1), (day("2011-02-01"), 1), (day("2011-03-01"), 1)]
    );
    assert_eq!((cells(0), cells(1), cells(2)), (vec![(1, 1_400), (1, 500), (0, -500)], vec![(1, 2_000), (0, 0)], vec![(1, 2_895)]));
    assert_eq!((found.incomplete_month, found.begins_with_data), (None, true), "the data end with the month");
    let answer = ask(&shop, r#"{"analysis": {"kind": "cohorts", "cohorts": 1}, "to": "2011-02-20"}"#).await;
    let AnalysisResult::Cohorts(found) = answer.result else { panic!("{answer:?}") };
    assert_eq!((found.cohorts.len(), found.incomplete_month), (1, Some(day("2011-02-01"))));
    assert!(found.cohorts[0].months[0].is_incomplete && !found.begins_with_data);

    let answer = ask(&shop, r#"{"analysis": {"kind": "new_and_returning"}, "from": "2011-02-07"}"#).await;
    let AnalysisResult::NewAndReturning(found) = answer.result else { panic!("{answer:?}") };
    let months = found.months.iter().map(|m| (m.new_customers, m.returning_customers, m.new_revenue_minor, m.returning_revenue_minor));
    assert_eq!(months.collect::<Vec<_>>(), [(1, 1, 2_000, 500), (1, 0, 2_895, -500)]);
    // A category is known of lines only.
    let tea = r#"{"analysis": {"kind": "new_and_returning"}, "filters": [{"dimension": "category", "op": "in", "values": ["Kitchen"]}]}"#;
    let AnalysisResult::NewAndReturning(found) = ask(&shop, tea).await.result else { panic!("another result") };
    assert_eq!(found.months.iter().map(|m| m.new_revenue_minor).collect::<Vec<_>>(), [1_000, 2_000, 2_500]);
}

#[tokio::test]
async fn who_bought_elsewhere_before_is_not_new() {
    let shop = shop().await;
    // Ada's first order was online in January; in the store she bought in February.
    let offline = r#""filters": [{"dimension": "channel", "op": "in", "values": ["offline"]}]"#;
    let request = format!(r#"{{"analysis": {{"kind": "new_and_returning"}}, {offline}}}"#);
    let AnalysisResult::NewAndReturning(found) = ask(&shop, &request).await.result else { panic!("another result") };
    let months = found.months.iter().map(|m| (m.month, m.new_customers, m.returning_customers, m.new_revenue_minor, m.returning_revenue_minor));
    assert_eq!(months.collect::<Vec<_>>(), [(day("2011-02-01"), 0, 1, 0, 500)]);
    let AnalysisResult::Cohorts(found) = ask(&shop, &format!(r#"{{"analysis": {{"kind": "cohorts"}}, {offline}}}"#)).await.result else {
        panic!("another result")
    };
    let cohorts = found.cohorts.iter().map(|c| (c.month, c.customers, c.months.iter().map(|m| (m.active, m.retention)).collect::<Vec<_>>()));
    assert_eq!(cohorts.collect::<Vec<_>>(), [(day("2011-01-01"), 1, vec![(0, 0.0), (1, 1.0), (0, 0.0)])]);
    // As the measures and the dimension say.
    let measured = async |json: &str| answer(&shop.0, &shop.1, serde_json::from_str(json).expect(json)).await.expect(json).rows;
    let counts = measured(&format!(r#"{{"measures": ["new_customers", "returning_customers"], {offline}}}"#)).await;
    assert_eq!(counts, [[Cell::Int(0), Cell::Int(1)]]);
    let months = measured(&format!(r#"{{"measures": ["customers"], "dimensions": ["cohort"], {offline}}}"#)).await;
    assert!(months.contains(&vec![Cell::Text("2011-01".to_owned()), Cell::Int(1)]), "{months:?}");
}

#[tokio::test]
async fn products_fall_into_classes_and_what_crosses_the_line_is_above_it() {
    let shop = shop().await;
    let answer = ask(&shop, r#"{"analysis": {"kind": "abc"}}"#).await;
    let AnalysisResult::Abc(found) = answer.result else { panic!("{answer:?}") };
    // Tea 400 + 1,200 + 4,000; bowls 2 × 2,000; mugs 1,000 + 500 - 500 + 500. Postage is no product, the test order none.
    let listed = found.listed.iter().map(|p| (p.product.as_str(), p.class, p.revenue_minor, p.units_milli)).collect::<Vec<_>>();
    let expected = [("Tea", AbcClass::A, 5_600, 14_000), ("Bowl", AbcClass::A, 4_000, 2_000), ("Mug", AbcClass::B, 1_500, 3_000)];
    assert_eq!((listed, found.revenue_minor), (expected.to_vec(), 11_100));
    assert_eq!(found.curve.last().map(|point| (point.product_share, point.revenue_share)), Some((1.0, 1.0)));
    let half = ask(&shop, r#"{"analysis": {"kind": "abc", "a_percent": 50, "b_percent": 60, "products": 0}}"#).await;
    let AnalysisResult::Abc(found) = half.result else { panic!("{half:?}") };
    assert_eq!(
        found.classes.iter().map(|part| (part.class, part.products)).collect::<Vec<_>>(),
        [(AbcClass::A, 1), (AbcClass::B, 1), (AbcClass::C, 1)]
    );
    assert!(found.listed.is_empty());
}

#[tokio::test]
async fn what_stands_still_is_in_stock_or_of_unknown_stock() {
    let shop = shop().await;
    let idle = async |days: u32| {
        let json = format!(r#"{{"analysis": {{"kind": "slow_movers", "idle_days": {days}}}}}"#);
        match ask(&shop, &json).await.result {
            AnalysisResult::SlowMovers(found) => found,
            other => panic!("{other:?}"),
        }
    };
    // Mugs and bowls were last sold on 15 March, tea on the 31st.
    assert_eq!((idle(17).await.products, idle(17).await.of_products, idle(17).await.knows_stock), (0, 3, true));
    let found = idle(16).await;
    let listed = found.listed.iter().map(|m| (m.product.as_str(), m.last_sale, m.idle_days, m.revenue_minor, m.stock_milli)).collect::<Vec<_>>();
    let last = Some(day("2011-03-15"));
    assert_eq!(listed, [("Mug", last, Some(16), 1_500, Some(50_000)), ("Bowl", last, Some(16), 4_000, None)]);
    let before = ask(&shop, r#"{"analysis": {"kind": "slow_movers", "idle_days": 5}, "to": "2011-01-09"}"#).await;
    let AnalysisResult::SlowMovers(found) = before.result else { panic!("{before:?}") };
    let listed = found.listed.iter().map(|m| (m.product.as_str(), m.last_sale, m.idle_days)).collect::<Vec<_>>();
    assert_eq!(listed, [("Mug", None, None), ("Tea", None, None)], "in stock, and never sold by then");
}

#[tokio::test]
async fn pairs_are_measured_over_all_orders_with_products() {
    let shop = shop().await;
    let answer = ask(&shop, r#"{"analysis": {"kind": "bought_together", "min_orders": 1}}"#).await;
    let AnalysisResult::BoughtTogether(found) = answer.result else { panic!("{answer:?}") };
    // Mug and tea, mug and bowl; the postage beside them is no product. A bowl, a mug and tea were also sold alone: five orders in all.
    assert_eq!((found.baskets, found.products, found.found), (5, 3, 2));
    let pairs = found.pairs.iter().map(|p| (p.first.as_str(), p.second.as_str(), p.orders, p.support, p.confidence, p.confidence_back, p.lift));
    assert_eq!(pairs.collect::<Vec<_>>(), [("Bowl", "Mug", 1, 0.2, 0.5, 1.0 / 3.0, 5.0 / 6.0), ("Tea", "Mug", 1, 0.2, 0.5, 1.0 / 3.0, 5.0 / 6.0)]);
    // Of all products only the mug is in more baskets of several than the third; beside the tea, the bowl is in none.
    let two = r#"{"analysis": {"kind": "bought_together", "min_orders": 1, "products": 2}, "filters": [{"dimension": "product", "op": "in", "values": ["Tea"]}]}"#;
    let AnalysisResult::BoughtTogether(found) = ask(&shop, two).await.result else { panic!("pairs were asked for") };
    let pairs: Vec<_> = found.pairs.iter().map(|p| (p.first.as_str(), p.second.as_str(), p.first_orders, p.second_orders, p.lift)).collect();
    assert_eq!((found.baskets, found.products, found.min_orders, pairs), (5, 2, 1, vec![("Tea", "Mug", 2, 3, 5.0 / 6.0)]));
    let none = ask(&shop, r#"{"analysis": {"kind": "bought_together"}}"#).await;
    assert!(matches!(none.result, AnalysisResult::BoughtTogether(found) if found.pairs.is_empty() && found.baskets == 5));
}

#[tokio::test]
async fn an_empty_shop_has_nothing_to_analyse() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    for analysis in domain::analysis::Analysis::all() {
        let name = analysis.name();
        let request = AnalysisRequest { analysis, from: None, to: None, filters: Vec::new() };
        analyse(&services, &owner, request).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
    }
}

#[tokio::test]
async fn names_are_for_analysts_and_wrong_parts_are_named() {
    let shop = shop().await;
    let viewer = shop.0.member(&shop.1, "eve@example.com", Role::Viewer).await;
    let named = request(r#"{"analysis": {"kind": "rfm", "customers": 1}}"#);
    let refused = analyse(&shop.0, &viewer, named.clone()).await.expect_err("a viewer").into_app();
    assert!(refused.kind == ErrorKind::Forbidden && refused.message.contains("analyst"), "{refused:?}");
    let analyst = shop.0.member(&shop.1, "ann@example.com", Role::Analyst).await;
    analyse(&shop.0, &analyst, named).await.expect("an analyst");
    analyse(&shop.0, &viewer, request(r#"{"analysis": {"kind": "rfm"}}"#)).await.expect("segments are for everyone");
    let by_name = r#"{"analysis": {"kind": "rfm"}, "filters": [{"dimension": "customer", "op": "contains", "values": ["ada"]}]}"#;
    assert_eq!(analyse(&shop.0, &viewer, request(by_name)).await.expect_err("by name").kind(), ErrorKind::Forbidden);
    for (json, field) in [
        (r#"{"analysis": {"kind": "abc", "a_percent": 0}}"#, "analysis.a_percent"),
        (r#"{"analysis": {"kind": "rfm"}, "from": "2011-03-02", "to": "2011-03-01"}"#, "time.to"),
        (r#"{"analysis": {"kind": "rfm"}, "filters": [{"dimension": "country", "op": "in", "values": ["Atlantis"]}]}"#, "filters[0].values"),
    ] {
        let refused = analyse(&shop.0, &shop.1, request(json)).await.expect_err(json).into_app();
        assert!(refused.fields.iter().any(|fault| fault.field == field), "{json}: {refused:?}");
    }
}

#[tokio::test]
async fn what_is_kept_of_an_analysis_is_not_told_to_who_may_not_ask_it() {
    let (services, owner) = shop().await;
    let viewer = services.member(&owner, "eve@example.com", Role::Viewer).await;
    let by_name = request(r#"{"analysis": {"kind": "abc"}, "filters": [{"dimension": "customer", "op": "is_not_empty"}]}"#);
    for _ in 0..2 {
        let refused = analyse(&services, &viewer, by_name.clone()).await.expect_err("customers are not for viewers").into_app();
        assert_eq!(refused.kind, ErrorKind::Forbidden, "{refused:?}");
        analyse(&services, &owner, by_name.clone()).await.expect("an owner may, and the answer is kept");
    }
}
