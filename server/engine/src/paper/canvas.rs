//! What is drawn on a page, as values: texts and shapes in points from the page's upper left corner.

use super::colours::Colour;
use super::text::{Weight, clean, fitted, lacks, width};

pub(super) type Point = (f32, f32);

/// A place on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Area {
    pub(super) fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// From one corner to the opposite one, whichever is first.
    pub(super) fn between(a: Point, b: Point) -> Self {
        Self::new(a.0.min(b.0), a.1.min(b.1), (a.0 - b.0).abs(), (a.1 - b.1).abs())
    }

    pub(super) fn right(self) -> f32 {
        self.x + self.width
    }

    pub(super) fn bottom(self) -> f32 {
        self.y + self.height
    }

    pub(super) fn center(self) -> Point {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    pub(super) fn inset(self, by: f32) -> Self {
        Self::new(self.x + by, self.y + by, (self.width - 2.0 * by).max(1.0), (self.height - 2.0 * by).max(1.0))
    }
}

/// Letters of one kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Type {
    pub(super) weight: Weight,
    pub(super) size: f32,
    pub(super) colour: Colour,
}

impl Type {
    pub(super) const fn regular(size: f32, colour: Colour) -> Self {
        Self { weight: Weight::Regular, size, colour }
    }

    pub(super) const fn strong(size: f32, colour: Colour) -> Self {
        Self { weight: Weight::SemiBold, size, colour }
    }

    pub(super) fn width(self, text: &str) -> f32 {
        width(text, self.weight, self.size)
    }

    /// From one line to the next.
    pub(super) fn leading(self) -> f32 {
        self.size * 1.32
    }
}

/// To which side of its place a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// It begins there.
    From,
    /// It has its middle there.
    Around,
    /// It ends there.
    To,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    Move(Point),
    Line(Point),
    Curve(Point, Point, Point),
    Close,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pen {
    pub(super) colour: Colour,
    pub(super) width: f32,
    pub(super) dashed: bool,
}

impl Pen {
    pub(super) const fn of(colour: Colour, width: f32) -> Self {
        Self { colour, width, dashed: false }
    }

    pub(super) const fn dashed(self) -> Self {
        Self { dashed: true, ..self }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    Words { at: Point, text: String, kind: Type },
    Shape { steps: Vec<Step>, fill: Option<Colour>, pen: Option<Pen> },
}

/// A page's marks, the later above the earlier.
#[derive(Default)]
pub(super) struct Canvas {
    pub(super) marks: Vec<Mark>,
}

/// How far the ends of a curve pull, for it to be a quarter of a circle.
const QUARTER: f32 = 0.552_285;

impl Canvas {
    /// A text on one line; `at` is on the line that its letters stand on.
    pub(super) fn words(&mut self, at: Point, side: Side, text: &str, kind: Type) {
        let text = clean(text);
        let moved = match side {
            Side::From => 0.0,
            Side::Around => kind.width(&text) / 2.0,
            Side::To => kind.width(&text),
        };
        if !text.trim().is_empty() {
            self.marks.push(Mark::Words { at: (at.0 - moved, at.1), text, kind });
        }
    }

    /// Whether letters on it are not in the font.
    pub(super) fn lacks_letters(&self) -> bool {
        self.marks.iter().any(|mark| matches!(mark, Mark::Words { text, kind, .. } if lacks(text, kind.weight)))
    }

    /// A text on one line that has so much room and no more.
    pub(super) fn fitted(&mut self, at: Point, side: Side, text: &str, kind: Type, room: f32) {
        self.words(at, side, &fitted(text, kind.weight, kind.size, room), kind);
    }

    /// Lines below each other from `top` on; where they end.
    pub(super) fn lines(&mut self, x: f32, top: f32, lines: &[String], kind: Type) -> f32 {
        for (index, line) in (0_u16..).zip(lines) {
            self.words((x, top + kind.size + f32::from(index) * kind.leading()), Side::From, line, kind);
        }
        top + lines.len() as f32 * kind.leading()
    }

    pub(super) fn shape(&mut self, steps: Vec<Step>, fill: Option<Colour>, pen: Option<Pen>) {
        self.marks.push(Mark::Shape { steps, fill, pen });
    }

    pub(super) fn rect(&mut self, area: Area, fill: Option<Colour>, pen: Option<Pen>) {
        let (left, top, right, bottom) = (area.x, area.y, area.right(), area.bottom());
        let steps = vec![Step::Move((left, top)), Step::Line((right, top)), Step::Line((right, bottom)), Step::Line((left, bottom)), Step::Close];
        self.shape(steps, fill, pen);
    }

    /// A rectangle with round corners.
    pub(super) fn round(&mut self, area: Area, radius: f32, fill: Option<Colour>, pen: Option<Pen>) {
        let r = radius.min(area.width / 2.0).min(area.height / 2.0).max(0.0);
        let (left, top, right, bottom, k) = (area.x, area.y, area.right(), area.bottom(), r * (1.0 - QUARTER));
        let steps = vec![
            Step::Move((left + r, top)),
            Step::Line((right - r, top)),
            Step::Curve((right - k, top), (right, top + k), (right, top + r)),
            Step::Line((right, bottom - r)),
            Step::Curve((right, bottom - k), (right - k, bottom), (right - r, bottom)),
            Step::Line((left + r, bottom)),
            Step::Curve((left + k, bottom), (left, bottom - k), (left, bottom - r)),
            Step::Line((left, top + r)),
            Step::Curve((left, top + k), (left + k, top), (left + r, top)),
            Step::Close,
        ];
        self.shape(steps, fill, pen);
    }

    pub(super) fn circle(&mut self, center: Point, radius: f32, fill: Option<Colour>, pen: Option<Pen>) {
        self.round(Area::new(center.0 - radius, center.1 - radius, radius * 2.0, radius * 2.0), radius, fill, pen);
    }

    pub(super) fn line(&mut self, from: Point, to: Point, pen: Pen) {
        self.shape(vec![Step::Move(from), Step::Line(to)], None, Some(pen));
    }

    /// Straight lines from point to point.
    pub(super) fn course(&mut self, points: &[Point], pen: Pen) {
        self.shape(steps(points), None, Some(pen));
    }

    pub(super) fn filled(&mut self, points: &[Point], fill: Colour) {
        let mut steps = steps(points);
        steps.push(Step::Close);
        self.shape(steps, Some(fill), None);
    }

    /// Slanted lines over an area: what is not over yet.
    pub(super) fn hatch(&mut self, area: Area, pen: Pen) {
        const APART: f32 = 3.5;
        let mut at = APART;
        while at < area.width + area.height {
            let from = if at <= area.height { (area.x, area.y + at) } else { (area.x + at - area.height, area.bottom()) };
            let to = if at <= area.width { (area.x + at, area.y) } else { (area.right(), area.y + at - area.width) };
            self.line(from, to, pen);
            at += APART;
        }
    }
}

fn steps(points: &[Point]) -> Vec<Step> {
    points.iter().enumerate().map(|(index, point)| if index == 0 { Step::Move(*point) } else { Step::Line(*point) }).collect()
}
