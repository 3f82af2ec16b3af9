//! Tables written in every dialect and encoding, read back cell by cell.

use super::seeds::Dice;
use engine::ingestion::inspect;

const TABLES: u64 = 1_200;

const NAMES: [&str; 10] = ["Order", "Größe", "Ürün Adı", "Notes", "Customer, name", "Şehir", "Colour", "Référence", "Kind of \"thing\"", "İl"];
const WESTERN: [&str; 10] = ["Order", "Größe", "Prénom", "Notes", "Customer, name", "Straße", "Colour", "Référence", "Kind of \"thing\"", "Año"];
const WORDS: [&str; 14] =
    ["tea", "two; three", "a,b", "x|y", "say \"yes\"", "", "5.00", "1,50", "2026-01-05", "tab\there", "café", " blank ", "0012", "€ 5"];
const TURKISH: [&str; 4] = ["çay bardağı", "İğne", "Işık", "gömlek"];

#[derive(Clone, Copy, Debug)]
enum Written {
    Utf8,
    Utf8Mark,
    Utf16Le,
    Utf16LeMark,
    Utf16Be,
    Utf16BeMark,
    Windows1252,
    Windows1254,
}

const ENCODINGS: [Written; 8] = [
    Written::Utf8,
    Written::Utf8Mark,
    Written::Utf16Le,
    Written::Utf16LeMark,
    Written::Utf16Be,
    Written::Utf16BeMark,
    Written::Windows1252,
    Written::Windows1254,
];

fn encoded(text: &str, encoding: Written) -> Vec<u8> {
    let marked = format!("\u{feff}{text}");
    match encoding {
        Written::Utf8 => text.as_bytes().to_vec(),
        Written::Utf8Mark => marked.into_bytes(),
        Written::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Written::Utf16LeMark => marked.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Written::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Written::Utf16BeMark => marked.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Written::Windows1252 => encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
        Written::Windows1254 => encoding_rs::WINDOWS_1254.encode(text).0.into_owned(),
    }
}

/// A header and rows; the words fit the encoding.
fn table(dice: &mut Dice, encoding: Written) -> Vec<Vec<String>> {
    let is_western = matches!(encoding, Written::Windows1252);
    let names = if is_western { WESTERN } else { NAMES };
    let (width, from) = (3 + dice.below(6), dice.below(names.len()));
    let mut rows = vec![(0..width).map(|place| names[(from + place) % names.len()].to_owned()).collect()];
    for _ in 0..2 + dice.below(30) {
        let word = |dice: &mut Dice| if is_western || dice.chance(2) { dice.of(&WORDS) } else { dice.of(&TURKISH) }.to_owned();
        let mut row: Vec<String> = (0..width).map(|_| word(dice)).collect();
        // No row is blank, and none is a total.
        row[0] = format!("no {}", rows.len());
        rows.push(row);
    }
    rows
}

fn written(rows: &[Vec<String>], delimiter: char, end: &str, quotes_all: bool) -> String {
    let cell = |cell: &String| {
        let must = cell.contains([delimiter, '"', '\n', '\r']);
        if must || quotes_all { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(&delimiter.to_string()) + end;
    rows.iter().map(line).collect()
}

#[test]
fn tables_are_read_cell_by_cell_in_every_dialect_and_encoding() {
    let mut wrong = Vec::new();
    for seed in 1..=TABLES {
        let mut dice = Dice::new(seed);
        let encoding = ENCODINGS[dice.below(ENCODINGS.len())];
        let delimiter = [',', ';', '\t', '|'][dice.below(4)];
        let end = dice.of(&["\n", "\r\n", "\r"]);
        let mut rows = table(&mut dice, encoding);
        if end != "\r" && dice.chance(2) {
            let row = 1 + dice.below(rows.len() - 1);
            rows[row][2] = "two\nlines".to_owned();
        }
        let text = written(&rows, delimiter, end, dice.chance(3));
        let header = rows.remove(0);
        match inspect(&encoded(&text, encoding)) {
            Ok(found) if (found.headers.as_slice(), found.rows.as_slice()) == (header.as_slice(), rows.as_slice()) => {}
            found => wrong.push(format!(
                "seed {seed} {encoding:?} {delimiter:?} {end:?}: {:?}\n{text}",
                found.map(|found| (found.delimiter as char, found.encoding, found.headers))
            )),
        }
    }
    assert!(wrong.is_empty(), "{} of {TABLES}, first {}", wrong.len(), wrong[..wrong.len().min(3)].join("\n"));
}

#[test]
fn wide_encodings_without_a_mark_are_told_in_every_script() {
    let tables = [
        "Заказ;Дата;Товар;Количество;Цена\n1;2026-01-05;Чайник эмалированный;2;18,50\n2;2026-01-06;Чашка фарфоровая;1;4,00\n",
        "Παραγγελία;Ημερομηνία;Προϊόν;Ποσότητα;Τιμή\n1;2026-01-05;Τσάι του βουνού;2;18,50\n",
        "订单号,日期,商品名称,数量,单价\n1,2026-01-05,青花瓷茶壶套装礼盒,2,18.50\n2,2026-01-06,茶杯,1,4.00\n",
        "رقم الطلب;التاريخ;المنتج;الكمية;السعر\n1;2026-01-05;شاي أخضر;2;18,50\n",
        "Order;Date;Product\n1;2026-01-05;🍵 tea\n",
    ];
    for table in tables {
        let header: Vec<&str> = table.lines().next().expect("a header").split([';', ',']).collect();
        for encoding in [Written::Utf16Le, Written::Utf16LeMark, Written::Utf16Be, Written::Utf16BeMark] {
            let found = inspect(&encoded(table, encoding)).unwrap_or_else(|problem| panic!("{encoding:?} {table}: {problem}"));
            assert_eq!(
                (found.encoding.label(), found.headers.as_slice()),
                ("UTF-16", header.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>().as_slice())
            );
        }
    }
}
