//! The names of categories below a picture: smaller or on several lines before any is left out.

use super::upright::LABEL;
use crate::paper::canvas::{Area, Canvas, Side, Type};
use crate::paper::text::{clean, fitted, wrapped};

/// The sizes of names below bars, the first in which all of them fit.
const SIZES: [f32; 5] = [7.0, 6.5, 6.0, 5.5, 5.0];
const LINES: usize = 3;
/// The widest that a name gets where some are left out.
const WIDEST: f32 = 90.0;
/// Between two names on a line, and between broken ones.
const APART: f32 = 5.0;
const NEAR: f32 = 3.0;
/// Right of a line's last point.
pub(super) const EDGE: f32 = 8.0;
/// Between the picture and its names.
const ABOVE: f32 = 3.0;

/// Names as they are written, each on its lines.
pub(super) struct Names {
    kind: Type,
    lines: Vec<Vec<String>>,
    /// Each so manieth is written, counted from the last.
    every: usize,
}

impl Names {
    /// Names of which each has so much room. Those below bars may be smaller and broken; those along a line of days are left out.
    pub(super) fn of(names: &[String], room: f32, is_banded: bool) -> Self {
        let whole = SIZES.into_iter().take(if is_banded { SIZES.len() } else { 1 }).find_map(|size| {
            let kind = Type { size, ..LABEL };
            let lines = all_fit(names, kind, room).or_else(|| broken(names, kind, room).filter(|_| is_banded))?;
            Some(Self { kind, lines, every: 1 })
        });
        whole.unwrap_or_else(|| {
            let lines: Vec<String> = names.iter().map(|name| fitted(name, LABEL.weight, LABEL.size, WIDEST)).collect();
            let widest = lines.iter().map(|name| LABEL.width(name)).fold(0.0, f32::max);
            // The last name of a line stands within the picture's edge, and so nearer to the one before it.
            let moved = if is_banded { 0.0 } else { (widest / 2.0 - EDGE).max(0.0) };
            let every = ((widest + APART + moved) / room.max(0.01)).ceil().clamp(1.0, names.len().max(1) as f32) as usize;
            Self { kind: LABEL, lines: lines.into_iter().map(|name| vec![name]).collect(), every }
        })
    }

    pub(super) fn height(&self) -> f32 {
        let most = self.lines.iter().map(Vec::len).max().unwrap_or_default();
        2.0 * ABOVE + most as f32 * self.kind.leading()
    }

    /// Around their middles, from the area's top on; the last name first, since it says how far the picture reaches.
    pub(super) fn draw(&self, canvas: &mut Canvas, middles: &[f32], area: Area) {
        let mut free = f32::INFINITY;
        for (lines, middle) in self.lines.iter().zip(middles).rev().step_by(self.every) {
            let half = lines.iter().map(|line| self.kind.width(line)).fold(0.0, f32::max) / 2.0;
            let x = middle.clamp(area.x + half, (area.right() - half).max(area.x + half));
            if x + half > free {
                continue;
            }
            free = x - half - NEAR + 0.1;
            for (place, line) in (0_u16..).zip(lines) {
                let base = area.y + ABOVE + self.kind.size + f32::from(place) * self.kind.leading();
                canvas.words((x, base), Side::Around, line, self.kind);
            }
        }
    }
}

/// Each name on one line, if all of them have room.
fn all_fit(names: &[String], kind: Type, room: f32) -> Option<Vec<Vec<String>>> {
    let line = |name: &String| {
        let name = clean(name);
        (kind.width(&name) <= room - APART).then(|| vec![name])
    };
    names.iter().map(line).collect()
}

/// Names on several lines, if each word of them has room.
fn broken(names: &[String], kind: Type, room: f32) -> Option<Vec<Vec<String>>> {
    let within = room - NEAR;
    let words_fit = |name: &String| name.split_whitespace().all(|word| kind.width(word) <= within);
    let lines = |name: &String| wrapped(name, kind.weight, kind.size, within, LINES + 1);
    let lines: Option<Vec<Vec<String>>> =
        names.iter().map(|name| words_fit(name).then(|| lines(name)).filter(|lines| lines.len() <= LINES)).collect();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(of: &[&str]) -> Vec<String> {
        of.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn names_get_smaller_before_they_are_left_out() {
        let months = names(&["January", "February", "September"]);
        let wide = LABEL.width("September");
        let of = |room: f32| Names::of(&months, room, true);
        assert_eq!((of(wide + APART).kind.size, of(wide + APART).every), (7.0, 1));
        assert!(of(wide * 0.85 + APART).kind.size < 7.0 && of(wide * 0.85 + APART).every == 1);
        assert!(of(wide * 0.5).every > 1);
    }

    #[test]
    fn names_are_broken_between_words_only() {
        let broken = Names::of(&names(&["Home and garden", "Books"]), LABEL.width("garden") + NEAR, true);
        assert_eq!(broken.lines, [vec!["Home", "and", "garden"], vec!["Books"]]);
        let long = Names::of(&names(&["Haushaltswaren", "Books"]), 20.0, true);
        assert!(long.lines.iter().all(|lines| lines.len() == 1) && long.every > 1);
    }

    #[test]
    fn the_last_name_is_written_first() {
        let many: Vec<String> = (1..=9).map(|day| format!("{day} November 2011")).collect();
        let middles: Vec<f32> = (0..9_u8).map(|place| 30.0 + f32::from(place) * 20.0).collect();
        let mut canvas = Canvas::default();
        Names::of(&many, 20.0, false).draw(&mut canvas, &middles, Area::new(0.0, 0.0, 220.0, 20.0));
        let first = format!("{:?}", canvas.marks[0]);
        assert!(first.contains("9 November") && canvas.marks.len() < 9, "{first}");
    }
}
