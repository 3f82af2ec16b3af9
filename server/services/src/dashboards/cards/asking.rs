//! What a card's question is asked with.

use domain::charts::{SeriesRole, TableColumn};
use domain::dashboards::{BoardCard, DashboardView};
use domain::facing::Facing;
use domain::question::{Answer, ColumnKind, Derived, Filter, FilterOp, MAX_ROWS, Question, TimeSpan, Transform};
use domain::range::{DateRange, Grain, RangeChoice};
use domain::semantic::{Dimension, Measure, Unit};
use domain::{AppError, Currency, ErrorKind, Permission, format};
use engine::planning::about_all_rows;

use crate::analytics::{Overview, answer_compared_within, answer_within, check_roles, chosen_currency, only_measure, with_rankings};
use crate::dashboards::chosen::Chosen;
use crate::dashboards::covered::Covered;
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// One card being answered: all its numbers come from one moment.
pub(in crate::dashboards) struct Asking<'a> {
    services: &'a Services,
    tx: &'a Tx,
    overview: &'a Overview,
    /// The question, with the board's filters.
    pub(in crate::dashboards) question: Question,
    /// The days in force: the card's own, else the board's.
    pub(in crate::dashboards) chosen: Chosen,
    /// How it is split by time, if it is.
    pub(super) grain: Option<Grain>,
    /// What its money is of.
    pub(in crate::dashboards) currency: Currency,
}

impl<'a> Asking<'a> {
    pub(in crate::dashboards) async fn of(
        (services, tx, overview): (&'a Services, &'a Tx, &'a Overview),
        actor: &Actor,
        card: &BoardCard,
        (view, data): (&DashboardView, DateRange),
    ) -> Result<Self> {
        actor.require(Permission::SeeFigures)?;
        card.is_sound()?;
        let last = data.to.min(overview.today).max(data.from);
        let own = match &card.goal {
            Some(goal) => goal.days(last, overview.merchant.calendar()),
            None => card.question.time.and_then(|time| DateRange::new(time.from?, time.to?).ok()),
        };
        let view = match own {
            Some(range) => DashboardView { range: Some(RangeChoice::Custom(range)), ..view.clone() },
            None => view.clone(),
        };
        let chosen = Chosen::of(&view, data, overview);
        let mut question = card.question.clone();
        question.filters.extend(view.filters.iter().filter(|filter| !card.question.filters.contains(filter)).cloned());
        // The board's filters count too: what a role may not split by, it may not look for either.
        check_roles(actor, &question)?;
        let currency = chosen_currency(services, tx, overview, &question).await?;
        let grain = if card.over_time { Some(chosen.grain) } else { question.grain() };
        Ok(Self { services, tx, overview, question, chosen, grain, currency })
    }

    /// The card's question over some days.
    pub(in crate::dashboards) fn over(&self, range: DateRange, grain: Option<Grain>) -> Question {
        let mut question = Question { time: Some(TimeSpan { grain, ..range.into() }), ..self.question.clone() };
        if grain.is_none() {
            // What it grew against is chosen on the board: `growth.rs` works it out.
            question.derived.retain(|derived| derived.transform != Transform::Growth);
            let derived = question.derived.iter().map(Derived::name);
            let columns: Vec<String> = question.column_names().into_iter().map(str::to_owned).chain(derived).collect();
            question.order.retain(|order| columns.contains(&order.by));
        }
        question
    }

    /// A question about all of its rows, with the values that its rankings choose in its own days.
    pub(super) async fn about_all_rows(&self, question: &Question) -> Result<Question> {
        let question = with_rankings(self.services, self.tx, self.overview, question, self.currency).await?;
        Ok(about_all_rows(&question, self.currency))
    }

    /// The currency that the shop counts in.
    pub(super) fn shop_currency(&self) -> Currency {
        self.overview.merchant.currency
    }

    pub(in crate::dashboards) async fn ask(&self, question: Question) -> Result<Answer> {
        self.ask_facing(question, None).await
    }

    /// All rows of the card's question over the compared days, in the buckets of the days in force.
    pub(super) async fn ask_compared(&self, facing: Facing, grain: Grain) -> Result<Answer> {
        let question = Question { limit: None, order: Vec::new(), ..self.over(facing.compared, Some(grain)) };
        whole(self.ask_facing(question, Some(facing)).await?)
    }

    async fn ask_facing(&self, question: Question, facing: Option<Facing>) -> Result<Answer> {
        question.check()?;
        let answer = async |question: &Question| match facing {
            Some(facing) => answer_compared_within((self.services, self.tx, self.overview), (question, facing), self.currency).await,
            None => answer_within(self.services, self.tx, self.overview, question, self.currency).await,
        };
        // Counts are of all currencies, and money of one: together they are read only where that is the same.
        let is_filtered =
            |filter: &Filter| filter.dimension == Dimension::Currency && filter.op == FilterOp::In && filter.values == [self.currency.code()];
        let is_one_currency =
            matches!(self.overview.currencies.as_slice(), [only] if only.currency == self.currency) || question.filters.iter().any(is_filtered);
        match self.overview.shared.widened(&question).filter(|_| is_one_currency) {
            Some((wide, place)) => Ok(only_measure(answer(&wide).await?, question.key_count(), place)),
            None => answer(&question).await,
        }
    }

    /// All rows of a question. Where they are more than an answer holds, there is none: a picture of a part would be taken for the whole.
    pub(super) async fn ask_whole(&self, question: Question) -> Result<Answer> {
        whole(self.ask(Question { limit: None, order: Vec::new(), ..question }).await?)
    }

    /// The buckets in force in which a missing row means that there was nothing. Of one that a threshold left out, nothing is said.
    pub(super) fn covered(&self, grain: Grain) -> Covered {
        if self.question.having.is_empty() { Covered::of(&self.chosen, grain) } else { Covered::default() }
    }

    /// The same of the compared days.
    pub(super) fn covered_by_compared(&self, facing: Facing, grain: Grain) -> Covered {
        if self.question.having.is_empty() { Covered::by_compared(&self.chosen, facing, grain) } else { Covered::default() }
    }

    /// The first measure: the one that pictures of one measure show.
    pub(in crate::dashboards) fn measure(&self) -> Measure {
        *self.question.measures.first().expect("a question that holds has a measure")
    }

    /// The measures that share an axis with the first.
    pub(super) fn drawn_measures(&self) -> Vec<(usize, Measure)> {
        let unit = self.measure().entry().unit;
        self.question.measures.iter().copied().enumerate().filter(|(_, measure)| measure.entry().unit == unit).collect()
    }

    /// Where the currency stands among the splits; amounts of money are each in that of their row then.
    pub(super) fn currency_place(&self) -> Option<usize> {
        self.question.dimensions.iter().position(|dimension| *dimension == Dimension::Currency)
    }

    /// The currency of a measure's axis.
    pub(super) fn axis(&self, measure: Measure) -> Option<Currency> {
        (measure.entry().unit == Unit::Money && self.currency_place().is_none()).then_some(self.currency)
    }

    /// A measure's column in a table.
    pub(in crate::dashboards) fn column(&self, title: String, measure: Measure) -> TableColumn {
        money_column(title, measure.column_kind(), self.axis(measure))
    }

    /// `Net sales, GBP`.
    pub(in crate::dashboards) fn unit_words(&self) -> String {
        let labels: Vec<&str> = self.question.measures.iter().map(|measure| measure.label()).collect();
        let has_money = self.question.measures.iter().any(|measure| measure.entry().unit == Unit::Money);
        match (has_money, self.currency_place()) {
            (false, _) => labels.join(", "),
            (true, None) => format!("{}, {}", labels.join(", "), self.currency),
            (true, Some(_)) => format!("{}, amounts in the currency of their row", labels.join(", ")),
        }
    }
}

/// A column of an answer; money of no one currency is a plain number.
pub(super) fn money_column(title: String, kind: ColumnKind, currency: Option<Currency>) -> TableColumn {
    let kind = if kind == ColumnKind::Money && currency.is_none() { ColumnKind::Number } else { kind };
    TableColumn { title, kind, currency }
}

/// An answer that was not cut.
fn whole(answer: Answer) -> Result<Answer> {
    if answer.truncated { Err(too_many_rows().into()) } else { Ok(answer) }
}

/// Why a picture is not drawn whose rows were cut.
pub(super) fn too_many_rows() -> AppError {
    let most = format::number(MAX_ROWS.into());
    AppError::new(
        ErrorKind::Validation,
        format!("there are more than {most} rows, too many for a picture; choose fewer days or a coarser grain, or filter"),
    )
}

/// The part that the series of a place plays.
pub(super) fn role(index: usize, count: usize) -> SeriesRole {
    if count == 1 { SeriesRole::Current } else { SeriesRole::Split(u8::try_from(index % 8).unwrap_or_default()) }
}

/// A column of names.
pub(in crate::dashboards) fn text_column(title: &str) -> TableColumn {
    TableColumn { title: title.to_owned(), kind: ColumnKind::Text, currency: None }
}
