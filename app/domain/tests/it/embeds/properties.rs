//! Whatever is pasted, nothing unsafe comes out.

use domain::embeds::{Pasted, recognise_paste};
use proptest::prelude::*;
use url::Url;

const OWN: [&str; 4] = ["https://tradepost.example", "https://tradepost.example:8443", "http://127.0.0.1:3987", "https://bücher.example"];

/// Parts that addresses and snippets are made of, with the dangerous ones among them.
const PARTS: [&str; 52] = [
    "https://",
    "http://",
    "HTTPS:",
    "//",
    "javascript:",
    "data:",
    "file:",
    "blob:",
    "tradepost.example",
    "TradePost.Example.",
    "trade%70ost.example",
    "127.0.0.1:3987",
    "localhost:3987",
    "127.1:4100",
    "[::1]:3987",
    "[::ffff:127.0.0.1]:3987",
    "xn--bcher-kva.example",
    "bücher.example",
    "user:pw@",
    "@",
    "\\",
    "\t",
    "\n",
    " ",
    "\u{202e}",
    "\u{200b}",
    ";",
    "*",
    "'",
    "\"",
    "<iframe src=",
    "</iframe>",
    ">",
    "&#106;",
    "&amp;",
    "%2F",
    "lookerstudio.google.com/",
    "reporting/0b2fd3a1-1111-4c3e/page/x",
    "app.powerbi.com/",
    "reportEmbed?reportId=6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003",
    "public.tableau.com/views/A/B",
    "/#/site/x/views/A/B",
    "/t/x/views/A/B?:embed=y",
    "company.looker.com/",
    "login/embed/",
    "%2Fembed%2Fdashboards%2F4",
    "/dashboard/42-x",
    "/embed/dashboard/",
    "/embedded/6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003",
    "/d/abc/x?orgId=1",
    "?a=b",
    "#c",
];

fn pasted_text() -> impl Strategy<Value = String> {
    let part =
        prop_oneof![6 => proptest::sample::select(&PARTS[..]).prop_map(str::to_owned), 1 => "\\PC{0,6}", 1 => any::<char>().prop_map(String::from)];
    let parts = proptest::collection::vec(part, 0..9).prop_map(|parts| parts.concat());
    // Half of them begin as an address does, so that many get past the first step.
    prop_oneof![parts.clone(), parts.prop_map(|rest| format!("https://{rest}"))]
}

fn host_without_dot(url: &Url) -> String {
    url.host_str().unwrap_or_default().trim_end_matches('.').to_owned()
}

fn assert_safe(pasted: &Pasted, own: &str, allow: bool) -> Result<(), TestCaseError> {
    let (url, own) = (Url::parse(&pasted.url).expect("it was parsed before"), Url::parse(own).expect("it is written above"));
    let is_local =
        ["127.", "localhost"].iter().any(|front| url.host_str().is_some_and(|host| host.starts_with(front) || host.ends_with(".localhost")));
    prop_assert!(url.scheme() == "https" || allow && url.scheme() == "http" && is_local, "{url}");
    prop_assert!(url.username().is_empty() && url.password().is_none(), "{url}");
    prop_assert_ne!(url.origin(), own.origin());
    prop_assert!(host_without_dot(&url) != host_without_dot(&own) || is_local, "{url}");
    prop_assert!(!(is_local && own.host_str() == Some("127.0.0.1") && url.port_or_known_default() == own.port_or_known_default()), "{url}");
    prop_assert_eq!(&pasted.origin, &url.origin().ascii_serialization());
    prop_assert!(pasted.origin.chars().all(|c| c.is_ascii_alphanumeric() || "-._:/".contains(c)), "{}", pasted.origin);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

    #[test]
    fn nothing_unsafe_comes_out_and_what_comes_out_stays(text in pasted_text(), own in proptest::sample::select(&OWN[..]), allow in any::<bool>()) {
        if let Ok(pasted) = recognise_paste(&text, own, allow) {
            assert_safe(&pasted, own, allow)?;
            let again = recognise_paste(&pasted.url, own, allow);
            prop_assert_eq!(again.as_ref().map(|again| (&again.url, again.tool, &again.resource)), Ok((&pasted.url, pasted.tool, &pasted.resource)));
        }
    }

    #[test]
    fn any_text_at_all_is_answered(text in any::<String>()) {
        if let Ok(pasted) = recognise_paste(&text, OWN[0], false) {
            assert_safe(&pasted, OWN[0], false)?;
        }
    }
}
