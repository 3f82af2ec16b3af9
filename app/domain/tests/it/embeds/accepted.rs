//! What is accepted, tool by tool, and what is made of it.

use super::support::{paste, paste_at_home};
use domain::embeds::EmbedTool::{self, *};
use domain::embeds::{EmbedAccess, Pasted, SignableResource};

const STUDIO: &str = "https://lookerstudio.google.com/embed/reporting/0b2fd3a1-1111-4c3e-9d1a-1f2e3d4c5b6a/page/tEnnC";
const SECURE: &str =
    "https://app.powerbi.com/reportEmbed?reportId=6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003&autoAuth=true&ctid=3675b69e-8324-4110-bdca-059031aa8da3";
const IN_GROUP: &str =
    "https://app.powerbi.com/reportEmbed?reportId=6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003&groupId=9d5a4b9e-1111-4a3c-9d0f-6a8f7f1f0001";
/// {"k":"6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003","t":"3675b69e-8324-4110-bdca-059031aa8da3","c":8}
const WEB: &str = "https://app.powerbi.com/view?r=eyJrIjoiNmE1N2QyYjQtNWUxYy00ZjVlLTlkNWUtMGMxZjZmMWYwMDAzIiwidCI6IjM2NzViNjllLTgzMjQtNDExMC1iZGNhLTA1OTAzMWFhOGRhMyIsImMiOjh9";
const PUBLIC_VIEW: &str = "https://public.tableau.com/views/Sales/Overview?:showVizHome=no&:embed=y";
const CLOUD_VIEW: &str = "https://10ax.online.tableau.com/t/shop/views/Sales/Overview?:showVizHome=no&:embed=y";
/// {"resource":{"dashboard":42},"params":{},"exp":1790000600}
const METABASE_TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJyZXNvdXJjZSI6eyJkYXNoYm9hcmQiOjQyfSwicGFyYW1zIjp7fSwiZXhwIjoxNzkwMDAwNjAwfQ.x";
/// {"content":{"type":"dashboard","dashboardUuid":"c3d4450e-fa76-42f9-a07b-63351a211bad"}}
const LIGHTDASH_TOKEN: &str =
    "e30.eyJjb250ZW50Ijp7InR5cGUiOiJkYXNoYm9hcmQiLCJkYXNoYm9hcmRVdWlkIjoiYzNkNDQ1MGUtZmE3Ni00MmY5LWEwN2ItNjMzNTFhMjExYmFkIn19.x";
const LIGHTDASH: &str = "https://app.lightdash.cloud/embed/3675b69e-8324-4110-bdca-059031aa8da3/dashboard/c3d4450e-fa76-42f9-a07b-63351a211bad";

/// What was pasted, whose it is, and the address that is framed.
type Case = (String, EmbedTool, String);

fn case(text: impl Into<String>, tool: EmbedTool, url: impl Into<String>) -> Case {
    (text.into(), tool, url.into())
}

fn looker_studio() -> Vec<Case> {
    let id = "0b2fd3a1-1111-4c3e-9d1a-1f2e3d4c5b6a";
    vec![
        case(STUDIO, LookerStudio, STUDIO),
        case(format!("https://lookerstudio.google.com/reporting/{id}/page/tEnnC"), LookerStudio, STUDIO),
        case(format!("https://lookerstudio.google.com/reporting/{id}/page/tEnnC/edit"), LookerStudio, STUDIO),
        case(format!("https://lookerstudio.google.com/u/0/reporting/{id}/page/tEnnC?s=pq1"), LookerStudio, STUDIO),
        case(format!("https://lookerstudio.google.com/embed/u/1/reporting/{id}/page/tEnnC"), LookerStudio, STUDIO),
        case(format!("https://datastudio.google.com/reporting/{id}/page/tEnnC"), LookerStudio, STUDIO),
        case(format!("http://datastudio.google.com/embed/reporting/{id}/page/tEnnC#x"), LookerStudio, STUDIO),
        case(format!("lookerstudio.google.com/reporting/{id}/page/tEnnC"), LookerStudio, STUDIO),
        case(format!("  \u{feff}{STUDIO}\n"), LookerStudio, STUDIO),
        case(format!("\"{STUDIO}\""), LookerStudio, STUDIO),
        case(format!("Our board: {STUDIO}"), LookerStudio, STUDIO),
        case(
            format!("https://lookerstudio.google.com/reporting/{id}"),
            LookerStudio,
            format!("https://lookerstudio.google.com/embed/reporting/{id}"),
        ),
        case(
            "https://lookerstudio.google.com/reporting/0B_U5RNpwhcE6QXg4SXFBVGUwMjg/page/6zXD",
            LookerStudio,
            "https://lookerstudio.google.com/embed/reporting/0B_U5RNpwhcE6QXg4SXFBVGUwMjg/page/6zXD",
        ),
        case(
            format!("{STUDIO}?params=%7B%22origin%22:%22https://x.example%22%7D&utm_source=mail"),
            LookerStudio,
            format!("{STUDIO}?params=%7B%22origin%22:%22https://x.example%22%7D"),
        ),
        case(
            format!(
                "<iframe width=\"600\" height=\"450\" src=\"{STUDIO}\" frameborder=\"0\" style=\"border:0\" allowfullscreen sandbox=\"allow-scripts\"></iframe>"
            ),
            LookerStudio,
            STUDIO,
        ),
        case(format!("<IFRAME allowfullscreen SRC = '{STUDIO}' ></IFRAME>"), LookerStudio, STUDIO),
        case(format!("<iframe src={STUDIO}></iframe>"), LookerStudio, STUDIO),
        case(format!("&lt;iframe src=&quot;{STUDIO}&quot;&gt;&lt;/iframe&gt;"), LookerStudio, STUDIO),
        case(format!("<iframe src=“{STUDIO}” width=“600”></iframe>"), LookerStudio, STUDIO),
        case(format!("<!-- <iframe src=\"https://old.example/\"></iframe> --><p>Board</p><iframe src='{STUDIO}'></iframe>"), LookerStudio, STUDIO),
        case(format!("<a href=\"{STUDIO}\">Board</a>"), LookerStudio, STUDIO),
    ]
}

fn power_bi() -> Vec<Case> {
    let in_group = |rest: &str| format!("{IN_GROUP}{rest}&autoAuth=true");
    let (group, report) = ("9d5a4b9e-1111-4a3c-9d0f-6a8f7f1f0001", "6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003");
    vec![
        case(WEB, PowerBiPublic, WEB),
        case(format!("{WEB}&embedImagePlaceholder=true&pageName=ReportSection1"), PowerBiPublic, format!("{WEB}&pageName=ReportSection1")),
        case(
            format!("<iframe title=\"Sales 2026\" width=\"600\" height=\"373.5\" src=\"{WEB}\" frameborder=\"0\" allowFullScreen=\"true\"></iframe>"),
            PowerBiPublic,
            WEB,
        ),
        case(SECURE, PowerBiSecure, SECURE),
        case(format!("<iframe title='Sales' src='{}' allowFullScreen='true'></iframe>", SECURE.replace('&', "&amp;")), PowerBiSecure, SECURE),
        case(
            format!("{SECURE}&filterPaneEnabled=false&$filter=Store/Id%20eq%20%2712%27&rs:x=1"),
            PowerBiSecure,
            format!("{SECURE}&filterPaneEnabled=false&$filter=Store/Id%20eq%20%2712%27"),
        ),
        case(IN_GROUP, PowerBiSecure, in_group("")),
        case(
            format!("https://app.powerbi.com/groups/{group}/reports/{report}/ReportSection3f2a?experience=power-bi"),
            PowerBiSecure,
            in_group("&pageName=ReportSection3f2a"),
        ),
        case(format!("https://app.powerbi.com/groups/{group}/reports/{report}?ctid={group}"), PowerBiSecure, in_group(&format!("&ctid={group}"))),
        case(format!("https://app.fabric.microsoft.com/groups/{group}/reports/{report}"), PowerBiSecure, in_group("")),
        case(
            format!("https://app.powerbi.com/groups/me/reports/{report}"),
            PowerBiSecure,
            format!("https://app.powerbi.com/reportEmbed?reportId={report}&autoAuth=true"),
        ),
        case(
            format!("https://app.powerbi.com/groups/me/apps/{group}/reports/{report}/S1"),
            PowerBiSecure,
            format!("https://app.powerbi.com/reportEmbed?reportId={report}&appId={group}&pageName=S1&autoAuth=true"),
        ),
    ]
}

fn tableau() -> Vec<Case> {
    let old = "<div class='tableauPlaceholder'><object class='tableauViz'><param name='host_url' value='https%3A%2F%2Fpublic.tableau.com%2F' /><param name='site_root' value='' /><param name='name' value='Sales&#47;Overview' /></object></div>";
    vec![
        case("https://public.tableau.com/views/Sales/Overview", TableauPublic, PUBLIC_VIEW),
        case(
            "https://public.tableau.com/views/Sales/Overview?:language=en-GB&:sid=&:display_count=n&:origin=viz_share_link",
            TableauPublic,
            PUBLIC_VIEW,
        ),
        case("https://public.tableau.com/app/profile/ada.l/viz/Sales/Overview", TableauPublic, PUBLIC_VIEW),
        case("https://public.tableau.com/en-us/profile/ada#!/vizhome/Sales/Overview", TableauPublic, PUBLIC_VIEW),
        case("https://public.tableau.com/profile/ada#!/vizhome/Sales/Overview?publish=yes", TableauPublic, PUBLIC_VIEW),
        case(
            "https://public.tableau.com/shared/GKQ8Z7PW3?:display_count=y",
            TableauPublic,
            "https://public.tableau.com/shared/GKQ8Z7PW3?:showVizHome=no&:embed=y",
        ),
        case(old, TableauPublic, PUBLIC_VIEW),
        case("https://10ax.online.tableau.com/#/site/shop/views/Sales/Overview?:iid=1", Tableau, CLOUD_VIEW),
        case("https://10ax.online.tableau.com/t/shop/views/Sales/Overview?:embed=y&:origin=card_share_link", Tableau, CLOUD_VIEW),
        case("https://10ax.online.tableau.com/t/shop/authoring/Sales/Overview#1", Tableau, CLOUD_VIEW),
        case(
            "https://bi.shop.example/#/site/shop/views/Sales/Overview",
            Tableau,
            "https://bi.shop.example/t/shop/views/Sales/Overview?:showVizHome=no&:embed=y",
        ),
        case(
            "https://tableau.shop.example/#/views/Sales/Overview?:iid=2&Region=West",
            Tableau,
            "https://tableau.shop.example/views/Sales/Overview?Region=West&:showVizHome=no&:embed=y",
        ),
        case(
            "https://10ax.online.tableau.com/t/shop/views/Sales/Overview/0b2fd3a1-1111/Mine",
            Tableau,
            "https://10ax.online.tableau.com/t/shop/views/Sales/Overview/0b2fd3a1-1111/Mine?:showVizHome=no&:embed=y",
        ),
        case(
            "<script type='module' src='https://10ax.online.tableau.com/javascripts/api/tableau.embedding.3.latest.min.js'></script><tableau-viz id='v' src='https://10ax.online.tableau.com/t/shop/views/Sales/Overview' width='800' hide-tabs toolbar='bottom'></tableau-viz>",
            Tableau,
            CLOUD_VIEW,
        ),
    ]
}

fn metabase_and_lightdash() -> Vec<Case> {
    let public = "https://m.example/public/dashboard/6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003";
    let signed = "https://m.example/embed/dashboard/42";
    vec![
        case(public, MetabasePublic, public),
        case(format!("{public}?city=Oslo#theme=night&x=1"), MetabasePublic, format!("{public}?city=Oslo#theme=night")),
        case(format!("<iframe src=\"{public}\" frameborder=\"0\" width=\"800\" height=\"600\" allowtransparency></iframe>"), MetabasePublic, public),
        case(
            "https://m.example/public/question/6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003.csv",
            MetabasePublic,
            "https://m.example/public/question/6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003",
        ),
        case("https://m.example/dashboard/42-weekly-sales?tab=7-overview&city=Oslo", MetabaseSigned, format!("{signed}?city=Oslo")),
        case("https://m.example/dashboard/42", MetabaseSigned, signed),
        case("https://m.example/question/7-orders-by-day", MetabaseSigned, "https://m.example/embed/question/7"),
        case("https://shop.example/bi/dashboard/42-weekly-sales", MetabaseSigned, "https://shop.example/bi/embed/dashboard/42"),
        case(
            format!("https://m.example/embed/dashboard/{METABASE_TOKEN}#bordered=true&titled=true"),
            MetabaseSigned,
            format!("{signed}#bordered=true&titled=true"),
        ),
        case(
            format!(
                "<script defer src=\"https://m.example/app/embed.js\"></script><script>window.metabaseConfig = {{ isGuest: true, instanceUrl: \"https://m.example\" }};</script><metabase-dashboard token=\"{METABASE_TOKEN}\" with-title=\"true\"></metabase-dashboard>"
            ),
            MetabaseSigned,
            signed,
        ),
        case(
            "<script>defineMetabaseConfig({ \"instanceUrl\": 'https://m.example/' });</script><metabase-question question-id='7'></metabase-question>",
            MetabaseSigned,
            "https://m.example/embed/question/7",
        ),
        case(LIGHTDASH, Lightdash, LIGHTDASH),
        case(format!("https://app.lightdash.cloud/embed/3675b69e-8324-4110-bdca-059031aa8da3#{LIGHTDASH_TOKEN}"), Lightdash, LIGHTDASH),
        case(
            "https://app.lightdash.cloud/projects/3675b69e-8324-4110-bdca-059031aa8da3/dashboards/c3d4450e-fa76-42f9-a07b-63351a211bad/view?filters=x",
            Lightdash,
            LIGHTDASH,
        ),
    ]
}

fn the_others() -> Vec<Case> {
    let superset = "https://superset.example/embedded/6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003";
    vec![
        case(superset, SupersetEmbedded, superset),
        case(
            format!("{superset}/?uiConfig=3&show_filters=false&guest_token=abc"),
            SupersetEmbedded,
            format!("{superset}?uiConfig=3&show_filters=false"),
        ),
        case(
            "import { embedDashboard } from \"@superset-ui/embedded-sdk\";\nembedDashboard({ id: \"6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003\", supersetDomain: \"https://superset.example/\" });",
            SupersetEmbedded,
            superset,
        ),
        case("https://superset.example/superset/dashboard/5/?standalone=2", Generic, "https://superset.example/superset/dashboard/5/?standalone=2"),
        case(
            "https://company.looker.com/dashboards/4?Region=West+Coast&toggle=det",
            Looker,
            "https://company.looker.com/embed/dashboards/4?Region=West+Coast",
        ),
        case(
            "https://company.cloud.looker.com/embed/dashboards/sales::overview",
            Looker,
            "https://company.cloud.looker.com/embed/dashboards/sales::overview",
        ),
        case("https://company.looker.com/looks/12", Looker, "https://company.looker.com/embed/looks/12"),
        case("https://company.looker.com/explore/sales/orders?qid=abc", Looker, "https://company.looker.com/embed/explore/sales/orders?qid=abc"),
        case("https://bi.shop.example/embed/dashboards/4", Looker, "https://bi.shop.example/embed/dashboards/4"),
        case(
            "https://company.looker.com/login/embed/%2Fembed%2Fdashboards%2F4%3FRegion%3DWest?nonce=%22x%22&time=1&signature=CoAaKh3pWGxgYseCvckZV57CJPo%3D",
            LookerSigned,
            "https://company.looker.com/login/embed/%2Fembed%2Fdashboards%2F4%3FRegion%3DWest",
        ),
        case(
            "https://grafana.shop.example/d/abc123/weekly-sales?orgId=1&from=now-7d&to=now",
            Grafana,
            "https://grafana.shop.example/d/abc123/weekly-sales?orgId=1&from=now-7d&to=now&kiosk",
        ),
        case("https://mon.shop.example/d/abc123/weekly?orgId=1&editPanel=2", Grafana, "https://mon.shop.example/d/abc123/weekly?orgId=1&kiosk"),
        case(
            "<iframe src=\"https://mon.shop.example/d-solo/abc123/weekly?orgId=1&amp;panelId=2\" width=\"450\" height=\"200\" frameborder=\"0\"></iframe>",
            Grafana,
            "https://mon.shop.example/d-solo/abc123/weekly?orgId=1&panelId=2",
        ),
        case(
            "https://shop.grafana.net/public-dashboards/0123456789abcdef0123456789abcdef",
            Grafana,
            "https://shop.grafana.net/public-dashboards/0123456789abcdef0123456789abcdef",
        ),
        case("https://app.shop.example/report?id=7#top", Generic, "https://app.shop.example/report?id=7#top"),
        case("HTTPS://APP.Shop.Example:443/Report", Generic, "https://app.shop.example/Report"),
        case("//app.shop.example/report", Generic, "https://app.shop.example/report"),
        case("app.shop.example:8443/report", Generic, "https://app.shop.example:8443/report"),
        case("https://app.shop.example./report", Generic, "https://app.shop.example/report"),
        case("https://bücher.example/", Generic, "https://xn--bcher-kva.example/"),
        case("https://192.168.1.20:8088/board", Generic, "https://192.168.1.20:8088/board"),
        case("https://0300.0250.1.20/board", Generic, "https://192.168.1.20/board"),
        case("https://bi/board", Generic, "https://bi/board"),
        case("https://tradepost.example.com/board", Generic, "https://tradepost.example.com/board"),
        case("https://docs.example/d/notes/page", Generic, "https://docs.example/d/notes/page"),
    ]
}

fn all() -> Vec<Case> {
    [looker_studio(), power_bi(), tableau(), metabase_and_lightdash(), the_others()].concat()
}

#[test]
fn every_pasted_text_becomes_the_address_its_tool_shows_in_frames() {
    assert!(all().len() >= 80, "{} texts", all().len());
    for (text, tool, url) in all() {
        let pasted = paste(&text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
        assert_eq!((pasted.tool, pasted.url.as_str()), (tool, url.as_str()), "{text}");
        assert!(pasted.changes.iter().all(|change| change.ends_with('.')), "{text}: {:?}", pasted.changes);
    }
}

#[test]
fn what_is_already_as_it_should_be_is_not_changed() {
    for (text, _, _) in all() {
        let once = paste(&text).expect("it was accepted before");
        let again = paste(&once.url).unwrap_or_else(|problem| panic!("{}: {problem}", once.url));
        assert_eq!((again.tool, &again.url, &again.origin, &again.resource), (once.tool, &once.url, &once.origin, &once.resource), "{text}");
        assert_eq!(again.changes, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn every_tool_is_recognised_but_the_one_that_only_a_secret_makes() {
    for tool in EmbedTool::ALL.into_iter().filter(|tool| *tool != PowerBiApp) {
        assert!(all().iter().any(|(_, found, _)| *found == tool), "{tool}");
    }
    assert_eq!(paste(SECURE).unwrap().signed().tool, PowerBiApp);
}

#[test]
fn the_badge_says_what_viewers_need() {
    let access = |text: &str| paste(text).map(|pasted| (pasted.access, pasted.needs_secret)).unwrap();
    assert_eq!(access(WEB), (EmbedAccess::Public, false));
    assert_eq!(access(SECURE), (EmbedAccess::SignIn, false));
    assert_eq!(access("https://m.example/dashboard/42"), (EmbedAccess::Signed, true));
    assert_eq!(access("https://shop.grafana.net/public-dashboards/0123456789abcdef0123456789abcdef"), (EmbedAccess::Public, false));
    assert_eq!(access("https://mon.shop.example/d/abc123/weekly?orgId=1"), (EmbedAccess::SignIn, false));
    let tableau = paste(CLOUD_VIEW).unwrap();
    assert_eq!((tableau.access, tableau.clone().signed().access), (EmbedAccess::SignIn, EmbedAccess::Signed));
    assert_eq!(tableau.secret_fields.len(), 4);
}

#[test]
fn a_token_would_be_for_the_one_thing_that_was_pasted() {
    let resource = |text: &str| paste(text).unwrap().resource;
    let named = |kind: &str, id: &str, group: Option<&str>| {
        Some(SignableResource { kind: kind.to_owned(), id: id.to_owned(), group: group.map(str::to_owned) })
    };
    assert_eq!(resource("https://m.example/dashboard/42-weekly"), named("dashboard", "42", None));
    assert_eq!(resource(CLOUD_VIEW), named("view", "Sales/Overview", Some("shop")));
    assert_eq!(
        resource(&format!("{IN_GROUP}&x=1")),
        named("report", "6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003", Some("9d5a4b9e-1111-4a3c-9d0f-6a8f7f1f0001"))
    );
    assert_eq!(resource("https://company.looker.com/dashboards/4?Region=West"), named("path", "/embed/dashboards/4?Region=West", None));
    assert_eq!(resource(LIGHTDASH), named("dashboard", "c3d4450e-fa76-42f9-a07b-63351a211bad", Some("3675b69e-8324-4110-bdca-059031aa8da3")));
    assert_eq!(resource(WEB), None);
}

#[test]
fn a_title_is_guessed_where_the_text_gives_one_away() {
    let title = |text: &str| paste(text).unwrap().title_guess;
    assert_eq!(title("https://m.example/dashboard/42-weekly-sales").as_deref(), Some("Weekly sales"));
    assert_eq!(title("https://public.tableau.com/views/Sales/StoreOverview").as_deref(), Some("StoreOverview"));
    assert_eq!(title(&format!("<iframe title=\"Sales &amp; returns\" src=\"{WEB}\"></iframe>")).as_deref(), Some("Sales & returns"));
    assert_eq!(title(STUDIO), None);
}

#[test]
fn stand_ins_on_this_computer_may_be_any_tool_where_that_is_allowed() {
    let id = "6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003";
    let found = |text: &str| paste_at_home(text).map(|pasted: Pasted| (pasted.tool, pasted.origin)).unwrap();
    let origin = "http://127.0.0.1:4100".to_owned();
    assert_eq!(found(&format!("http://127.0.0.1:4100/embed/reporting/{id}/page/p1")), (LookerStudio, origin.clone()));
    assert_eq!(found(&format!("http://127.0.0.1:4100/reportEmbed?reportId={id}")), (PowerBiSecure, origin.clone()));
    assert_eq!(found("http://127.0.0.1:4100/views/Sales/Overview?:embed=y"), (TableauPublic, origin.clone()));
    assert_eq!(found("http://127.0.0.1:4100/t/shop/views/Sales/Overview"), (Tableau, origin.clone()));
    assert_eq!(found("127.0.0.1:4100/board"), (Generic, origin));
    assert_eq!(found("localhost:4100/board"), (Generic, "http://localhost:4100".to_owned()));
}
