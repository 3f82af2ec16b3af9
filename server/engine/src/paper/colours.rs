//! The colours of the light theme (`style/tokens.css`, `style/charts.css`), mixed with white paper.

/// Red, green, blue, and how much of it covers what lies below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Colour {
    pub(super) rgb: (u8, u8, u8),
    pub(super) cover: f32,
}

impl Colour {
    const fn of(hex: u32) -> Self {
        Self { rgb: ((hex >> 16) as u8, (hex >> 8) as u8, hex as u8), cover: 1.0 }
    }

    /// The same, but what lies below shines through.
    pub(super) const fn thin(self, cover: f32) -> Self {
        Self { cover, ..self }
    }

    /// A colour on the way to another.
    fn toward(self, other: Self, share: f32) -> Self {
        let mixed = |from: u8, to: u8| (f32::from(from) + (f32::from(to) - f32::from(from)) * share).round() as u8;
        let (from, to) = (self.rgb, other.rgb);
        Self { rgb: (mixed(from.0, to.0), mixed(from.1, to.1), mixed(from.2, to.2)), cover: 1.0 }
    }
}

pub(super) const PAPER: Colour = Colour::of(0xff_ff_ff);
pub(super) const LINE: Colour = Colour::of(0xe3_de_d5);
pub(super) const LINE_STRONG: Colour = Colour::of(0x8f_88_7b);
pub(super) const TEXT: Colour = Colour::of(0x21_1f_1b);
pub(super) const TEXT_SOFT: Colour = Colour::of(0x5b_56_4d);
pub(super) const GOOD: Colour = Colour::of(0x1c_6b_3c);
pub(super) const BAD: Colour = Colour::of(0xb3_26_1e);
pub(super) const NOTE: Colour = Colour::of(0x8a_52_00);
pub(super) const CURRENT: Colour = Colour::of(0x0f_76_6e);
pub(super) const COMPARED: Colour = Colour::of(0x6a_a1_9a);
pub(super) const COMPARED_WASH: Colour = Colour::of(0xdc_e8_e6);

const SPLITS: [Colour; 8] = [
    CURRENT,
    Colour::of(0xc2_57_0c),
    Colour::of(0x2f_6d_b5),
    Colour::of(0xa8_45_8a),
    Colour::of(0x8a_6d_00),
    Colour::of(0x3d_8f_b8),
    Colour::of(0x7a_4b_2a),
    Colour::of(0x5f_6b_7a),
];
const HEAT: [Colour; 5] = [Colour::of(0xed_f4_f3), Colour::of(0xc1_d7_d4), Colour::of(0x8d_b6_b1), Colour::of(0x53_93_8c), Colour::of(0x1b_69_61)];

/// The colour of one of several.
pub(super) fn split(number: usize) -> Colour {
    SPLITS[number % SPLITS.len()]
}

/// The shade of a cell, from 0 to 1.
pub(super) fn heat(share: f32) -> Colour {
    let place = share.clamp(0.0, 1.0) * (HEAT.len() - 1) as f32;
    let below = (place as usize).min(HEAT.len() - 2);
    HEAT[below].toward(HEAT[below + 1], place - below as f32)
}
