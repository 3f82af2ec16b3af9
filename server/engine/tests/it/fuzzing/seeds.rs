//! Numbers that look random and are always the same, and files to begin with.

/// A row of numbers from a seed.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below another.
    pub(super) fn below(&mut self, most: usize) -> usize {
        usize::try_from((self.next() >> 11) % (most.max(1) as u64)).expect("it is below a usize")
    }

    pub(super) fn of<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }

    pub(super) fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }
}

/// Files as shops have them, in many dialects.
pub(super) fn files() -> Vec<Vec<u8>> {
    let plain =
        "Order,Date,Quantity,Price,Total,Country\n1,2026-01-05,2,2.50,5.00,UK\n2,13/02/2026,1,\"1,234.50\",1234.5,DE\n3,02/28/2026,-1,(4.00),,\n";
    let german =
        "Bestellnummer;Bestelldatum;Artikel;Menge;Einzelpreis\n1;05.01.2026;Löffel;2;1.234,50 €\n2;06.01.2026;\"Gabel; groß\";1;2,50\nSumme;;;3;\n";
    let turkish = "Sipariş No\tTarih\tÜrün Adı\tAdet\tBirim Fiyat\n1\t05.01.2026 14:30\tÇay bardağı\t6\t12,90\n2\t06.01.2026\tİğne\t1\t₺18.500,00\n";
    let notes =
        "\"All amounts in GBP\"\n\nOrder|Date|SKU|Quantity|Price\r\n1|Jan 5, 2026 3:04:05 AM PST|007|1|--\r\n2|46027.5|\"a \"\"b\"\"\nc\"|1|3\r\n";
    let shopify = "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem fulfillment status,Shipping Country\n#1,a@b.example,paid,,,EUR,5,0,1,6,,2026-01-05 10:00:00 +0300,1,Tea,5,T,true,pending,DE\n#1,,,,,,,,,,,2026-01-05 10:00:00 +0300,1,Pot,1,P,true,pending,\n";
    let json = "[{\"order_number\": 1, \"created_at\": \"2026-01-05T10:00:00Z\", \"line_items\": [{\"sku\": \"A\", \"price\": \"1.50\"}]}, {\"a\": {\"b\": [1, 2]}}]";
    let stock = "Name;Stock;Location\nTea;5;Bath\nPot;-1;York\n";
    let texts = [plain, german, turkish, notes, shopify, json, stock];
    let mut files: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    files.push(texts.iter().take(1).flat_map(|text| text.encode_utf16().flat_map(u16::to_le_bytes)).collect());
    files.push(std::iter::once(0xFEFF).chain(german.encode_utf16()).flat_map(u16::to_be_bytes).collect());
    files.push(encoding_rs::WINDOWS_1254.encode(turkish).0.into_owned());
    files.push(plain.replace('\n', "\r").into_bytes());
    files.push(format!("\u{feff}{german}").into_bytes());
    files
}

/// Pieces that readers stumble over.
pub(super) const PIECES: [&[u8]; 44] = [
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"|",
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"\x1A",
    b"\xC3",
    b"\xE2\x82\xAC",
    b"\xA0",
    b"\xE2\x80\xAF",
    b"\xE2\x88\x92",
    b"1e309",
    b"-0",
    b"NaN",
    b"99999999999999999999",
    b"9223372036854775807",
    b"-9223372036854775808",
    b"1.234.567,89",
    b"1'234.5",
    b"12,34,567.89",
    b"(5.00)",
    b"5-",
    b"%",
    b"0000-00-00",
    b"29.02.2023",
    b"2024-02-29T24:00:61+99:99",
    b"31/12/9999 23:59",
    b"46027",
    b"1767605400000",
    b"=1+1",
    b"+49",
    b"@",
    b"Total",
    b"\xD9\xA3\xD9\xA4",
    b"\xF0\x9F\x8D\xB5",
    b"\xE2\x80\xAE",
];
