//! Answers a question from the facts of the actor's shop.

use chrono::{DateTime, SecondsFormat};
use domain::facing::Facing;
use domain::question::{Against, Answer, Cell, FilterOp, MAX_ROWS, Question};
use domain::range::{Calendar, DateRange};
use domain::semantic::Dimension;
use domain::{AppError, Currency, Permission};
use engine::planning::{
    Compared, Derivation, Known, Plan, PlanContext, about_all_rows, answer_columns, answer_rows, compared_question, compile, compile_compared,
    compile_currencies, compile_totals, goes_along_time, holds_money, merge_compared, narrowed_to, needs_all_rows, needs_totals, next_ranking,
    with_ranking,
};

use crate::db::Tx;
use crate::{Actor, Result, Services};

use super::cache::cached;
use super::engine::EngineName;
use super::limits::check_roles;
use super::overview::{Overview, overview};
use super::reading::Reading;
use super::statements::dialect;
use super::steps::Steps;

/// Answers a question. The answer is kept until the shop's data change.
pub async fn answer(services: &Services, actor: &Actor, question: Question) -> Result<Answer> {
    actor.require(Permission::SeeFigures)?;
    check_roles(actor, &question)?;
    question.check()?;
    let started = services.clock.now_ms();
    let tx = Reading::question(services, actor.merchant_id).await?;
    let overview = overview(services, actor, &tx).await?;
    let work = async {
        let currency = chosen_currency(services, &tx, &overview, &question).await?;
        answer_within(services, &tx, &overview, &question, currency).await
    };
    let answer = cached(services, &overview.merchant, overview.version, &question, tx.in_time(services, work)).await?;
    let elapsed_ms = u64::try_from(services.clock.now_ms() - started).unwrap_or_default();
    Ok(Answer { data_as_of: data_as_of(&overview), elapsed_ms, ..answer })
}

/// When the data last changed, as answers spell it.
pub(super) fn data_as_of(overview: &Overview) -> Option<String> {
    overview.changed_at.and_then(DateTime::from_timestamp_millis).map(|at| at.to_rfc3339_opts(SecondsFormat::Millis, true))
}

/// Answers a question anew by one engine: to hold the engines against each other.
pub async fn answer_by(services: &Services, actor: &Actor, question: &Question, engine: EngineName) -> Result<Answer> {
    actor.require(Permission::SeeFigures)?;
    question.check()?;
    let tx = services.db.read(actor.merchant_id).await?;
    let mut overview = overview(services, actor, &tx).await?;
    overview.engine = overview.engine.only(engine)?;
    let currency = chosen_currency(services, &tx, &overview, question).await?;
    answer_within(services, &tx, &overview, question, currency).await
}

/// Answers a question within a transaction, in one currency; what was asked before in it is not read again.
pub(crate) async fn answer_within(services: &Services, tx: &Tx, overview: &Overview, question: &Question, currency: Currency) -> Result<Answer> {
    let steps = Steps::new(services, tx);
    let asking = Asking { overview, currency, steps: &steps };
    overview.shared.answer((question, None), currency, asking.answer(question)).await
}

/// Answers a question about compared days within a transaction: by time, in the buckets of the days that they are set against.
pub(crate) async fn answer_compared_within(
    (services, tx, overview): (&Services, &Tx, &Overview),
    (question, facing): (&Question, Facing),
    currency: Currency,
) -> Result<Answer> {
    let steps = Steps::new(services, tx);
    let asking = Asking { overview, currency, steps: &steps };
    overview.shared.answer((question, Some(facing)), currency, asking.answer_compared(question, facing)).await
}

/// A question with its rankings worked out, within a transaction.
pub(crate) async fn with_rankings(services: &Services, tx: &Tx, overview: &Overview, question: &Question, currency: Currency) -> Result<Question> {
    let steps = Steps::new(services, tx);
    Asking { overview, currency, steps: &steps }.with_rankings(question).await
}

/// A question being answered.
pub(super) struct Asking<'a> {
    pub overview: &'a Overview,
    pub currency: Currency,
    pub steps: &'a Steps<'a>,
}

impl Asking<'_> {
    /// Rankings first, then the rows, then what stands beside them.
    pub(super) async fn answer(&self, question: &Question) -> Result<Answer> {
        let question = self.with_rankings(question).await?;
        let mut answer = self.rows_at_hand(&question).await?;
        if let Some(against) = &question.compare {
            self.compare(&question, against, &mut answer).await?;
        }
        if !question.derived.is_empty() {
            let totals = if needs_totals(&question) {
                self.rows("the totals of shares", |context| compile_totals(&question, context)).await?.0
            } else {
                Vec::new()
            };
            let reaching = if chooses_after(&question) {
                Some(self.rows("the rows that reach the thresholds", |context| compile(&without_limit(&question), context)).await?.0)
            } else {
                None
            };
            answer = derived(question.clone(), (self.days(&question), self.overview.merchant.calendar()), (totals, reaching), answer).await?;
        }
        Ok(answer)
    }

    /// The question with each ranking of its filters replaced by the values that it chose.
    pub(super) async fn with_rankings(&self, question: &Question) -> Result<Question> {
        let mut question = question.clone();
        while let Some((index, ranking)) = next_ranking(&question) {
            let (rows, truncated) = self.rows("a ranking", |context| compile(&ranking, context)).await?;
            let chosen = Answer { columns: Vec::new(), rows, data_as_of: None, truncated, elapsed_ms: 0 };
            question = with_ranking(&question, index, &chosen);
        }
        Ok(question)
    }

    /// The answer's own rows; all of them where columns are worked out along them.
    async fn rows_at_hand(&self, question: &Question) -> Result<Answer> {
        let needs_all = needs_all_rows(question);
        let mut asked = if needs_all { without_limit(question) } else { question.clone() };
        if chooses_after(question) {
            let Question { order, derived, .. } = asked;
            asked = Question { order, derived, ..about_all_rows(question, self.currency) };
        }
        let (rows, truncated) = self.rows("the question", |context| compile(&asked, context)).await?;
        if needs_all && truncated {
            let message = format!("there are more than {MAX_ROWS} rows, too many to work this out along them; use a coarser grain, or filter");
            return Err(AppError::invalid("derived", message).into());
        }
        Ok(Answer { columns: answer_columns(question, self.currency), rows, data_as_of: None, truncated, elapsed_ms: 0 })
    }

    /// Sets each row beside its value over other days, or for other values.
    async fn compare(&self, question: &Question, against: &Against, answer: &mut Answer) -> Result<()> {
        let range = self.days(question);
        let facing = against.period().map(|period| Facing::of(range, period));
        let compared = facing.map_or(range, |facing| facing.compared);
        let has_data = self.overview.days().is_some_and(|days| days.from <= compared.to && compared.from <= days.to);
        let (mut rows, mut known) = (Vec::new(), Known::Nothing);
        if has_data {
            let asked = compared_question(question, against, compared, self.currency);
            let mut is_cut;
            (rows, is_cut) = self.compared_rows("what it is compared with", &asked, facing).await?;
            if is_cut {
                let narrowed = narrowed_to(answer, &asked);
                (rows, is_cut) = self.compared_rows("what its rows are compared with", &narrowed, facing).await?;
            }
            known = if is_cut { Known::InPart } else { Known::Whole };
        }
        merge_compared(question, answer, &Compared { facing, rows, known }, self.overview.merchant.calendar());
        Ok(())
    }

    /// The rows of a question about compared days, in the buckets of those that they are set against.
    async fn compared_rows(&self, purpose: &'static str, asked: &Question, facing: Option<Facing>) -> Result<(Vec<Vec<Cell>>, bool)> {
        let compiled = |context: &PlanContext| match facing {
            Some(facing) => compile_compared(asked, facing, context),
            None => compile(asked, context),
        };
        self.rows(purpose, compiled).await
    }

    /// The answer about compared days by themselves.
    async fn answer_compared(&self, question: &Question, facing: Facing) -> Result<Answer> {
        let question = self.with_rankings(question).await?;
        let (rows, truncated) = self.compared_rows("the compared days", &question, Some(facing)).await?;
        Ok(Answer { columns: answer_columns(&question, self.currency), rows, data_as_of: None, truncated, elapsed_ms: 0 })
    }

    /// The rows of a statement, and whether some were left out.
    pub(super) async fn rows(
        &self,
        purpose: &'static str,
        compile: impl Fn(&PlanContext) -> Result<Plan, AppError>,
    ) -> Result<(Vec<Vec<Cell>>, bool)> {
        let context = plan_context(self.steps.services, self.overview, self.currency);
        let (plan, rows) = self.steps.run(purpose, &self.overview.engine, |dialect| compile(&PlanContext { dialect, ..context })).await?;
        Ok(answer_rows(&plan, rows))
    }

    /// The days a question is about.
    fn days(&self, question: &Question) -> DateRange {
        let days = self.overview.days().unwrap_or(DateRange { from: self.overview.today, to: self.overview.today });
        let time = question.time.unwrap_or_default();
        DateRange::new(time.from.unwrap_or(days.from), time.to.unwrap_or(days.to)).unwrap_or(days)
    }
}

/// Whether rows count for others before thresholds leave them out.
fn chooses_after(question: &Question) -> bool {
    !question.having.is_empty() && goes_along_time(question)
}

fn without_limit(question: &Question) -> Question {
    Question { limit: None, ..question.clone() }
}

/// Work of more than so many rows leaves the threads that answer requests.
const MANY_ROWS: usize = 1_000;

/// The answer with its derived columns.
async fn derived(
    question: Question,
    (days, calendar): (DateRange, Calendar),
    (totals, reaching): (Vec<Vec<Cell>>, Option<Vec<Vec<Cell>>>),
    mut answer: Answer,
) -> Result<Answer> {
    let is_much = answer.rows.len() > MANY_ROWS;
    let apply = move || {
        Derivation { question: &question, days, calendar, totals }.apply_keeping(&mut answer, reaching.as_deref());
        answer
    };
    if is_much { Ok(tokio::task::spawn_blocking(apply).await.map_err(anyhow::Error::from)?) } else { Ok(apply()) }
}

pub(super) fn plan_context(services: &Services, overview: &Overview, currency: Currency) -> PlanContext {
    PlanContext {
        merchant_id: overview.merchant.id,
        currency: Some(currency),
        sells_in_one_currency: matches!(overview.currencies.as_slice(), [only] if only.currency == currency),
        calendar: overview.merchant.calendar(),
        dialect: dialect(services),
        days: overview.days(),
        has_test_orders: overview.has_test_orders(),
    }
}

/// The one currency of an answer's money: the one filtered by; else the shop's; else, where the facts hold only one other, that one.
pub(crate) async fn chosen_currency(services: &Services, tx: &Tx, overview: &Overview, question: &Question) -> Result<Currency> {
    let own = overview.merchant.currency;
    if !holds_money(question) {
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
    let facts = Question { filters: question.filters.iter().filter(|filter| !filter.op.ranks()).cloned().collect(), ..question.clone() };
    let context = plan_context(services, overview, own);
    let compiled = |dialect| compile_currencies(&facts, &PlanContext { dialect, ..context });
    let (plan, rows) = Steps::new(services, tx).run("the currencies of the facts", &overview.engine, compiled).await?;
    let (rows, _) = answer_rows(&plan, rows);
    let found: Vec<Currency> = rows.iter().filter_map(|row| row.first()?.as_text()?.parse().ok()).collect();
    match found.as_slice() {
        [only] => Ok(*only),
        _ => Ok(own),
    }
}
