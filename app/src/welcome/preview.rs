use crate::ui::Icon;
use leptos::prelude::*;

/// Forty days of invented sales, and the forty before them, in a box of 560 by 150.
const CURRENT: &str = "M0.0 85.9L14.4 83.3L28.7 76.2L43.1 75.6L57.4 74.0L71.8 60.5L86.2 53.8L100.5 63.0L114.9 64.2L129.2 71.5L143.6 69.5L157.9 73.9L172.3 68.4L186.7 69.8L201.0 76.5L215.4 67.6L229.7 67.0L244.1 64.6L258.5 61.4L272.8 56.5L287.2 51.0L301.5 51.3L315.9 46.2L330.3 41.5L344.6 38.7L359.0 45.9L373.3 31.2L387.7 30.4L402.1 41.0L416.4 45.9L430.8 28.2L445.1 27.2L459.5 31.3L473.8 35.1L488.2 38.7L502.6 48.6L516.9 39.9L531.3 41.2L545.6 34.3L560.0 30.9";
const PREVIOUS: &str = "M0.0 86.8L14.4 84.9L28.7 81.1L43.1 81.4L57.4 83.4L71.8 74.7L86.2 71.3L100.5 88.0L114.9 90.0L129.2 86.8L143.6 91.8L157.9 90.8L172.3 84.0L186.7 85.0L201.0 85.9L215.4 91.2L229.7 86.6L244.1 85.2L258.5 77.8L272.8 69.5L287.2 65.5L301.5 67.1L315.9 68.9L330.3 65.4L344.6 61.9L359.0 69.7L373.3 63.3L387.7 63.6L402.1 68.7L416.4 72.1L430.8 77.4L445.1 77.9L459.5 79.9L473.8 69.2L488.2 71.9L502.6 71.9L516.9 67.4L531.3 63.6L545.6 62.1L560.0 56.5";

/// Product, amount, and its share of the longest bar in percent.
const PRODUCTS: [(&str, &str, u32); 4] = [
    ("Linen tote, natural", "£9,412", 100),
    ("Enamel mug, blue", "£7,280", 77),
    ("Beeswax candle", "£5,904", 63),
    ("Oak board, small", "£4,118", 44),
];

/// How busy each hour of a day is, 0 to 4, from Monday to Sunday.
const HOURS: [&str; 7] = ["01122332110", "01123322110", "01122332210", "01223332210", "01223443321", "12344443321", "01233332100"];

/// A picture of the sales page, drawn with the product's own parts. It is decoration: everything in it is said beside it.
#[component]
pub(crate) fn Preview() -> impl IntoView {
    view! {
        <div class="preview" role="img" aria-label="A sales page: headline figures, sales over time against the period before, best products and busiest hours">
            <div class="preview-inner" aria-hidden="true">
                <p class="preview-finding">"Net sales rose 12.3\u{a0}% on the 40 days before, mostly from Germany."</p>
                <div class="preview-figures">
                    <Figure label="Net sales" value="£84,210" change="up 12.3\u{a0}%" icon="arrow-up-right" />
                    <Figure label="Orders" value="1,906" change="up 8.1\u{a0}%" icon="arrow-up-right" />
                    <Figure label="Average order" value="£46.20" change="up 3.9\u{a0}%" icon="arrow-up-right" />
                    <Figure label="Returns" value="£1,322" change="down 4.6\u{a0}%" icon="arrow-down-right" />
                </div>
                <div class="preview-card">
                    <p class="preview-title">"Net sales over time"</p>
                    <svg viewBox="0 0 560 160" class="preview-chart">
                        <path class="preview-grid" d="M0 30H560M0 70H560M0 110H560M0 150H560" />
                        <path class="preview-area" d=format!("{CURRENT}V150H0Z") />
                        <path class="preview-line preview-line-previous" d=PREVIOUS />
                        <path class="preview-line" d=CURRENT />
                    </svg>
                </div>
                <div class="preview-pair">
                    <div class="preview-card">
                        <p class="preview-title">"Best products"</p>
                        {PRODUCTS
                            .into_iter()
                            .map(|(name, amount, share)| {
                                view! {
                                    <div class="preview-bar">
                                        <span>{name}</span>
                                        <span>{amount}</span>
                                        <i style=format!("width: {share}%")></i>
                                    </div>
                                }
                            })
                            .collect_view()}
                    </div>
                    <div class="preview-card">
                        <p class="preview-title">"Busiest hours"</p>
                        <div class="preview-heat">
                            {HOURS
                                .into_iter()
                                .flat_map(str::chars)
                                .map(|level| view! { <i class=format!("heat-{level}")></i> })
                                .collect_view()}
                        </div>
                        <p class="preview-hours"><span>"9"</span><span>"14"</span><span>"19"</span></p>
                    </div>
                </div>
            </div>
        </div>
    }
}

#[component]
fn Figure(label: &'static str, value: &'static str, change: &'static str, icon: &'static str) -> impl IntoView {
    view! {
        <div class="preview-figure">
            <span>{label}</span>
            <b>{value}</b>
            <small><Icon name=icon /> {change}</small>
        </div>
    }
}
