//! How the values of a file are written, and where its orders were made: what a person may say when it is found wrongly.

use super::mapping_answers::Answers;
use domain::sources::{Channel, ColumnMeaning, DateOrder, DiscountReading, FileKind};
use leptos::prelude::*;

/// What the rows are, and how to read them.
#[component]
pub(super) fn MappingReadings(answers: Answers) -> impl IntoView {
    let dates = Signal::derive(move || answers.date_order.get().map_or("", date_word).to_owned());
    let decimals = Signal::derive(move || answers.decimal_comma.get().map_or("", |comma| if comma { "comma" } else { "point" }).to_owned());
    let kinds = FileKind::ALL.map(|kind| (kind.as_str(), kind.label())).to_vec();
    let of_orders = move || matches!(answers.kind.get(), FileKind::Orders | FileKind::SellOut | FileKind::Refunds);
    let has = move |wanted: ColumnMeaning| answers.meanings.with(|meanings| meanings.contains(&Some(wanted)));
    let of_line = move || answers.kind.get().discount_meanings().iter().any(|discount| has(*discount));
    let has_discount = move || of_line() || (answers.kind.get() == FileKind::Orders && has(ColumnMeaning::Discount));
    let may_be_net = move || of_line() && answers.kind.get().amount_meanings().iter().any(|amount| has(*amount));
    view! {
        <div class="mapping-readings">
            <Reading
                id="file-kind"
                label="What is in the file?"
                options=kinds
                value=Signal::derive(move || answers.kind.get().as_str().to_owned())
                on_change=Callback::new(move |value: String| answers.kind.set(FileKind::parse(&value).unwrap_or_default()))
            />
            <Show when=of_orders>
                <Reading
                    id="channel"
                    label="Where were these sales made?"
                    options=vec![("online", "Online: a web shop or marketplace"), ("offline", "In a shop: a till, a stall, a report")]
                    value=Signal::derive(move || answers.channel.get().as_str().to_owned())
                    on_change=Callback::new(move |value: String| answers.channel.set(Channel::parse(&value).unwrap_or(Channel::Online)))
                />
            </Show>
            <Reading
                id="date-order"
                label="The ninth of December is written"
                options=vec![("", "Find out from the column"), ("ymd", "2011-12-09"), ("dmy", "09/12/2011"), ("mdy", "12/09/2011")]
                value=dates
                on_change=Callback::new(move |value: String| answers.date_order.set(date_order(&value)))
            />
            <Reading
                id="decimals"
                label="Amounts are written"
                options=vec![("", "Find out from the column"), ("point", "1,234.50"), ("comma", "1.234,50")]
                value=decimals
                on_change=Callback::new(move |value: String| answers.decimal_comma.set(match value.as_str() {
                    "point" => Some(false),
                    "comma" => Some(true),
                    _ => None,
                }))
            />
            <Show when=has_discount>
                <Reading
                    id="discounts"
                    label="Discounts are written"
                    options=vec![("", "Find out from the column"), ("amount", "As money: 2.50"), ("fraction", "As shares: 0.15"), ("percent", "In percent: 15")]
                    value=Signal::derive(move || answers.discount_as.get().map_or("", discount_word).to_owned())
                    on_change=Callback::new(move |value: String| answers.discount_as.set(discount_reading(&value)))
                />
            </Show>
            <Show when=may_be_net>
                <Reading
                    id="net-amount"
                    label="The amount of a line"
                    options=vec![("", "Find out from the column"), ("net", "Has its discount off already"), ("gross", "Is before its discount")]
                    value=Signal::derive(move || answers.line_amount_is_net.get().map_or("", |is_net| if is_net { "net" } else { "gross" }).to_owned())
                    on_change=Callback::new(move |value: String| answers.line_amount_is_net.set(match value.as_str() {
                        "net" => Some(true),
                        "gross" => Some(false),
                        _ => None,
                    }))
                />
            </Show>
        </div>
    }
}

fn date_word(order: DateOrder) -> &'static str {
    match order {
        DateOrder::YearMonthDay => "ymd",
        DateOrder::DayMonthYear => "dmy",
        DateOrder::MonthDayYear => "mdy",
    }
}

fn date_order(word: &str) -> Option<DateOrder> {
    [DateOrder::YearMonthDay, DateOrder::DayMonthYear, DateOrder::MonthDayYear].into_iter().find(|order| date_word(*order) == word)
}

fn discount_word(reading: DiscountReading) -> &'static str {
    match reading {
        DiscountReading::Amount => "amount",
        DiscountReading::Fraction => "fraction",
        DiscountReading::Percent => "percent",
    }
}

fn discount_reading(word: &str) -> Option<DiscountReading> {
    [DiscountReading::Amount, DiscountReading::Fraction, DiscountReading::Percent].into_iter().find(|reading| discount_word(*reading) == word)
}

#[component]
fn Reading(
    id: &'static str,
    label: &'static str,
    options: Vec<(&'static str, &'static str)>,
    value: Signal<String>,
    on_change: Callback<String>,
) -> impl IntoView {
    let options = options.into_iter().map(|(word, words)| view! { <option value=word selected=move || value.get() == word>{words}</option> });
    let options = options.collect_view();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select class="input select" id=id prop:value=move || value.get() on:change:target=move |event| on_change.run(event.target().value())>
                {options}
            </select>
        </div>
    }
}
