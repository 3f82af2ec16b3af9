use crate::charts::save_text;
use crate::ui::Button;
use leptos::prelude::*;

/// A file as small as can be that reads without a question.
const SAMPLE: &str = "Order number,Order date,Product name,SKU,Quantity,Price of one,Currency,Country,Customer e-mail\r\n\
1001,2026-03-02 09:15,Teapot,TP-1,1,24.50,GBP,United Kingdom,ada@example.com\r\n\
1001,2026-03-02 09:15,Tea towel,TT-3,2,6.00,GBP,United Kingdom,ada@example.com\r\n\
1002,2026-03-02 16:40,Mug,MG-2,4,8.75,GBP,Ireland,\r\n\
1003,2026-03-04 11:05,Tea towel,TT-3,-1,6.00,GBP,United Kingdom,ada@example.com\r\n";

/// Which files can be read, in a few plain words.
#[component]
pub(super) fn Formats() -> impl IntoView {
    view! {
        <aside class="card formats" aria-labelledby="formats-title">
            <h2 class="card-title" id="formats-title">"What you can bring"</h2>
            <ul>
                <li><strong>"Any list of sales"</strong>" as CSV, Excel (.xlsx, .xls, .xlsb), OpenDocument (.ods), JSON or Parquet, also packed as .gz or .zip: one row for each product sold, with an order number, a date, and a quantity with a price or an amount."</li>
                <li><strong>"Exports of Shopify, WooCommerce, Amazon, Etsy, eBay, Square, Trendyol and others"</strong>" are known by their columns: orders, products, customers, stock, payouts. Nothing to set up."</li>
                <li><strong>"Returns"</strong>" are rows with a minus before the quantity or the amount."</li>
                <li><strong>"Other columns"</strong>" may stay. If we cannot tell what one means, we ask you once and remember it."</li>
            </ul>
            <p>"Bring the same orders as often as you like: each is counted once, and a changed one replaces the old."</p>
            <Button icon="download" on:click=move |_| save_text("tradepost-sample.csv", SAMPLE)>"Download a small sample"</Button>
        </aside>
    }
}
