//! What is refused, and that the words say what to copy instead.

use super::support::{paste, paste_at_home};
use domain::embeds::{PasteProblem, recognise_paste};

/// What was pasted, and a part of the sentence that answers.
const UNSAFE: [(&str, &str); 49] = [
    ("", "Paste the board's address"),
    (" \n ", "Paste the board's address"),
    ("weekly sales", "not an address"),
    ("dashboard", "not an address"),
    ("ada@example.com", "not an address"),
    ("https://", "not an address"),
    ("https://?x", "not an address"),
    ("https:", "not an address"),
    ("https://exa mple.com/", "line breaks"),
    ("javascript:alert(1)", "“javascript:”"),
    ("JaVaScRiPt:alert(document.domain)//https://x.example", "“javascript:”"),
    ("java\tscript:alert(1)", "not an address"),
    ("data:text/html,<script>alert(1)</script>", "no address of a board"),
    ("data:text/html;base64,PHNjcmlwdD4=", "“data:”"),
    ("vbscript:x", "“vbscript:”"),
    ("file:///etc/passwd", "“file:”"),
    ("blob:https://x.example/1", "“blob:”"),
    ("ftp://x.example/board", "“ftp:”"),
    ("about:blank", "“about:”"),
    ("view-source:https://x.example/", "“view-source:”"),
    ("<iframe src=\"javascript:alert(1)\"></iframe>", "“javascript:”"),
    ("<iframe src=\"&#106;avascript&colon;alert(1)\"></iframe>", "“javascript:”"),
    ("<iframe src=\"java&Tab;script:alert(1)\"></iframe>", "invisible"),
    ("<iframe srcdoc=\"<p>hello</p>\"></iframe>", "no address of a board"),
    ("<p>hello</p>", "no address of a board"),
    ("<script src=\"https://x.example/x.js\"></script>", "no address of a board"),
    ("<a href='https://a.example'>a</a><a href='https://b.example'>b</a>", "no address of a board"),
    ("http://bi.shop.example/board", "http://"),
    ("http://127.0.0.1:4100/board", "http://"),
    ("https://user:secret@bi.shop.example/board", "user name or password"),
    ("https://user@bi.shop.example/", "user name or password"),
    ("https://lookerstudio.google.com@evil.example/reporting/x", "user name or password"),
    ("https://bi.shop.example\\@evil.example/", "backslashes"),
    ("https:\\\\evil.example", "backslashes"),
    ("https://bi.shop.example/bo\nard", "line breaks"),
    ("https://bi.shop.\texample/board", "line breaks"),
    ("https://bi.shop.example/\u{202e}draob", "invisible"),
    ("https://bi.sh\u{200b}op.example/", "invisible"),
    ("https://bi.shop.example/\u{0}", "invisible"),
    ("https://a;script-src.example/", "not an address"),
    ("https://*.example/", "not an address"),
    ("https://a,b.example/", "not an address"),
    ("https://a'b.example/", "not an address"),
    ("https://exa%20mple.com/", "not an address"),
    ("https://a..example/", "not an address"),
    ("https://999.1.1.1/", "not an address"),
    ("https://x.example:99999/", "not an address"),
    ("https://[::1]:8443/board", "IPv6"),
    ("https://a.example https://b.example", "line breaks"),
];

/// Our own pages, however they are spelt.
const OWN: [&str; 16] = [
    "https://tradepost.example/",
    "https://tradepost.example/boards?x=1#y",
    "HTTPS://TRADEPOST.EXAMPLE/sales",
    "https://tradepost.example:443/",
    "https://tradepost.example:8443/",
    "https://tradepost.example./",
    "https://trade%70ost.example/",
    "https://ｔradepost.example/",
    "https://tradepost。example/",
    "https:tradepost.example/",
    "https:///tradepost.example/",
    "//tradepost.example/",
    "tradepost.example/sales",
    "http://tradepost.example/",
    "<iframe src='https://tradepost.example/embed/dashboards/4'></iframe>",
    "https://tradepost.example/login/embed/%2Fembed%2Fdashboards%2F4",
];

/// A tool's address that cannot be framed, and what the answer tells to copy instead.
const COPY_INSTEAD: [(&str, &str); 25] = [
    ("https://lookerstudio.google.com/s/hQ3xYz", "Open it, and copy the long address"),
    ("https://lookerstudio.google.com/u/0/navigation/reporting", "Open the report"),
    ("https://datastudio.google.com/", "Open the report"),
    ("https://app.powerbi.com/groups/9d5a4b9e-1111-4a3c-9d0f-6a8f7f1f0001/list", "workspace"),
    ("https://app.powerbi.com/home", "Website or portal"),
    ("https://app.powerbi.com/links/AbC123?ctid=x", "share link"),
    ("https://app.powerbi.com/groups/me/dashboards/6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003", "Open the report behind it"),
    ("https://app.powerbi.com/groups/me/rdlreports/6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003", "Paginated"),
    ("https://app.powerbi.com/view?r=eyJrIjoi", "Publish to web"),
    ("https://app.powerbi.com/view?r=e30", "Publish to web"),
    ("https://app.powerbi.com/reportEmbed?groupId=1", "which report"),
    ("https://public.tableau.com/app/profile/ada.l", "choose Share"),
    ("https://public.tableau.com/app/discover", "choose Share"),
    ("https://10ax.online.tableau.com/#/site/shop/home", "choose Share"),
    ("https://10ax.online.tableau.com/#/site/shop/workbooks/123/views", "choose Share"),
    ("https://metabase.shop.example/collection/4-finance", "Open the dashboard"),
    ("https://m.example/embed/dashboard/not-a-token", "cannot be read"),
    ("https://superset.example/superset/dashboard/5/", "Embed dashboard"),
    ("https://superset.example/superset/dashboard/p/AbCd/", "Embed dashboard"),
    ("https://company.looker.com/x/AbCdEf", "copy the long address"),
    ("https://company.looker.com/folders/12", "Get embed URL"),
    ("https://company.looker.com/login/embed/%2Fadmin%2Fusers?signature=x", "Get embed URL"),
    ("https://app.lightdash.cloud/projects/3675b69e-8324-4110-bdca-059031aa8da3/home", "Open the dashboard"),
    ("https://app.lightdash.cloud/embed/3675b69e-8324-4110-bdca-059031aa8da3", "which dashboard"),
    ("https://shop.grafana.net/goto/AbC?orgId=1", "copy the long address"),
];

#[test]
fn what_is_not_a_safe_address_is_refused_with_what_to_do() {
    for (text, words) in UNSAFE {
        let problem = paste(text).map(|pasted| pasted.url).expect_err(text).to_string();
        assert!(problem.contains(words), "{text:?}: {problem}");
    }
}

#[test]
fn our_own_pages_are_never_framed_however_they_are_spelt() {
    for text in OWN {
        assert_eq!(paste(text).map(|pasted| pasted.url), Err(PasteProblem::OwnOrigin), "{text}");
    }
}

#[test]
fn on_this_computer_our_own_port_is_refused_by_every_name_and_another_is_not() {
    let own = ["127.0.0.1", "localhost", "LOCALHOST.", "127.1", "2130706433", "0x7f.0.0.1", "127.0.0.2", "0.0.0.0", "app.localhost"];
    for host in own {
        for scheme in ["http", "https"] {
            let text = format!("{scheme}://{host}:3987/boards");
            assert_eq!(paste_at_home(&text).map(|pasted| pasted.url), Err(PasteProblem::OwnOrigin), "{text}");
        }
    }
    assert!(paste_at_home("http://localhost:4100/board").is_ok());
    assert!(paste_at_home("http://192.168.1.20:4100/board").is_err(), "http is for this computer only");
}

#[test]
fn an_unknown_own_address_lets_nothing_through() {
    assert_eq!(recognise_paste("https://x.example/", "", false), Err(PasteProblem::OwnOrigin));
}

#[test]
fn what_a_tool_cannot_show_says_what_to_copy_instead() {
    for (text, words) in COPY_INSTEAD {
        let problem = paste(text).map(|pasted| pasted.url).expect_err(text);
        assert!(matches!(problem, PasteProblem::CopyInstead { .. }) && problem.to_string().contains(words), "{text}: {problem}");
    }
}

#[test]
fn texts_and_addresses_that_are_too_long_are_refused() {
    for length in [9_000, 30_000] {
        assert_eq!(paste(&format!("https://x.example/{}", "a".repeat(length))), Err(PasteProblem::TooLong));
    }
}
