//! Pages, their server functions and static files.

use crate::board_preview;
use crate::http::authentication::Who;
use crate::http::security_headers::{Framing, SharedPage};
use crate::problem::Problem;
use crate::state::App;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use domain::accounts::Me;
use domain::dashboards::{DashboardView, StandardBoard};
use domain::semantic::Dimension;
use domain::{AppError, ErrorKind, Permission};
use leptos::config::LeptosOptions;
use leptos::nonce::Nonce;
use leptos::prelude::{provide_context, use_context};
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;
use leptos_axum::{AxumRouteListing, LeptosRoutes as _, file_and_error_handler_with_context, generate_route_list};
use services::accounts::Client;
use services::embeds::{self, FramePolicy};
use services::{Actor, Services};
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;
use tower_http::services::ServeDir;

/// Pages that anyone may open. All others are for members: a new page is closed until it is named here.
pub const PUBLIC_PAGES: [&str; 6] = ["/", "/sign-up", "/sign-in", "/forgot-password", "/reset-password", "/invitation"];
/// Under this prefix stand public links to boards. Who asks is no matter there: what follows it is all that counts.
pub const SHARED: &str = "/shared/";
/// Under this prefix stand the server functions; each asks for itself who is there.
pub const SERVER_FUNCTIONS: &str = "/api/fn/";

/// Under this prefix boards are set up.
const BOARD_SETTINGS: &str = "/settings/boards";

/// Errors of server functions are a sentence or two.
const MOST_OF_AN_ERROR: usize = 64 * 1024;

/// What a file is called never changes its content: its folder is named by the content's hash.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");
const SHORT: HeaderValue = HeaderValue::from_static("public, max-age=3600");
/// A little less than a connection may stay silent: whoever waits is told instead of being cut off.
const LONGEST_DRAWING: Duration = Duration::from_secs(70);
/// Pages hold a person's own figures.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-cache");

/// How pages find their scripts and styles: in the folder that `pkg/current` names.
pub fn leptos_options(site_dir: &Path) -> LeptosOptions {
    let current = std::fs::read_to_string(site_dir.join("pkg").join("current"));
    let folder = match current.as_deref().map(str::trim) {
        Ok(hash) if !hash.is_empty() && hash.chars().all(|c| c.is_ascii_hexdigit()) => format!("pkg/{hash}"),
        _ => {
            tracing::warn!(site_dir = %site_dir.display(), "the pages' scripts and styles are not built; pages will look bare");
            "pkg".to_owned()
        }
    };
    LeptosOptions::builder().output_name("tradepost").site_root(site_dir.display().to_string()).site_pkg_dir(folder).build()
}

/// All pages of the application.
///
/// Found once, before the first page is drawn: while the router looks for them, resources of the whole process are told not to
/// load, and a page that is drawn at that moment would wait for its own without end.
pub fn listing() -> Vec<AxumRouteListing> {
    static LISTING: OnceLock<Vec<AxumRouteListing>> = OnceLock::new();
    LISTING.get_or_init(|| generate_route_list(app::App)).clone()
}

/// Pages and server functions.
pub fn routes(app: &App) -> Router<App> {
    let options = app.leptos.clone();
    Router::new()
        .route("/boards/preview", get(board_preview::page))
        .route("/xray/{dimension}/{value}", get(xray))
        .leptos_routes_with_context(app, listing(), context(app), move || app::document(options.clone()))
        .layer(from_fn_with_state(app.clone(), admit))
        .layer(from_fn(private))
}

/// The board of one product, country or customer by its short address.
async fn xray(axum::extract::Path((dimension, value)): axum::extract::Path<(String, String)>) -> Response {
    let dimension = Dimension::parse(&dimension).ok();
    match dimension.and_then(|dimension| Some((dimension, StandardBoard::xray_of(dimension)?))) {
        Some((dimension, board)) => {
            let view = DashboardView::default().toggled(dimension, &value);
            Redirect::temporary(&format!("/dashboards/{}?{}", board.as_str(), view.to_query())).into_response()
        }
        None => Problem::from(AppError::not_found("X-ray; there are those of a product, a country and a customer")).into_response(),
    }
}

/// Static files; what is none is the page that says so.
pub fn files(app: &App) -> Router<App> {
    let package = ServeDir::new(app.config.site_dir.join("pkg")).precompressed_br().precompressed_gzip();
    let package = Router::new().nest_service("/pkg", package).layer(from_fn_with_state(IMMUTABLE, cached));
    let not_found = file_and_error_handler_with_context::<App, _>(context(app), app::document);
    // Our ServeDir knows ETags, that of leptos_axum does not; it is left to render the page.
    let not_found = Router::new().fallback(not_found).with_state(app.clone());
    let others = ServeDir::new(&app.config.site_dir).precompressed_br().precompressed_gzip().append_index_html_on_directories(false);
    let others = others.call_fallback_on_method_not_allowed(true).fallback(not_found);
    package.merge(Router::new().fallback_service(others).layer(from_fn_with_state(SHORT, cached)))
}

/// What pages and server functions find in their context, taken from the request.
fn context(app: &App) -> impl Fn() + Clone + Send + Sync + 'static {
    let services: Services = app.services.clone();
    move || {
        let parts = use_context::<Parts>();
        let extensions = parts.as_ref().map(|parts| &parts.extensions);
        let actor: Option<Actor> = match extensions.and_then(|extensions| extensions.get::<Who>()) {
            Some(Who::Member(actor)) => Some(actor.clone()),
            _ => None,
        };
        let client: Client = extensions.and_then(|extensions| extensions.get::<Client>()).cloned().unwrap_or_default();
        if let Some(nonce) = extensions.and_then(|extensions| extensions.get::<Nonce>()) {
            provide_context(nonce.clone());
        }
        provide_context(services.clone());
        provide_context(actor);
        provide_context(extensions.and_then(|extensions| extensions.get::<Me>()).cloned());
        provide_context(client);
    }
}

/// Sends strangers from members' pages to sign in, and members from the welcome page to their figures.
async fn admit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let who = request.extensions().get::<Who>();
    if path.starts_with(SERVER_FUNCTIONS) {
        return match who {
            Some(Who::Unknown(error)) => unavailable(error),
            _ => with_its_status(next.run(request).await).await,
        };
    }
    if path.starts_with(SHARED) {
        return shared(&app, next.run(request).await);
    }
    let is_public = PUBLIC_PAGES.contains(&path);
    match who {
        Some(Who::Unknown(error)) if !is_public => Problem::from(error.clone()).into_response(),
        Some(Who::Member(actor)) => {
            let actor = actor.clone();
            let policy = frame_policy(&app.services, &actor).await;
            if path == "/" {
                return found(&policy.start.map_or_else(|| "/sales".to_owned(), |board| format!("/boards/{board}")));
            }
            let framing = framing(policy, &actor, path);
            // Where it cannot be found out now, the page asks again and says what is wrong.
            if let Ok(me) = services::accounts::me(&app.services, &actor).await {
                request.extensions_mut().insert(me);
            }
            let mut response = next.run(request).await;
            response.extensions_mut().insert(framing);
            response
        }
        _ if is_public => next.run(request).await,
        _ => found(&format!("/sign-in?next={}", encoded(request.uri()))),
    }
}

/// A page that whoever has its address may see: kept nowhere, found by no search engine, framed by the sites that were named.
fn shared(app: &App, mut response: Response) -> Response {
    response.extensions_mut().insert(SharedPage { embedders: app.config.services.embed_origins.clone() });
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(ROBOTS, HeaderValue::from_static("noindex, nofollow, noarchive"));
    response
}

/// What the member's pages may frame; nothing, where it cannot be found out now.
async fn frame_policy(services: &Services, actor: &Actor) -> FramePolicy {
    match embeds::frame_policy(services, actor).await {
        Ok(policy) => policy,
        Err(error) => {
            tracing::warn!(error.cause = %error, "what a page may frame could not be found out");
            FramePolicy::default()
        }
    }
}

/// A page keeps its policy while its links are followed, so every page of a member has all of theirs.
/// Where boards are set up, a page of our own shows what is not saved yet.
fn framing(policy: FramePolicy, actor: &Actor, path: &str) -> Framing {
    let mut sources = policy.origins;
    if path.starts_with(BOARD_SETTINGS) && actor.role.can(Permission::ManageBoards) {
        sources.insert(0, "'self'".to_owned());
    }
    Framing { sources, needs_popups: policy.needs_popups }
}

/// A server function's own form of an error. To say "not signed in" while the database is away would sign people out.
fn unavailable(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    (status, axum::Json(error)).into_response()
}

/// Input that cannot be read is refused before the function, which would set the status, is reached: what is the caller's
/// mistake then goes by the name of ours.
async fn with_its_status(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR || !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(error) = to_bytes(body, MOST_OF_AN_ERROR).await else {
        return parts.status.into_response();
    };
    let status = serde_json::from_slice::<AppError>(&error).ok().and_then(|error| StatusCode::from_u16(error.status()).ok());
    parts.status = status.unwrap_or(parts.status);
    Response::from_parts(parts, Body::from(error))
}

/// 302, which keeps a page's address as the one to come back to.
fn found(location: &str) -> Response {
    let mut response = Redirect::to(location).into_response();
    *response.status_mut() = StatusCode::FOUND;
    response
}

/// An address as the value of a parameter.
fn encoded(uri: &Uri) -> String {
    let address = uri.path_and_query().map_or("/", |address| address.as_str());
    let mut text = String::with_capacity(address.len() + 16);
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

async fn private(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = in_time(LONGEST_DRAWING, &path, next.run(request)).await;
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(PRIVATE);
    response
}

/// The answer, or after this time a sentence in the form that whoever asked reads.
async fn in_time(longest: Duration, path: &str, work: impl Future<Output = Response>) -> Response {
    if let Ok(response) = tokio::time::timeout(longest, work).await {
        return response;
    }
    tracing::error!(path, "a page was not drawn in time");
    let error = AppError::new(ErrorKind::Unavailable, "this took too long and was given up; try again in a moment");
    if path.starts_with(SERVER_FUNCTIONS) { unavailable(&error) } else { Problem::from(error).into_response() }
}

/// Found files may be kept; that a file is missing may not.
async fn cached(State(value): State<HeaderValue>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let is_kept = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(if is_kept { value } else { HeaderValue::from_static("no-store") });
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_survives_as_a_parameter() {
        assert_eq!(encoded(&Uri::from_static("/sales?range=30d&country=GB")), "/sales%3Frange%3D30d%26country%3DGB");
    }

    #[tokio::test]
    async fn who_waits_for_what_does_not_end_is_told_so() {
        let never = |path| in_time(Duration::ZERO, path, std::future::pending());
        let (page, function) = (never("/sales").await, never("/api/fn/sources/upload").await);
        assert_eq!((page.status(), function.status()), (StatusCode::SERVICE_UNAVAILABLE, StatusCode::SERVICE_UNAVAILABLE));
        let body = to_bytes(function.into_body(), MOST_OF_AN_ERROR).await.expect("a body");
        let error: AppError = serde_json::from_slice(&body).expect("what a server function answers");
        assert!(error.message.contains("too long"), "{error:?}");
        let done = in_time(Duration::from_secs(60), "/sales", async { StatusCode::OK.into_response() }).await;
        assert_eq!(done.status(), StatusCode::OK);
    }
}
