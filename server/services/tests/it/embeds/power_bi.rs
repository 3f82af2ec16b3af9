//! Power BI, "app owns data", against a server that answers as Microsoft documents it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use domain::ErrorKind;
use domain::embeds::{EmbedAccess, EmbedInput, EmbedTool, LockedParameter, ParameterValue, SecretInput};
use serde_json::{Value, json};
use services::embeds;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::shop::{Shop, refused};
use crate::support::TestServices;

const TENANT: &str = "11111111-5e1c-4f5e-9d5e-0c1f6f1f0001";
const GROUP: &str = "22222222-5e1c-4f5e-9d5e-0c1f6f1f0002";
const REPORT: &str = "33333333-5e1c-4f5e-9d5e-0c1f6f1f0003";

/// Microsoft's two doors on one port; remembers what it was asked.
struct Microsoft {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
    knows: Arc<Mutex<Knows>>,
}

/// What it takes now.
struct Knows {
    /// The app's secret, as a form spells it.
    secret: &'static str,
    /// The number of the app's token that counts.
    token: usize,
}

impl Microsoft {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let knows = Arc::new(Mutex::new(Knows { secret: "right%2Bsecret", token: 1 }));
        let (heard, known) = (asked.clone(), knows.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if let Some(request) = converse(stream, &known).await {
                    heard.lock().expect("no test panicked").push(request);
                }
            }
        });
        Self { url, asked, knows }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no test panicked").clone()
    }

    /// How often it was asked for the app's token, and for a report's.
    fn counted(&self) -> (usize, usize) {
        let (app, report): (Vec<_>, Vec<_>) = self.asked().into_iter().partition(|request| request.contains("/oauth2/"));
        (app.len(), report.len())
    }

    fn learns(&self, change: impl FnOnce(&mut Knows)) {
        change(&mut self.knows.lock().expect("no test panicked"));
    }

    async fn shop(&self) -> Shop {
        let url = self.url.clone();
        let services = TestServices::start_configured(|config| (config.power_bi_login_url, config.power_bi_api_url) = (url.clone(), url)).await;
        Shop::of(services).await
    }
}

async fn converse(mut stream: TcpStream, knows: &Mutex<Knows>) -> Option<String> {
    let mut bytes = Vec::new();
    let request = loop {
        let mut buffer = [0_u8; 4096];
        let count = stream.read(&mut buffer).await.ok()?;
        bytes.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let length = text.to_lowercase().split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.trim().parse::<usize>().ok());
        let whole = text.split_once("\r\n\r\n").is_some_and(|(_, body)| body.len() >= length.unwrap_or_default());
        if whole || count == 0 {
            break text;
        }
    };
    let (status, body) = answer(&request, &knows.lock().expect("no test panicked"));
    let body = body.to_string();
    let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    stream.write_all(format!("{head}{body}").as_bytes()).await.ok()?;
    Some(request)
}

fn answer(request: &str, knows: &Knows) -> (&'static str, Value) {
    let knows_secret = request.contains("grant_type=client_credentials") && request.contains(&format!("client_secret={}&", knows.secret));
    if request.starts_with(&format!("POST /{TENANT}/oauth2/v2.0/token ")) {
        return if knows_secret {
            ("200 OK", json!({"access_token": format!("app-token-{}", knows.token), "expires_in": 3599}))
        } else {
            ("401 Unauthorized", json!({"error": "invalid_client"}))
        };
    }
    let is_for_report = request.starts_with(&format!("POST /v1.0/myorg/groups/{GROUP}/reports/{REPORT}/GenerateToken "));
    if is_for_report && request.contains(&format!("Bearer app-token-{}\r", knows.token)) {
        return ("200 OK", json!({"token": "embed-token", "tokenId": "x", "expiration": "2026-01-15T12:09:00Z"}));
    }
    ("403 Forbidden", json!({}))
}

fn input(secret: &str) -> EmbedInput {
    let secret = BTreeMap::from([
        ("tenant_id".to_owned(), TENANT.to_owned()),
        ("client_id".to_owned(), "app".to_owned()),
        ("secret".to_owned(), secret.to_owned()),
    ]);
    let paste = format!("https://app.powerbi.com/groups/{GROUP}/reports/{REPORT}/ReportSection");
    let locked = vec![LockedParameter { name: "username".to_owned(), value: ParameterValue::MemberEmail }];
    EmbedInput { secret: Some(secret), locked, ..EmbedInput::new(paste, "Report") }
}

#[tokio::test]
async fn a_report_is_shown_with_a_token_that_microsoft_made_for_the_viewer() {
    let microsoft = Microsoft::start().await;
    let shop = microsoft.shop().await;
    let board = shop.add(input("right+secret")).await;
    assert_eq!((board.tool, board.access), (EmbedTool::PowerBiApp, EmbedAccess::Signed));
    let view = embeds::view_embed(&shop.services, &shop.viewer, board.id, None).await.unwrap();
    assert_eq!((view.token.as_deref(), view.refresh_in_ms), (Some("embed-token"), Some(432_000)));
    assert!(view.url.contains(REPORT) && !view.url.contains("autoAuth") && !view.url.contains("token"), "{}", view.url);
    let asked = microsoft.asked();
    let body: Value = serde_json::from_str(asked[1].split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!((&body["accessLevel"], &body["identities"][0]["username"]), (&json!("View"), &json!("viewer@example.com")));
    assert_eq!(shop.audit("embed.token_minted").await.len(), 1);
}

#[tokio::test]
async fn a_refused_secret_and_a_silent_microsoft_are_told_apart_and_nothing_is_given() {
    let microsoft = Microsoft::start().await;
    let shop = microsoft.shop().await;
    let board = shop.add(input("wrong")).await.id;
    let refusal = refused(embeds::view_embed(&shop.services, &shop.viewer, board, None).await);
    assert!(refusal.kind == ErrorKind::Conflict && refusal.message.contains("secret"), "{refusal:?}");
    assert!(shop.audit("embed.token_minted").await.is_empty());
    let nowhere = "http://127.0.0.1:1".to_owned();
    let services = TestServices::start_configured(|config| config.power_bi_login_url = nowhere).await;
    let shop = Shop::of(services).await;
    let board = shop.add(input("right+secret")).await.id;
    let refusal = refused(embeds::view_embed(&shop.services, &shop.viewer, board, None).await);
    assert_eq!((refusal.kind, refusal.retry_after), (ErrorKind::Unavailable, Some(30)));
}

fn secret(text: &str) -> SecretInput {
    SecretInput { fields: input(text).secret.expect("it has one"), overlap_minutes: None }
}

#[tokio::test]
async fn the_apps_own_token_is_kept_until_shortly_before_it_ends() {
    let microsoft = Microsoft::start().await;
    let shop = microsoft.shop().await;
    let board = shop.add(input("right+secret")).await.id;
    let view = async || embeds::view_embed(&shop.services, &shop.viewer, board, None).await.map(|view| view.token);
    for _ in 0..3 {
        assert_eq!(view().await.unwrap().as_deref(), Some("embed-token"));
    }
    assert_eq!(microsoft.counted(), (1, 3), "each view has a token of its own, and the app one for all");
    // It lives an hour less a second, and its last five minutes are spared.
    if !shop.services.kv.is_shared() {
        shop.services.clock.advance_ms(54 * 60_000);
        view().await.unwrap();
        assert_eq!(microsoft.counted(), (1, 4));
        shop.services.clock.advance_ms(60_000);
        view().await.unwrap();
        assert_eq!(microsoft.counted(), (2, 5));
    }
    // Taken back before its time: asked for anew within the view that finds it out.
    let (before, _) = microsoft.counted();
    microsoft.learns(|knows| knows.token = 2);
    view().await.unwrap();
    assert_eq!(microsoft.counted().0, before + 1);
    let other = shop.add(input("right+secret")).await.id;
    embeds::view_embed(&shop.services, &shop.viewer, other, None).await.unwrap();
    assert_eq!(microsoft.counted().0, before + 2, "another board has a secret of its own, and so a token");
}

#[tokio::test]
async fn whichever_of_two_secrets_microsoft_knows_is_used() {
    let microsoft = Microsoft::start().await;
    let shop = microsoft.shop().await;
    let board = shop.add(input("right+secret")).await.id;
    let view = async || embeds::view_embed(&shop.services, &shop.viewer, board, None).await;
    view().await.unwrap();
    // Not known to Microsoft yet: the one before it still signs.
    embeds::set_secret(&shop.services, &shop.owner, board, secret("next secret")).await.unwrap();
    assert!(view().await.unwrap().token.is_some());
    assert!(shop.audit("embed.token_minted").await[0].ends_with("with secret no. 1"));
    microsoft.learns(|knows| (knows.secret, knows.token) = ("next+secret", 2));
    let shown = view().await.unwrap();
    assert!(shop.audit("embed.token_minted").await[0].ends_with("with secret no. 2"));
    assert!(!shown.other_secret, "the server has tried both, so no page needs to");
    shop.services.clock.advance_ms(16 * 60_000);
    assert!(view().await.unwrap().token.is_some());
}
