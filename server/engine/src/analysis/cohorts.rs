//! Months of first orders, and what became of the customers.

use super::row::{int, month, share};
use crate::planning::Raw;
use domain::Day;
use domain::analysis::{Cohort, CohortMonth, CohortsResult, NewAndReturning, NewAndReturningResult};
use domain::range::DateRange;

/// Cohorts of the rows of [`crate::planning::compile_cohorts`], which are in the order of cohorts and months. Months without an order have nobody.
pub fn cohorts(rows: &[Vec<Raw>], as_of: Day, data: DateRange) -> CohortsResult {
    let incomplete_month = incomplete(as_of, data);
    let mut found: Vec<Cohort> = Vec::new();
    for row in rows {
        let (Some(first), Some(at)) = (month(row, 0), month(row, 1)) else { continue };
        if found.last().is_none_or(|cohort| cohort.month != first) {
            found.push(empty(first, as_of.min(data.to), incomplete_month));
        }
        let cohort = found.last_mut().expect("one was pushed");
        cohort.customers += int(row, 5);
        if let Some(cell) = cohort.months.get_mut(months_between(first, at) as usize) {
            let (active, orders, revenue_minor) = (int(row, 2), int(row, 3), int(row, 4));
            *cell = CohortMonth { active, orders, revenue_minor, ..cell.clone() };
        }
    }
    // Whose orders all lie outside of the filters may still have given something back within them.
    found.retain(|cohort| cohort.customers > 0);
    for cohort in &mut found {
        let customers = cohort.customers;
        cohort.months.iter_mut().for_each(|month| month.retention = share(month.active, customers).unwrap_or(0.0));
    }
    let begins_with_data = found.first().is_some_and(|cohort| cohort.month == data.from.month_start());
    CohortsResult { as_of, cohorts: found, incomplete_month, begins_with_data }
}

/// A cohort of which nothing is known yet.
fn empty(first: Day, last: Day, incomplete_month: Option<Day>) -> Cohort {
    let month = |offset: u32| CohortMonth {
        offset,
        active: 0,
        retention: 0.0,
        orders: 0,
        revenue_minor: 0,
        is_incomplete: incomplete_month == Some(first.plus_months(i32::try_from(offset).unwrap_or(i32::MAX))),
    };
    Cohort { month: first, customers: 0, months: (0..=months_between(first, last)).map(month).collect() }
}

/// New and returning customers of the rows of [`crate::planning::compile_new_and_returning`].
pub fn new_and_returning(rows: &[Vec<Raw>], as_of: Day, data: DateRange) -> NewAndReturningResult {
    let incomplete_month = incomplete(as_of, data);
    let counted = |row: &Vec<Raw>| {
        let month = month(row, 0)?;
        Some(NewAndReturning {
            month,
            new_customers: int(row, 1),
            returning_customers: int(row, 2),
            new_revenue_minor: int(row, 3),
            returning_revenue_minor: int(row, 4),
            is_incomplete: incomplete_month == Some(month),
        })
    };
    NewAndReturningResult { months: rows.iter().filter_map(counted).collect() }
}

/// The month of the last day that is looked at or known, unless it is over with that day.
fn incomplete(as_of: Day, data: DateRange) -> Option<Day> {
    let last = as_of.min(data.to);
    (last.plus_days(1).month_start() == last.month_start()).then(|| last.month_start())
}

fn months_between(from: Day, to: Day) -> u32 {
    let number = |day: Day| day.civil().year * 12 + i32::try_from(day.civil().month).unwrap_or(1);
    u32::try_from(number(to) - number(from)).unwrap_or(0)
}
