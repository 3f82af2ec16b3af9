//! A measure of some values over time as a share of the same measure of all: how a product does beside the rest.

use domain::charts::{ChartKind, ChartSpec, Series, SeriesRole, TableColumn, TableData};
use domain::dashboards::Picture;
use domain::question::{Cell, ColumnKind, Question};
use domain::semantic::Dimension;
use domain::{Day, format};

use super::Asking;
use super::card::{Drawn, blank};
use super::over_time::{by_day, cells};
use crate::Result;
use crate::dashboards::chosen::Chosen;
use crate::dashboards::words;

/// What is plotted, without and with the filters by the dimension taken off.
pub(super) async fn draw(asking: &Asking<'_>, dimension: Option<Dimension>, picture: Picture) -> Result<Option<Drawn>> {
    let chosen = Chosen { grain: asking.grain.unwrap_or(asking.chosen.grain), ..asking.chosen.clone() };
    let question = Question { limit: None, order: Vec::new(), ..asking.over(chosen.range, Some(chosen.grain)) };
    let filters = question.filters.iter().filter(|filter| Some(filter.dimension) != dimension).cloned().collect();
    let all = asking.ask(Question { filters, ..question.clone() }).await?;
    let own = asking.ask(question).await?;
    if own.rows.is_empty() {
        return Ok(None);
    }
    let (measure, buckets, covered) = (asking.measure(), chosen.buckets(), asking.covered(chosen.grain));
    let [own, all] = [own, all].map(|answer| cells(&buckets, (&by_day(&answer), 1), &covered, measure));
    let rows: Vec<Row> = buckets.iter().zip(own.into_iter().zip(all)).map(|(day, (own, all))| Row { day: *day, own, all }).collect();
    let percent = |row: &Row| row.share().map(|share| (share * 1_000.0).round() / 10.0);
    let spec = ChartSpec {
        categories: buckets.iter().map(|start| format::bucket(*start, chosen.grain, chosen.calendar)).collect(),
        series: vec![Series { name: "Share of all, %".to_owned(), role: SeriesRole::Current, values: rows.iter().map(percent).collect() }],
        begins_late: chosen.begins_late(),
        incomplete_from: chosen.incomplete_from(),
        ..blank(if picture == Picture::Column { ChartKind::Column } else { ChartKind::Area })
    };
    let table = TableData {
        columns: vec![
            TableColumn { title: "From".to_owned(), kind: ColumnKind::Time, currency: None },
            asking.column(measure.label().to_owned(), measure),
            asking.column("Of all".to_owned(), measure),
            TableColumn { title: "Share".to_owned(), kind: ColumnKind::Ratio, currency: None },
        ],
        rows: rows.into_iter().map(Row::cells).collect(),
    };
    let subtitle = format!("{} as a share of all, in percent by {}", measure.label(), chosen.grain.words());
    let summary = format!("{} over time as a share of all, {}.", measure.label(), words::during(chosen.range, chosen.calendar));
    Ok(Some(Drawn { spec, table, subtitle, summary }))
}

/// One period.
struct Row {
    day: Day,
    own: Cell,
    all: Cell,
}

impl Row {
    /// None of nothing is no share; none of something is nothing of it.
    fn share(&self) -> Option<f64> {
        let all = self.all.as_f64().filter(|all| *all > 0.0)?;
        Some(self.own.as_f64().unwrap_or(0.0) / all)
    }

    fn cells(self) -> Vec<Cell> {
        // To a millionth, which a kept card reads back as it was.
        let share = self.share().map_or(Cell::None, |share| Cell::Float((share * 1_000_000.0).round() / 1_000_000.0));
        vec![Cell::Text(self.day.to_string()), self.own, self.all, share]
    }
}
