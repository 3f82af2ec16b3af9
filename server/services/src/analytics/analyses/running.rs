//! The statements of each analysis, and what is made of their rows.

use domain::AppError;
use domain::analysis::{AbcInput, Analysis, AnalysisResult, BasketInput, BasketResult, CohortsInput, RfmInput, RfmResult, SlowMoversInput};
use domain::question::{Filter, FilterOp};
use domain::range::DateRange;
use domain::semantic::Dimension;
use engine::analysis::{self, PairCounts};
use engine::planning::{
    Plan, PlanContext, Raw, Scope, compile_abc_classes, compile_abc_products, compile_basket_count, compile_basket_products, compile_baskets,
    compile_cohorts, compile_movers_count, compile_new_and_returning, compile_rfm, compile_rfm_customers, compile_slow_movers,
};

use super::super::answer::{Asking, plan_context};
use crate::Result;

/// An analysis being answered.
pub(super) struct Running<'a> {
    pub(super) asking: &'a Asking<'a>,
    pub(super) analysis: &'a Analysis,
    /// The days it is about.
    pub(super) days: DateRange,
    /// What the data span.
    pub(super) data: DateRange,
    /// With rankings worked out.
    pub(super) filters: Vec<Filter>,
}

impl Running<'_> {
    pub(super) async fn result(&self) -> Result<AnalysisResult> {
        Ok(match self.analysis {
            Analysis::Rfm(input) => AnalysisResult::Rfm(self.rfm(input).await?),
            Analysis::Cohorts(input) => AnalysisResult::Cohorts(self.cohorts(input).await?),
            Analysis::Abc(input) => AnalysisResult::Abc(self.abc(input).await?),
            Analysis::SlowMovers(input) => AnalysisResult::SlowMovers(self.slow_movers(input).await?),
            Analysis::BoughtTogether(input) => AnalysisResult::BoughtTogether(self.bought_together(input).await?),
            Analysis::NewAndReturning => {
                let (scope, first) = (self.looking_back(), self.days.from.month_start());
                let rows = self.rows("new and returning customers", |context| compile_new_and_returning(&scope, context, first)).await?;
                AnalysisResult::NewAndReturning(analysis::new_and_returning(&rows, self.days.to, self.data))
            }
        })
    }

    async fn rfm(&self, input: &RfmInput) -> Result<RfmResult> {
        let as_of = input.as_of.unwrap_or(self.days.to);
        let scope = Scope { to: as_of, ..self.looking_back() };
        let rows = self.rows("the scores of customers", |context| compile_rfm(&scope, context)).await?;
        let found = analysis::rfm(&rows, as_of);
        if input.customers == 0 {
            return Ok(found);
        }
        let listed = |context: &PlanContext| compile_rfm_customers(&scope, context, input.segment, input.customers);
        Ok(RfmResult { listed: analysis::rfm_customers(&self.rows("customers by name", listed).await?), ..found })
    }

    async fn cohorts(&self, input: &CohortsInput) -> Result<domain::analysis::CohortsResult> {
        let (scope, last) = (self.looking_back(), self.days.to.min(self.data.to));
        let first = last.month_start().plus_months(1 - i32::try_from(input.cohorts).unwrap_or(1));
        let rows = self.rows("the months of cohorts", |context| compile_cohorts(&scope, context, first)).await?;
        Ok(analysis::cohorts(&rows, self.days.to, self.data))
    }

    async fn abc(&self, input: &AbcInput) -> Result<domain::analysis::AbcResult> {
        let scope = self.within();
        let parts = self.rows("classes of products", |context| compile_abc_classes(&scope, context, input)).await?;
        let products = match input.products {
            0 => Vec::new(),
            _ => self.rows("the largest products", |context| compile_abc_products(&scope, context, input)).await?,
        };
        Ok(analysis::abc(&parts, &products))
    }

    async fn slow_movers(&self, input: &SlowMoversInput) -> Result<domain::analysis::SlowMoversResult> {
        let scope = self.looking_back();
        let products = self.rows("what stands still", |context| compile_slow_movers(&scope, context, input)).await?;
        let counts = match products.as_slice() {
            [] => self.rows("of how many none stands still", |context| compile_movers_count(&scope, context, input)).await?,
            _ => Vec::new(),
        };
        Ok(analysis::slow_movers(&counts, &products, self.days.to))
    }

    /// A filter by product names one of a pair: its baskets hold the others, too.
    async fn bought_together(&self, input: &BasketInput) -> Result<BasketResult> {
        let names_product = |filter: &&Filter| filter.dimension == Dimension::Product && filter.op == FilterOp::In;
        let named: Vec<String> = self.filters.iter().filter(names_product).flat_map(|filter| filter.values.clone()).collect();
        let filters: Vec<Filter> = self.filters.iter().filter(|filter| !names_product(filter)).cloned().collect();
        let scope = Scope { filters: filters.clone(), ..self.within() };
        let baskets = self.baskets(&scope).await?;
        let products = self.rows("products of baskets", |context| compile_basket_products(&scope, context, input, &named)).await?;
        let (products, least) = analysis::counted(analysis::basket_products(&products), input, baskets);
        let (ids, rows): (Vec<i64>, i64) =
            (products.iter().map(|product| product.id).collect(), products.iter().map(|product| product.baskets).sum());
        let mut counts = PairCounts::new(&products);
        let mut waiting = parts(self.days, self.data, if products.len() > 1 { rows } else { 0 });
        let is_one = waiting.len() == 1;
        while let Some(days) = waiting.pop() {
            let part = Scope { from: Some(days.from), to: days.to, filters: filters.clone() };
            // A season may hold most of the rows.
            if !is_one && days.days() > 1 && are_many(self.baskets(&part).await?, rows, baskets) {
                waiting.extend(halves(days));
                continue;
            }
            let rows = self.rows("orders of several products", |context| compile_baskets(&part, context, &ids)).await?;
            counts = tokio::task::spawn_blocking(move || {
                counts.add(&rows);
                counts
            })
            .await
            .map_err(anyhow::Error::from)?;
        }
        Ok(analysis::pairs(&counts, (&products, least), baskets, (input, &named)))
    }

    /// How many orders hold products.
    async fn baskets(&self, scope: &Scope) -> Result<i64> {
        let rows = self.rows("baskets", |context| compile_basket_count(scope, context)).await?;
        Ok(match rows.first().and_then(|row| row.first()) {
            Some(Raw::Int(count)) => *count,
            _ => 0,
        })
    }

    /// The days asked for.
    fn within(&self) -> Scope {
        Scope { from: Some(self.days.from), to: self.days.to, filters: self.filters.clone() }
    }

    /// All days up to the last one asked for.
    fn looking_back(&self) -> Scope {
        Scope { from: None, ..self.within() }
    }

    async fn rows(&self, purpose: &'static str, compile: impl Fn(&PlanContext) -> Result<Plan, AppError>) -> Result<Vec<Vec<Raw>>> {
        let Asking { overview, currency, steps } = self.asking;
        let context = plan_context(steps.services, overview, *currency);
        Ok(steps.run(purpose, &overview.engine, |dialect| compile(&PlanContext { dialect, ..context })).await?.1)
    }
}

/// So many rows of baskets are held at a time, about.
const ROWS: i64 = 200_000;

/// The days that have data, in parts of about as many rows; none for no rows. The lines of an order lie on one day.
fn parts(asked: DateRange, data: DateRange, rows: i64) -> Vec<DateRange> {
    let days = DateRange { from: asked.from.max(data.from), to: asked.to.min(data.to) };
    if days.from > days.to {
        return Vec::new();
    }
    let count = i32::try_from((rows + ROWS - 1) / ROWS).unwrap_or(i32::MAX).min(days.days());
    let start = |part: i32| days.from.plus_days(i32::try_from(i64::from(days.days()) * i64::from(part) / i64::from(count)).unwrap_or(0));
    (0..count).map(|part| DateRange { from: start(part), to: start(part + 1).plus_days(-1) }).collect()
}

/// Whether so many of all baskets have more rows than are held at a time, by far.
fn are_many(baskets: i64, rows: i64, of: i64) -> bool {
    i128::from(baskets) * i128::from(rows) > 2 * i128::from(ROWS) * i128::from(of)
}

/// Two days or more in two parts.
fn halves(days: DateRange) -> [DateRange; 2] {
    let middle = days.from.plus_days(days.days() / 2);
    [DateRange { from: middle, ..days }, DateRange { to: middle.plus_days(-1), ..days }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: i32, to: i32) -> DateRange {
        DateRange { from: domain::Day(from), to: domain::Day(to) }
    }

    fn plain(parts: impl IntoIterator<Item = DateRange>) -> Vec<(i32, i32)> {
        parts.into_iter().map(|part| (part.from.0, part.to.0)).collect()
    }

    #[test]
    fn parts_are_all_days_and_each_day_once() {
        let days = range(10, 19);
        let split = |rows| plain(parts(days, days, rows));
        assert_eq!(split(0), []);
        assert_eq!(split(200_000), [(10, 19)]);
        assert_eq!(split(600_000), [(10, 12), (13, 15), (16, 19)]);
        assert_eq!(split(i64::from(i32::MAX)).len(), 10);
        assert_eq!(plain(halves(range(10, 12))), [(11, 12), (10, 10)]);
        assert_eq!(plain(halves(range(10, 11))), [(11, 11), (10, 10)]);
    }

    #[test]
    fn days_without_data_are_no_part_of_any() {
        let data = range(14_000, 14_009);
        assert_eq!(plain(parts(range(-25_567, 84_005), data, 400_000)), [(14_000, 14_004), (14_005, 14_009)]);
        assert_eq!(plain(parts(range(14_008, 84_005), data, 400_000)), [(14_008, 14_008), (14_009, 14_009)]);
        assert_eq!(plain(parts(range(1, 9), data, 400_000)), []);
    }

    #[test]
    fn a_season_with_most_of_the_rows_is_split_further() {
        assert!(!are_many(100, 600_000, 300), "a third of three parts");
        assert!(are_many(250, 600_000, 300));
        assert!(!are_many(0, 0, 0));
    }
}
