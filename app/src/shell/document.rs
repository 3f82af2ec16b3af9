use crate::{App, shell::theme::theme_of};
use leptos::config::LeptosOptions;
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};

/// The whole HTML document around the application; the server renders it for every page.
pub fn document(options: LeptosOptions) -> impl IntoView {
    let theme = use_context::<axum::http::request::Parts>()
        .and_then(|parts| parts.headers.get(axum::http::header::COOKIE).and_then(|value| value.to_str().ok().and_then(theme_of)));
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="description" content="Tradepost shows a shop's sales from every channel in one place, on your own machine." />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="preload" href="/fonts/inter-latin-wght-normal.woff2" r#as="font" r#type="font/woff2" crossorigin="anonymous" />
                <HashedStylesheet options=options.clone() id="leptos" />
                <AutoReload options=options.clone() />
                <script r#type="module" src="/js/charts.js" nonce=leptos::nonce::use_nonce()></script>
                <script r#type="module" src="/js/map.js" nonce=leptos::nonce::use_nonce()></script>
                <script r#type="module" src="/js/board_grid.js" nonce=leptos::nonce::use_nonce()></script>
                <script r#type="module" src="/js/board_frame.js" nonce=leptos::nonce::use_nonce()></script>
                <script r#type="module" src="/js/screen.js" nonce=leptos::nonce::use_nonce()></script>
                <script r#type="module" src="/js/annotations.js" nonce=leptos::nonce::use_nonce()></script>
                <script r#type="module" src="/js/page.js" nonce=leptos::nonce::use_nonce()></script>
                <script r#type="module" src="/js/search.js" nonce=leptos::nonce::use_nonce()></script>
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
