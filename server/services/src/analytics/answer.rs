//! Answers a question from the facts of the actor's shop.

use chrono::{DateTime, SecondsFormat};
use domain::question::{Answer, Cell, FilterOp, Question};
use domain::range::{Comparison, DateRange};
use domain::semantic::{Dimension, Unit};
use domain::{AppError, Currency, Permission};
use engine::planning::{
    Compared, Known, PlanContext, answer_columns, answer_rows, compared_question, compile, compile_currencies, merge_compared, narrowed_to,
};

use crate::db::Tx;
use crate::{Actor, Result, Services};

use super::cache::cached;
use super::overview::{Overview, overview};
use super::statements::{dialect, run};

/// Answers a question. The answer is kept until the shop's data change.
pub async fn answer(services: &Services, actor: &Actor, question: Question) -> Result<Answer> {
    actor.require(Permission::SeeFigures)?;
    question.check()?;
    let started = services.clock.now_ms();
    let tx = services.db.read(actor.merchant_id).await?;
    let overview = overview(services, actor, &tx).await?;
    let work = async {
        let currency = chosen_currency(services, &tx, &overview, &question).await?;
        answer_within(services, &tx, &overview, &question, currency).await
    };
    let answer = cached(services, &overview.merchant, overview.version, &question, work).await?;
    let elapsed_ms = u64::try_from(services.clock.now_ms() - started).unwrap_or_default();
    let data_as_of = overview.changed_at.and_then(DateTime::from_timestamp_millis).map(|at| at.to_rfc3339_opts(SecondsFormat::Millis, true));
    Ok(Answer { data_as_of, elapsed_ms, ..answer })
}

/// Answers a question within a transaction, in one currency.
pub(crate) async fn answer_within(services: &Services, tx: &Tx, overview: &Overview, question: &Question, currency: Currency) -> Result<Answer> {
    let context = plan_context(services, overview, currency);
    let (rows, truncated) = rows_of(services, tx, &context, question).await?;
    let columns = answer_columns(question, currency);
    let mut answer = Answer { columns, rows, data_as_of: None, truncated, elapsed_ms: 0 };
    if let Some(comparison) = question.compare {
        compare(services, tx, overview, question, comparison, &context, &mut answer).await?;
    }
    Ok(answer)
}

/// Sets each row beside its value in the compared range.
async fn compare(
    services: &Services,
    tx: &Tx,
    overview: &Overview,
    question: &Question,
    comparison: Comparison,
    context: &PlanContext,
    answer: &mut Answer,
) -> Result<()> {
    let days = overview.days().unwrap_or(DateRange { from: overview.today, to: overview.today });
    let time = question.time.unwrap_or_default();
    let range = DateRange::new(time.from.unwrap_or(days.from), time.to.unwrap_or(days.to)).unwrap_or(days);
    let compared = range.compared(comparison);
    let has_data = overview.days().is_some_and(|days| days.from <= compared.to && compared.from <= days.to);
    let (mut rows, mut known) = (Vec::new(), Known::Nothing);
    if has_data {
        let asked = compared_question(question, compared);
        let mut is_cut;
        (rows, is_cut) = rows_of(services, tx, context, &asked).await?;
        if is_cut {
            (rows, is_cut) = rows_of(services, tx, context, &narrowed_to(answer, &asked)).await?;
        }
        known = if is_cut { Known::InPart } else { Known::Whole };
    }
    merge_compared(question, answer, &Compared { ranges: (range, compared), rows, known }, overview.merchant.week_start);
    Ok(())
}

/// The rows a question brings, and whether some were left out.
async fn rows_of(services: &Services, tx: &Tx, context: &PlanContext, question: &Question) -> Result<(Vec<Vec<Cell>>, bool)> {
    let plan = compile(question, context)?;
    Ok(answer_rows(&plan, run(services, tx, &plan).await?))
}

fn plan_context(services: &Services, overview: &Overview, currency: Currency) -> PlanContext {
    PlanContext { merchant_id: overview.merchant.id, currency: Some(currency), week_start: overview.merchant.week_start, dialect: dialect(services) }
}

/// The one currency of an answer's money: the one filtered by; else the shop's; else, where the facts hold only one other, that one.
pub(crate) async fn chosen_currency(services: &Services, tx: &Tx, overview: &Overview, question: &Question) -> Result<Currency> {
    let own = overview.merchant.currency;
    let asks_money = question.measures.iter().any(|measure| measure.entry().unit == Unit::Money);
    if !asks_money || question.dimensions.contains(&Dimension::Currency) {
        return Ok(own);
    }
    let filter = question.filters.iter().enumerate().find(|(_, filter)| filter.dimension == Dimension::Currency && filter.op == FilterOp::In);
    match filter {
        Some((_, filter)) if filter.values.len() == 1 => return Ok(filter.values[0].parse()?),
        Some((index, _)) => {
            let message = "money of several currencies cannot be added up; filter by one, or split by currency";
            return Err(AppError::invalid(format!("filters[{index}].values"), message).into());
        }
        None => {}
    }
    if let [only] = overview.currencies.as_slice() {
        return Ok(only.currency);
    }
    let plan = compile_currencies(question, &plan_context(services, overview, own))?;
    let (rows, _) = answer_rows(&plan, run(services, tx, &plan).await?);
    let found: Vec<Currency> = rows.iter().filter_map(|row| row.first()?.as_text()?.parse().ok()).collect();
    match found.as_slice() {
        [only] => Ok(*only),
        _ => Ok(own),
    }
}
