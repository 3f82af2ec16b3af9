//! What the shop sells: invented products with codes, prices and seasons.

/// When a product sells best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    /// All year alike.
    Always,
    /// From April to September.
    Summer,
    /// From September to December.
    Autumn,
    /// From October to March.
    Winter,
    /// In November and December alone.
    Christmas,
}

/// A product.
pub(super) struct Product {
    pub sku: &'static str,
    pub title: &'static str,
    /// In pence.
    pub price: i64,
    /// How much people like it, against the others.
    pub popularity: u64,
    pub season: Season,
}

const fn product(sku: &'static str, title: &'static str, price: i64, popularity: u64, season: Season) -> Product {
    Product { sku, title, price, popularity, season }
}

/// Everything on the shelves.
#[rustfmt::skip]
pub(super) const PRODUCTS: &[Product] = &[
    product("CAN-01", "Sea salt soy candle", 1450, 30, Season::Always),
    product("CAN-02", "Driftwood soy candle", 1450, 24, Season::Always),
    product("CAN-03", "Fig & fern candle", 1600, 20, Season::Always),
    product("CAN-04", "Winter orange candle", 1600, 26, Season::Autumn),
    product("CAN-05", "Pine forest candle", 1600, 18, Season::Autumn),
    product("CAN-06", "Beeswax taper candles, pair", 900, 22, Season::Always),
    product("CAN-07", "Tea lights, box of 24", 650, 28, Season::Always),
    product("CAN-08", "Storm lantern", 3400, 9, Season::Always),
    product("CAN-09", "Reed diffuser, sea mist", 2200, 12, Season::Always),
    product("CAN-10", "Incense cones, cedar", 550, 8, Season::Always),
    product("KIT-01", "Stoneware mug, slate", 1200, 34, Season::Always),
    product("KIT-02", "Stoneware mug, sand", 1200, 30, Season::Always),
    product("KIT-03", "Enamel mug, navy rim", 950, 26, Season::Always),
    product("KIT-04", "Speckled dinner plate", 1800, 14, Season::Always),
    product("KIT-05", "Speckled bowl", 1500, 16, Season::Always),
    product("KIT-06", "Oak chopping board", 3800, 10, Season::Always),
    product("KIT-07", "Olive wood spoon", 850, 18, Season::Always),
    product("KIT-08", "Linen tea towel, herring", 1100, 26, Season::Always),
    product("KIT-09", "Linen tea towel, lighthouse", 1100, 24, Season::Always),
    product("KIT-10", "Striped apron", 2600, 10, Season::Always),
    product("KIT-11", "Cast iron teapot", 4800, 5, Season::Always),
    product("KIT-12", "Glass carafe", 2400, 8, Season::Always),
    product("KIT-13", "Recycled glass tumblers, set of 4", 2800, 9, Season::Summer),
    product("KIT-14", "Salt pig", 1900, 8, Season::Always),
    product("KIT-15", "Butter dish", 2100, 6, Season::Always),
    product("KIT-16", "Fisherman’s pie dish", 3200, 5, Season::Always),
    product("TEX-01", "Lambswool throw, heather", 7900, 7, Season::Winter),
    product("TEX-02", "Lambswool throw, oat", 7900, 6, Season::Winter),
    product("TEX-03", "Recycled cotton blanket", 4500, 8, Season::Always),
    product("TEX-04", "Cushion, navy stripe", 2900, 12, Season::Always),
    product("TEX-05", "Cushion, mustard", 2900, 9, Season::Always),
    product("TEX-06", "Sheepskin rug", 8900, 3, Season::Winter),
    product("TEX-07", "Hot water bottle, knitted cover", 2400, 13, Season::Winter),
    product("TEX-08", "Beach towel, stripes", 2600, 12, Season::Summer),
    product("TEX-09", "Picnic rug", 4900, 6, Season::Summer),
    product("TEX-10", "Bath mat, pebble", 2200, 6, Season::Always),
    product("DEC-01", "Ceramic gull", 1300, 16, Season::Always),
    product("DEC-02", "Ceramic whale", 1500, 14, Season::Always),
    product("DEC-03", "Wooden sailing boat", 2200, 12, Season::Always),
    product("DEC-04", "Bunting, faded denim", 1600, 10, Season::Summer),
    product("DEC-05", "Framed tide chart", 3600, 8, Season::Always),
    product("DEC-06", "Lighthouse print, A3", 2400, 12, Season::Always),
    product("DEC-07", "Harbour print, A3", 2400, 11, Season::Always),
    product("DEC-08", "Bud vase, sea glass", 1200, 15, Season::Always),
    product("DEC-09", "Tall vase, salt glaze", 3400, 6, Season::Always),
    product("DEC-10", "Rope doorstop", 2800, 7, Season::Always),
    product("DEC-11", "Wall clock, ship’s brass", 5600, 3, Season::Always),
    product("DEC-12", "Hook rail, oak", 3100, 6, Season::Always),
    product("DEC-13", "Wicker basket, small", 2400, 8, Season::Always),
    product("DEC-14", "Wicker basket, large", 4200, 5, Season::Always),
    product("DEC-15", "String lights, warm white", 1800, 12, Season::Autumn),
    product("GIF-01", "Greetings card, gulls", 320, 34, Season::Always),
    product("GIF-02", "Greetings card, boats", 320, 32, Season::Always),
    product("GIF-03", "Gift wrap, three sheets", 480, 22, Season::Always),
    product("GIF-04", "Wooden puzzle, harbour", 2200, 9, Season::Always),
    product("GIF-05", "Playing cards, knots", 950, 11, Season::Always),
    product("GIF-06", "Notebook, sailcloth", 1250, 13, Season::Always),
    product("GIF-07", "Enamel pin, anchor", 700, 14, Season::Always),
    product("GIF-08", "Key ring, rope knot", 850, 16, Season::Always),
    product("GIF-09", "Tote bag, Harbour & Hearth", 1400, 15, Season::Always),
    product("GIF-10", "Gift card box", 250, 8, Season::Always),
    product("CHR-01", "Felt robin decoration", 750, 30, Season::Christmas),
    product("CHR-02", "Paper star, white", 1200, 20, Season::Christmas),
    product("CHR-03", "Glass bauble, sea green", 950, 24, Season::Christmas),
    product("CHR-04", "Advent calendar, harbour", 1800, 12, Season::Christmas),
    product("CHR-05", "Christmas stocking, wool", 2600, 9, Season::Christmas),
    product("CHR-06", "Christmas crackers, box of 6", 2400, 14, Season::Christmas),
    product("CHR-07", "Wreath, eucalyptus", 3800, 8, Season::Christmas),
    product("CHR-08", "Mulled wine spices", 550, 16, Season::Christmas),
    product("BAT-01", "Seaweed soap", 650, 26, Season::Always),
    product("BAT-02", "Oat & honey soap", 650, 20, Season::Always),
    product("BAT-03", "Hand cream, sea buckthorn", 1200, 16, Season::Always),
    product("BAT-04", "Bath salts, Atlantic", 1400, 14, Season::Always),
    product("BAT-05", "Lip balm, beeswax", 450, 20, Season::Always),
    product("BAT-06", "Sun cream bar", 1300, 8, Season::Summer),
    product("GAR-01", "Terracotta pot, small", 800, 12, Season::Summer),
    product("GAR-02", "Terracotta pot, large", 2200, 6, Season::Summer),
    product("GAR-03", "Brass watering can", 3900, 4, Season::Summer),
    product("GAR-04", "Seed packets, cottage garden", 950, 12, Season::Summer),
    product("GAR-05", "Bird feeder, copper", 2600, 6, Season::Always),
];

impl Product {
    /// How likely it is bought in a month, against the others.
    pub(super) fn weight(&self, month: u32) -> u64 {
        let of_a_hundred = match (self.season, month) {
            (Season::Always, _) => 100,
            (Season::Summer, 5..=8) => 180,
            (Season::Summer, 4 | 9) => 110,
            (Season::Summer, _) => 20,
            (Season::Autumn, 9..=12) => 180,
            (Season::Autumn, _) => 40,
            (Season::Winter, 10..=12 | 1..=2) => 190,
            (Season::Winter, 3) => 100,
            (Season::Winter, _) => 25,
            (Season::Christmas, 11..=12) => 260,
            (Season::Christmas, 10) => 60,
            (Season::Christmas, _) => 0,
        };
        self.popularity * of_a_hundred
    }
}
