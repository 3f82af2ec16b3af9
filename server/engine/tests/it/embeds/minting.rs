//! Our tokens against those of the tools' own libraries (`golden.mjs` beside this file), and what is never signed.

use domain::embeds::{EmbedTool, SignableResource};
use engine::embeds::{Claims, MAX_LIFE_S, MintProblem, Minted, Secret, Viewer, mint, power_bi_frame_url, power_bi_request};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const NOW: i64 = 1_790_000_000;
const METABASE_SECRET: &str = "34fa977d001eb28c0e6e551dff101b0396a36f31174334b5366fb19af6eaf8fe";
const REPORT: &str = "6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003";

/// One board to sign for; a test changes what it is about.
struct Board {
    tool: EmbedTool,
    url: &'static str,
    resource: SignableResource,
    secret: BTreeMap<String, String>,
    locked: BTreeMap<String, String>,
    ttl_s: i64,
}

impl Board {
    fn new(tool: EmbedTool, url: &'static str, kind: &str, id: &str, secret: &[(&str, &str)]) -> Self {
        let resource = SignableResource { kind: kind.to_owned(), id: id.to_owned(), group: None };
        Self { tool, url, resource, secret: texts(secret), locked: BTreeMap::new(), ttl_s: MAX_LIFE_S }
    }

    fn locked(mut self, locked: &[(&str, &str)]) -> Self {
        self.locked = texts(locked);
        self
    }

    fn group(mut self, group: &str) -> Self {
        self.resource.group = Some(group.to_owned());
        self
    }

    fn with<T>(&self, use_it: impl FnOnce(&Claims<'_>) -> T) -> T {
        let viewer = Viewer { id: "57".to_owned(), email: "ada@example.com".to_owned(), ..Viewer::default() };
        use_it(&Claims {
            url: self.url,
            resource: &self.resource,
            locked: &self.locked,
            viewer: &viewer,
            host_origin: "https://tradepost.example",
            now_s: NOW,
            ttl_s: self.ttl_s,
            nonce: std::array::from_fn(|at| u8::try_from(at).expect("sixteen fit")),
        })
    }

    fn mint(&self) -> Result<Minted, MintProblem> {
        self.with(|claims| mint(self.tool, &Secret::new(self.secret.clone()), claims))
    }

    fn minted(&self) -> Minted {
        self.mint().expect("it is signed for")
    }
}

fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn golden() -> Value {
    serde_json::from_str(include_str!("golden.json")).expect("it is JSON")
}

fn metabase() -> Board {
    Board::new(
        EmbedTool::MetabaseSigned,
        "https://m.example/bi/embed/dashboard/42?tab=1&store=2#theme=night",
        "dashboard",
        "42",
        &[("secret", METABASE_SECRET)],
    )
    .locked(&[("store", "Köln"), ("region", "")])
}

fn tableau() -> Board {
    let secret = [
        ("client_id", "9d5a4b9e-1111-4a3c-9d0f-6a8f7f1f0001"),
        ("secret_id", "2c0f6d6e-2222-4b1d-8f50-1d9a5c3e0002"),
        ("secret", "b1k7Q0xVQmHn0VvQ4f1J9m6M8l2c5s7o3r9t1u5w8y0="),
    ];
    Board::new(EmbedTool::Tableau, "https://t.example/t/shop/views/Sales/Overview?:embed=y", "view", "Sales/Overview", &secret)
        .locked(&[("Store", "12")])
}

fn superset() -> Board {
    let secret = [("secret", "a-secret-of-superset-0123456789abcdef")];
    Board::new(EmbedTool::SupersetEmbedded, "https://superset.example/embedded/6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003", "dashboard", REPORT, &secret)
        .locked(&[("store", "O'Neill")])
}

fn looker() -> Board {
    let secret = [("secret", "8ea3be011d0668741234216e06845692bab69e0101d00dcfe399dae03c52513c"), ("models", "thelook, sales"), ("group_ids", "4")];
    let url = "https://company.looker.com/embed/dashboards/3?Region=West%20Coast";
    Board::new(EmbedTool::LookerSigned, url, "path", "/embed/dashboards/3?Region=West%20Coast", &secret).locked(&[("store", "12"), ("city", "Malmö")])
}

#[test]
fn metabase_tokens_are_those_of_its_documented_library() {
    let dashboard = metabase().minted();
    let expected = format!("https://m.example/bi/embed/dashboard/{}?tab=1#theme=night", golden()["metabase"].as_str().unwrap());
    assert_eq!((dashboard.url, dashboard.token, dashboard.expires_at_s), (expected, None, NOW + 600));

    let question =
        Board::new(EmbedTool::MetabaseSigned, "https://m.example/embed/question/7", "question", "7", &[("secret", METABASE_SECRET)]).minted();
    assert_eq!(question.url, format!("https://m.example/embed/question/{}", golden()["question"].as_str().unwrap()));
}

#[test]
fn tableau_tokens_are_those_of_its_documented_library() {
    let minted = tableau().minted();
    let url = url::Url::parse(&minted.url).unwrap();
    let sent: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
    assert_eq!((url.path(), minted.token), ("/vizportal/api/web/v1/auth/embed/target", None));
    assert_eq!(Some(sent["token"].as_str()), golden()["tableau"].as_str());
    assert_eq!(sent["target"], "/t/shop/views/Sales/Overview?:embed=y");
}

#[test]
fn superset_guest_tokens_are_those_of_its_documented_library() {
    assert_eq!(superset().minted().token.as_deref(), golden()["superset"].as_str());
}

#[test]
fn lightdash_tokens_go_into_the_fragment() {
    let secret = [("secret", "a-secret-of-lightdash-0123456789abcdef")];
    let url = "https://app.lightdash.cloud/embed/3675b69e-8324-4110-bdca-059031aa8da3/dashboard/c3d4450e-fa76-42f9-a07b-63351a211bad";
    let board = Board::new(EmbedTool::Lightdash, url, "dashboard", "c3d4450e-fa76-42f9-a07b-63351a211bad", &secret)
        .group("3675b69e-8324-4110-bdca-059031aa8da3")
        .locked(&[("store", "12")]);
    let expected = format!("https://app.lightdash.cloud/embed/3675b69e-8324-4110-bdca-059031aa8da3#{}", golden()["lightdash"].as_str().unwrap());
    assert_eq!(board.minted().url, expected);
}

#[test]
fn looker_addresses_carry_the_signature_over_the_twelve_lines() {
    let url = url::Url::parse(&looker().minted().url).unwrap();
    let expected = &golden()["looker"];
    let sent: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
    assert_eq!((url.host_str(), Some(url.path())), (expected["host"].as_str(), expected["path"].as_str()));
    for name in ["nonce", "time", "session_length", "external_user_id", "permissions", "models", "group_ids", "external_group_id", "user_attributes"]
    {
        assert_eq!(Some(sent[name].as_str()), expected[name].as_str(), "{name}");
    }
    assert_eq!(sent["access_filters"], "{}");
    assert_eq!(Some(sent["signature"].as_str()), expected["signature"].as_str());
}

#[test]
fn no_token_lives_longer_than_ten_minutes() {
    let board = Board { ttl_s: 86_400, ..metabase() };
    assert_eq!(board.minted().expires_at_s, NOW + MAX_LIFE_S);
    assert_eq!(Board { ttl_s: 60, ..metabase() }.minted().expires_at_s, NOW + 60);
}

#[test]
fn another_resource_or_an_address_of_another_board_is_not_signed() {
    let other = |kind: &str, id: &str| SignableResource { kind: kind.to_owned(), id: id.to_owned(), group: None };
    for resource in [other("dashboard", "43"), other("collection", "42"), other("dashboard", "42/../43"), other("dashboard", "-1")] {
        assert!(matches!(Board { resource, ..metabase() }.mint(), Err(MintProblem::WrongResource(_))));
    }
    for resource in [other("path", "/admin/users"), other("path", "/embed/dashboards/4"), other("dashboard", "/embed/dashboards/3")] {
        assert!(matches!(Board { resource, ..looker() }.mint(), Err(MintProblem::WrongResource(_))));
    }
    let public = Board { tool: EmbedTool::MetabasePublic, ..metabase() };
    assert_eq!(public.mint(), Err(MintProblem::NotSigned(EmbedTool::MetabasePublic)));
}

#[test]
fn a_secret_that_lacks_a_field_says_which() {
    for (board, field) in [(metabase(), "secret"), (tableau(), "client_id"), (superset(), "secret"), (looker(), "secret")] {
        let board = Board { secret: texts(&[("secret", " ")]), ..board };
        assert_eq!(board.mint(), Err(MintProblem::MissingSecret(field)), "{}", board.tool);
    }
}

#[test]
fn a_locked_parameter_cannot_become_another_claim_or_another_rule() {
    for name in ["sub", "SCP", "aud", "https://tableau.com/groups"] {
        assert_eq!(tableau().locked(&[(name, "x")]).mint(), Err(MintProblem::UnsafeParameter(name.to_owned())));
    }
    for (name, value) in [("1 = 1 or store", "x"), ("store", "\\' or 1=1 --"), ("store", "a\nb"), ("store", ""), ("", "x")] {
        assert_eq!(superset().locked(&[(name, value)]).mint(), Err(MintProblem::UnsafeParameter(name.to_owned())), "{name} {value}");
    }
}

#[test]
fn power_bi_is_asked_for_one_report_to_look_at_with_the_members_identity() {
    let url = "https://app.powerbi.com/reportEmbed?reportId=6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003&autoAuth=true&ctid=x&pageName=S1";
    let group = "3675b69e-8324-4110-bdca-059031aa8da3";
    let board = Board::new(EmbedTool::PowerBiApp, url, "report", REPORT, &[]).group(group).locked(&[("role", "Store"), ("dataset", group)]);
    let request = board.with(power_bi_request).unwrap();
    assert_eq!(request.path, format!("/v1.0/myorg/groups/{group}/reports/{REPORT}/GenerateToken"));
    let identity = json!({ "username": "ada@example.com", "roles": ["Store"], "datasets": [group] });
    assert_eq!(request.body, json!({ "accessLevel": "View", "lifetimeInMinutes": 10, "identities": [identity] }));
    assert_eq!(power_bi_frame_url(url).unwrap(), format!("https://app.powerbi.com/reportEmbed?reportId={REPORT}&pageName=S1"));

    assert!(board.locked(&[("accessLevel", "Edit")]).with(power_bi_request).is_err());
    let elsewhere = Board::new(EmbedTool::PowerBiApp, url, "report", "../../admin", &[]).group(group);
    assert!(matches!(elsewhere.with(power_bi_request), Err(MintProblem::WrongResource(_))));
}
