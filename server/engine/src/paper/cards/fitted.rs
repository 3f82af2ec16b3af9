//! A card made to fit its width: how high it is, and how it is drawn.

use super::chart::ChartBody;
use super::figure::FigureBody;
use super::head::{Head, PAD, frame, sentence};
use super::rows::Rows;
use crate::paper::canvas::{Area, Canvas, Point, Type};
use crate::paper::colours::TEXT_SOFT;
use crate::paper::text::wrapped;
use domain::dashboards::{CardContent, CardView};
use std::sync::atomic::AtomicBool;

/// Between cards.
pub(in crate::paper) const GAP: f32 = 10.0;
/// A figure card higher than so many times itself would be mostly empty.
const MOST_STRETCHED: f32 = 1.4;
const QUIET: Type = Type::regular(8.5, TEXT_SOFT);

/// A card of a known width.
pub(in crate::paper) struct Fitted<'a> {
    pub(in crate::paper) width: f32,
    body: Body<'a>,
}

enum Body<'a> {
    Figure(FigureBody<'a>),
    Chart(ChartBody<'a>),
    Rows(Rows<'a>),
    Quiet(Head, Vec<String>),
}

impl<'a> Fitted<'a> {
    /// A card as wide as given; pictures are at most as high as given.
    pub(in crate::paper) fn of(card: &'a CardView, width: f32, most: f32, stop: &AtomicBool) -> Self {
        let within = width - 2.0 * PAD;
        let body = match &card.content {
            CardContent::Figure(figure) => Body::Figure(FigureBody::of(&card.title, figure, within)),
            CardContent::Chart(chart) => Body::Chart(ChartBody::of(chart, within, most - 2.0 * PAD)),
            CardContent::Table(table) => Body::Rows(Rows::of(card, table, within, stop)),
            CardContent::Empty(words) | CardContent::Failed(words) => {
                Body::Quiet(Head::of(&card.title, "", within), wrapped(&sentence(words), QUIET.weight, QUIET.size, within, 8))
            }
        };
        Self { width, body }
    }

    /// How high it is as a whole.
    pub(in crate::paper) fn height(&self) -> f32 {
        let within = match &self.body {
            Body::Figure(figure) => figure.height(),
            Body::Chart(chart) => chart.height(),
            Body::Rows(rows) => rows.height(),
            Body::Quiet(head, lines) => head.height() + lines.len() as f32 * QUIET.leading(),
        };
        within + 2.0 * PAD
    }

    /// How high it stands beside higher ones: a figure beside a picture keeps its height.
    pub(in crate::paper) fn height_beside(&self, height: f32) -> f32 {
        let own = self.height();
        if matches!(self.body, Body::Figure(_)) && height > own * MOST_STRETCHED { own } else { height }
    }

    /// Whether it may go on over several pages.
    pub(in crate::paper) fn flows(&self) -> bool {
        matches!(self.body, Body::Rows(_))
    }

    /// Whether all of it is drawn.
    pub(in crate::paper) fn is_done(&self) -> bool {
        if let Body::Rows(rows) = &self.body { rows.is_done() } else { true }
    }

    /// The whole card.
    pub(in crate::paper) fn draw(&self, canvas: &mut Canvas, area: Area) {
        frame(canvas, area);
        let within = area.inset(PAD);
        match &self.body {
            Body::Figure(figure) => figure.draw(canvas, within),
            Body::Chart(chart) => chart.draw(canvas, within),
            Body::Rows(rows) => rows.draw(canvas, (within.x, within.y)),
            Body::Quiet(head, lines) => {
                let y = head.draw(canvas, within.x, within.y);
                canvas.lines(within.x, y, lines, QUIET);
            }
        }
    }

    /// As much more of it as there is room for; how high that is.
    pub(in crate::paper) fn draw_part(&mut self, canvas: &mut Canvas, at: Point, room: f32) -> f32 {
        let Body::Rows(rows) = &mut self.body else { return 0.0 };
        let Some(part) = rows.take(room - 2.0 * PAD) else { return 0.0 };
        let height = part.height + 2.0 * PAD;
        frame(canvas, Area::new(at.0, at.1, self.width, height));
        rows.draw_part(canvas, (at.0 + PAD, at.1 + PAD), &part);
        height
    }
}
