use crate::accounts::DemoDoor;
use crate::ui::Icon;
use crate::welcome::preview::Preview;
use leptos::prelude::*;
use leptos_meta::Title;

/// What the product is, in one picture and three promises, and the two ways in.
#[component]
pub fn WelcomePage() -> impl IntoView {
    view! {
        <Title text="" />
        <section class="hero">
            <div class="hero-words">
                <h1>"All your sales, on one page."</h1>
                <p>
                    "Tradepost reads the sales files of your web shop, your tills and your marketplaces, and shows what happened: by day, product, "
                    "country and hour. It runs on your own machine."
                </p>
                <WaysIn />
            </div>
            <Preview />
        </section>
        <section class="promises" aria-label="What it does">
            <Promise icon="file-up" title="Drop the file as it comes" text="Shopify exports, till reports, spreadsheets saved as CSV, plain or zipped with gzip. Columns are recognised by what stands in them; when they are not, you say once what they mean." />
            <Promise icon="list-checks" title="Every row is accounted for" text="Accepted, rejected and duplicate rows add up to the file, always. A rejected row comes back to you with its line and its reason, and the same file again changes nothing." />
            <Promise icon="chart-line" title="Figures that say what they mean" text="Net sales, returns, orders and customers, each against the period before. An unfinished month is drawn as unfinished, never as a fall, and every chart has its table." />
            <Promise icon="lock" title="Yours alone" text="No keys, no cloud, no tracking. One program and one database that you can copy. Invite your accountant by a link, with a role that only looks." />
        </section>
    }
}

#[component]
fn WaysIn() -> impl IntoView {
    view! {
        <div class="ways-in">
            <a class="button button-primary button-large" href="/sign-up">"Sign up"</a>
            <DemoDoor class="button button-secondary button-large" />
        </div>
    }
}

#[component]
fn Promise(icon: &'static str, title: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <article class="promise">
            <Icon name=icon />
            <h2>{title}</h2>
            <p>{text}</p>
        </article>
    }
}
