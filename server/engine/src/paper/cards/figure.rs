//! One large number with its change and its course, or how far its goal is.

use super::head::sentence;
use crate::paper::canvas::{Area, Canvas, Pen, Side, Type};
use crate::paper::charts::spark;
use crate::paper::colours::{BAD, CURRENT, GOOD, LINE, TEXT, TEXT_SOFT};
use crate::paper::text::{clean, wrapped};
use domain::dashboards::{Figure, GoalProgress};

const LABEL: Type = Type::regular(8.0, TEXT_SOFT);
const CHANGE: Type = Type::regular(7.5, TEXT_SOFT);
const VALUE: f32 = 18.0;
const VALUE_HEIGHT: f32 = 23.0;
const COURSE: f32 = 22.0;
const GOAL: f32 = 14.0;

pub(super) struct FigureBody<'a> {
    label: Vec<String>,
    figure: &'a Figure,
    value: Type,
    change: Vec<String>,
}

impl<'a> FigureBody<'a> {
    pub(super) fn of(title: &str, figure: &'a Figure, width: f32) -> Self {
        let natural = Type::strong(VALUE, TEXT).width(&clean(&figure.value));
        // A figure is never cut: it is written smaller.
        let size = if natural > width { VALUE * width / natural } else { VALUE };
        let change = figure.change.as_ref().map_or_else(Vec::new, |change| {
            let arrow = match change.direction {
                1.. => "↑ ",
                0 => "",
                _ => "↓ ",
            };
            let words = if arrow.is_empty() { sentence(&change.sentence) } else { format!("{arrow}{}", change.sentence) };
            wrapped(&words, CHANGE.weight, CHANGE.size, width, 5)
        });
        Self { label: wrapped(title, LABEL.weight, LABEL.size, width, 5), figure, value: Type::strong(size, TEXT), change }
    }

    pub(super) fn height(&self) -> f32 {
        let below = if self.figure.goal.is_some() { GOAL } else { COURSE };
        self.label.len() as f32 * LABEL.leading() + VALUE_HEIGHT + self.change.len() as f32 * CHANGE.leading() + 6.0 + below
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, area: Area) {
        let y = canvas.lines(area.x, area.y, &self.label, LABEL);
        canvas.words((area.x, y + VALUE_HEIGHT - 5.0), Side::From, &self.figure.value, self.value);
        let colour = match self.figure.change.as_ref().and_then(|change| change.is_good) {
            Some(true) => GOOD,
            Some(false) => BAD,
            None => TEXT_SOFT,
        };
        canvas.lines(area.x, y + VALUE_HEIGHT, &self.change, Type { colour, ..CHANGE });
        match &self.figure.goal {
            Some(goal) => goal_bar(canvas, goal, Area::new(area.x, area.bottom() - GOAL + 4.0, area.width, 5.0)),
            None => spark(canvas, &self.figure.sparkline, Area::new(area.x, area.bottom() - COURSE, area.width, COURSE)),
        }
    }
}

/// How far a goal is reached, and a line where one would be by now.
fn goal_bar(canvas: &mut Canvas, goal: &GoalProgress, area: Area) {
    let share = |share: f64| if share.is_finite() { share.clamp(0.0, 1.0) as f32 } else { 0.0 };
    canvas.round(area, 2.5, Some(LINE), None);
    let reached = share(goal.reached) * area.width;
    if reached > 0.0 {
        canvas.round(Area { width: reached, ..area }, 2.5, Some(CURRENT), None);
    }
    if let Some(due) = goal.due {
        let x = area.x + share(due) * area.width;
        canvas.line((x, area.y - 3.0), (x, area.bottom() + 3.0), Pen::of(TEXT, 1.0));
    }
}
