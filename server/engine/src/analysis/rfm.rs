//! Scores become segments.

use super::row::{day, int, score, share, text};
use crate::planning::Raw;
use domain::Day;
use domain::analysis::{RfmCell, RfmCustomer, RfmResult, RfmSegment, SegmentShare};

/// Segments of the rows of [`crate::planning::compile_rfm`].
pub fn rfm(rows: &[Vec<Raw>], as_of: Day) -> RfmResult {
    let cell = |row: &Vec<Raw>| RfmCell {
        recency: score(row, 0),
        frequency: score(row, 1),
        monetary: score(row, 2),
        customers: int(row, 3),
        orders: int(row, 4),
        revenue_minor: int(row, 5),
    };
    let cells: Vec<RfmCell> = rows.iter().map(cell).collect();
    let customers = cells.iter().map(|cell| cell.customers).sum();
    let revenue_minor = cells.iter().map(|cell| cell.revenue_minor).sum();
    let segment = |segment: RfmSegment| {
        let own = || cells.iter().filter(move |cell| RfmSegment::of(cell.recency, cell.frequency) == segment);
        let (count, revenue) = (own().map(|cell| cell.customers).sum(), own().map(|cell| cell.revenue_minor).sum());
        Some(SegmentShare {
            segment,
            customers: count,
            orders: own().map(|cell| cell.orders).sum(),
            revenue_minor: revenue,
            customer_share: share(count, customers).filter(|share| *share > 0.0)?,
            revenue_share: share(revenue, revenue_minor),
        })
    };
    RfmResult { as_of, customers, revenue_minor, segments: RfmSegment::ALL.into_iter().filter_map(segment).collect(), cells, listed: Vec::new() }
}

/// Customers of the rows of [`crate::planning::compile_rfm_customers`].
pub fn rfm_customers(rows: &[Vec<Raw>]) -> Vec<RfmCustomer> {
    let customer = |row: &Vec<Raw>| {
        let (recency, frequency) = (score(row, 4), score(row, 5));
        Some(RfmCustomer {
            name: text(row, 0).unwrap_or_else(|| "a customer without a name".to_owned()),
            segment: RfmSegment::of(recency, frequency),
            recency,
            frequency,
            monetary: score(row, 6),
            last_order: day(row, 1)?,
            orders: int(row, 2),
            revenue_minor: int(row, 3),
        })
    };
    rows.iter().filter_map(customer).collect()
}
