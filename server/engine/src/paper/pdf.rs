//! Drawn pages as the bytes of a PDF.

use super::canvas::{Canvas, Mark, Pen, Point, Step, Type};
use super::colours::Colour;
use super::sheet::NotWritten;
use super::text::{Face, Weight};
use domain::Day;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use std::sync::atomic::{AtomicBool, Ordering};

/// A page and what is drawn on it.
pub(super) struct Page {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) canvas: Canvas,
}

/// What the file says of itself.
pub(super) struct About<'a> {
    pub(super) title: String,
    pub(super) author: &'a str,
    pub(super) made_at: i64,
}

/// The pages as a file.
pub(super) fn write(pages: &[Page], about: About<'_>, stop: &AtomicBool) -> Result<Vec<u8>, NotWritten> {
    let fonts = [Weight::Regular, Weight::SemiBold].map(|weight| Face::of(weight).font());
    let mut document = Document::new();
    document.set_metadata(metadata(about));
    for drawn in pages {
        if stop.load(Ordering::Relaxed) {
            return Err(NotWritten::Stopped);
        }
        let Some(settings) = PageSettings::from_wh(drawn.width, drawn.height) else { continue };
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in &drawn.canvas.marks {
            draw(&mut surface, mark, &fonts);
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| NotWritten::Failed(error.to_string()))
}

fn metadata(about: About<'_>) -> Metadata {
    let metadata = Metadata::new().title(about.title).language("en".to_owned()).creator("Tradepost".to_owned());
    let metadata = if about.author.trim().is_empty() { metadata } else { metadata.authors(vec![super::text::clean(about.author)]) };
    metadata.creation_date(date(about.made_at))
}

fn date(milliseconds: i64) -> DateTime {
    let seconds = milliseconds.div_euclid(1000);
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let civil = Day(i32::try_from(days).unwrap_or(0)).civil();
    let small = |number: i64| u8::try_from(number).unwrap_or(0);
    DateTime::new(u16::try_from(civil.year).unwrap_or(1970))
        .month(small(civil.month.into()))
        .day(small(civil.day.into()))
        .hour(small(rest / 3600))
        .minute(small(rest % 3600 / 60))
        .second(small(rest % 60))
        .utc_offset_hour(0)
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, fonts: &[Option<Font>; 2]) {
    match mark {
        Mark::Words { at, text, kind } => {
            if let Some(font) = &fonts[kind.weight as usize]
                && is_sound(*at)
            {
                words(surface, *at, text, *kind, font);
            }
        }
        Mark::Shape { steps, fill, pen } => {
            if let Some(path) = path(steps) {
                surface.set_fill(fill.map(filling));
                surface.set_stroke(pen.map(stroke));
                surface.draw_path(&path);
            }
        }
    }
}

fn words(surface: &mut Surface<'_>, at: Point, text: &str, kind: Type, font: &Font) {
    let glyph = |(glyph, width, text_range)| KrillaGlyph::new(GlyphId::new(glyph), width, 0.0, 0.0, 0.0, text_range, None);
    let glyphs: Vec<KrillaGlyph> = Face::of(kind.weight).glyphs(text).into_iter().map(glyph).collect();
    surface.set_stroke(None);
    surface.set_fill(Some(filling(kind.colour)));
    surface.draw_glyphs(krilla::geom::Point::from_xy(at.0, at.1), &glyphs, font.clone(), text, kind.size, false);
}

/// The way of a pen; none where a step leads nowhere on a page.
fn path(steps: &[Step]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for step in steps {
        match *step {
            Step::Move(to) if is_sound(to) => path.move_to(to.0, to.1),
            Step::Line(to) if is_sound(to) => path.line_to(to.0, to.1),
            Step::Curve(a, b, to) if [a, b, to].into_iter().all(is_sound) => path.cubic_to(a.0, a.1, b.0, b.1, to.0, to.1),
            Step::Close => path.close(),
            _ => return None,
        }
    }
    path.finish()
}

fn is_sound(point: Point) -> bool {
    const FAR: f32 = 20_000.0;
    point.0.abs() < FAR && point.1.abs() < FAR
}

fn colour(colour: Colour) -> rgb::Color {
    rgb::Color::new(colour.rgb.0, colour.rgb.1, colour.rgb.2)
}

fn opacity(colour: Colour) -> NormalizedF32 {
    NormalizedF32::new(colour.cover).unwrap_or(NormalizedF32::ONE)
}

fn filling(of: Colour) -> Fill {
    Fill { paint: colour(of).into(), opacity: opacity(of), rule: FillRule::NonZero }
}

fn stroke(pen: Pen) -> Stroke {
    Stroke {
        paint: colour(pen.colour).into(),
        width: pen.width,
        miter_limit: 4.0,
        line_cap: LineCap::Butt,
        line_join: LineJoin::Round,
        opacity: opacity(pen.colour),
        dash: pen.dashed.then(|| StrokeDash { array: vec![3.0, 2.0], offset: 0.0 }),
    }
}
