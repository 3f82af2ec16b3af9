//! A picture with its heading, its key, and below it what a pointer would tell on the page.

use super::head::Head;
use super::key::Key;
use crate::paper::canvas::{Area, Canvas, Type};
use crate::paper::charts::{self, Plot};
use crate::paper::colours::{NOTE, TEXT_SOFT};
use crate::paper::text::wrapped;
use domain::charts::{ChartCard, ChartKind};
use domain::format;

const REMARK: Type = Type::regular(7.0, TEXT_SOFT);
const MARK: Type = Type::regular(7.0, NOTE);
/// So many lines of notes are told below a picture; the other notes are counted.
const LINES: usize = 16;
/// A picture beside something long gets so many times as high as it is wide.
const TALLEST: f32 = 1.5;
/// The least height in which a picture still reads.
const LEAST: f32 = 60.0;

pub(super) struct ChartBody<'a> {
    head: Head,
    key: Key,
    plot: Plot<'a>,
    plot_height: f32,
    remark: Vec<String>,
    marks: Vec<String>,
}

impl<'a> ChartBody<'a> {
    /// As wide as given, and never higher than `most`: then the picture gets lower.
    pub(super) fn of(chart: &'a ChartCard, width: f32, most: f32) -> Self {
        let (head, key) = (Head::of(&chart.title, &subtitle(chart), width), Key::of(&chart.spec, width));
        let marks = marks(chart, width);
        let around = head.height() + key.height() + marks.len() as f32 * MARK.leading() + 4.0 * REMARK.leading();
        let plot = Plot::of(&chart.spec, &chart.table, width, (most - around).max(LEAST));
        let remark = plot.remark().map_or_else(Vec::new, |remark| wrapped(&remark, REMARK.weight, REMARK.size, width, 3));
        Self { head, key, plot_height: plot.height(), plot, remark, marks }
    }

    pub(super) fn height(&self) -> f32 {
        self.head.height() + self.key.height() + self.plot_height + self.below()
    }

    fn below(&self) -> f32 {
        let lines = self.remark.len() + self.marks.len();
        if lines == 0 { 0.0 } else { 3.0 + lines as f32 * REMARK.leading() }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, area: Area) {
        let y = self.head.draw(canvas, area.x, area.y);
        self.key.draw(canvas, (area.x, y));
        let y = y + self.key.height();
        let below = area.bottom() - self.below();
        // What its neighbours leave it, but not higher than it reads well.
        let tallest = (area.width * TALLEST).max(self.plot_height);
        let height = (below - y).min(self.plot_height * self.plot.stretches()).min(tallest);
        self.plot.draw(canvas, Area::new(area.x, y, area.width, height));
        let y = canvas.lines(area.x, y + height + 3.0, &self.remark, REMARK);
        canvas.lines(area.x, y, &self.marks, MARK);
    }
}

/// What stands below the heading. On a page a map tells all measures to a pointer; on paper there is one of them, and it is named alone.
fn subtitle(chart: &ChartCard) -> String {
    let ChartCard { spec, table, subtitle, .. } = chart;
    let (ChartKind::Map, [names, _, _, ..], Some(series)) = (spec.kind, table.columns.as_slice(), spec.series.first()) else {
        return subtitle.clone();
    };
    let currency = spec.currency.map_or_else(String::new, |currency| format!(", {}", currency.code()));
    let cut = subtitle.find("; ").map_or("", |at| &subtitle[at..]);
    format!("{}{currency} by {}{cut}", series.name, names.title.to_lowercase())
}

/// What the numbered pins on a picture mean: whole notes while there are lines for them, and how many more there are.
fn marks(chart: &ChartCard, width: f32) -> Vec<String> {
    let numbered = charts::marks(&chart.spec).into_iter().zip(1_usize..);
    let notes: Vec<String> = numbered.flat_map(|(mark, number)| mark.words.iter().map(move |words| format!("{number}  {words}"))).collect();
    let mut lines: Vec<String> = Vec::new();
    let mut told = 0;
    for note in &notes {
        let note = wrapped(note, MARK.weight, MARK.size, width, LINES + 1);
        if lines.len() + note.len() > LINES {
            break;
        }
        lines.extend(note);
        told += 1;
    }
    let left = i64::try_from(notes.len() - told).unwrap_or(i64::MAX);
    let more = if told == 0 { format::counted(left, "note", "notes") } else { format!("and {}", format::counted(left, "more note", "more notes")) };
    lines.extend((left > 0).then(|| format!("{more}, which the page tells")));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::canvas::Mark;
    use domain::charts::{ChartSpec, Series, SeriesRole, TableData};

    #[test]
    fn a_picture_beside_something_long_keeps_its_shape() {
        let values = vec![Some(3.0), Some(4.0)];
        let spec = ChartSpec {
            kind: ChartKind::Column,
            categories: vec!["Oct".to_owned(), "Nov".to_owned()],
            filter_values: Vec::new(),
            filter_dimension: None,
            series: vec![Series { name: "Orders".to_owned(), role: SeriesRole::Current, values }],
            row_labels: Vec::new(),
            heat: Vec::new(),
            begins_late: false,
            incomplete_from: Some(1),
            currency: None,
            marks: Vec::new(),
        };
        let (id, title, subtitle) = ("a".to_owned(), "Orders".to_owned(), "by month".to_owned());
        let card = ChartCard { id, title, subtitle, spec, table: TableData::default(), summary: String::new() };
        let mut canvas = Canvas::default();
        ChartBody::of(&card, 160.0, 700.0).draw(&mut canvas, Area::new(0.0, 0.0, 160.0, 700.0));
        let lowest = canvas.marks.iter().filter_map(|mark| if let Mark::Words { at, .. } = mark { Some(at.1) } else { None }).fold(0.0, f32::max);
        assert!((200.0..300.0).contains(&lowest), "{lowest}");
    }
}
