//! The route table: what can be asked at which address, and by whom.

use crate::api::table::Table;
use crate::api::{
    analyses, annotations, api_keys, audit, auth, board_links, board_rows, board_tables, boards, dashboards, docs, document, embeds, invitations,
    jobs, mapping_trial, me, members, notices, orders, quality, query, questions, search, sessions, upload_cleaning, upload_history, uploads,
};
use crate::http::access::Access::{Needs, Public, SignedIn};
use crate::http::{authentication, csrf, problems, request_log, security_headers};
use crate::problem::Problem;
use crate::state::App;
use crate::{health, pages};
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{any, get};
use axum::{Extension, Router};
use domain::AppError;
use domain::Permission::{AddData, BuildBoards, ManageApiKeys, ManageBoards, ManageJobs, ManageMembers, ManageShop, SeeAudit, SeeFigures};
use std::any::Any;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::timeout::{DeadlineBody, RequestBodyTimeoutLayer};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::UtoipaMethodRouterExt as _;
use utoipa_axum::routes;

/// Bytes that a body may have, unless its route says otherwise.
const BODY_BYTES: usize = 1 << 20;
/// A whole body other than a file's, however evenly it trickles.
const BODY_WHOLE: Duration = Duration::from_secs(60);
/// Silence within a body after which it counts as broken off.
const BODY_IDLE: Duration = Duration::from_secs(30);

/// The JSON API with its document. Who may call an operation stands before it; each use case decides once more.
pub fn api(upload_max_bytes: u64) -> (Router<App>, OpenApi) {
    let upload_limit = DefaultBodyLimit::max(usize::try_from(upload_max_bytes.saturating_add(uploads::MULTIPART_BYTES)).unwrap_or(usize::MAX));
    Table::new(document::empty())
        // Signing in and out.
        .add(Public, routes!(auth::sign_up))
        .add(Public, routes!(auth::sign_in))
        .add(Public, routes!(auth::refresh))
        .add(Public, routes!(auth::forgot_password))
        .add(Public, routes!(auth::reset_password))
        .add(SignedIn, routes!(auth::sign_out))
        .add(SignedIn, routes!(auth::sign_out_everywhere))
        .add(SignedIn, routes!(auth::change_password))
        .add(SignedIn, routes!(sessions::list_sessions))
        .add(SignedIn, routes!(sessions::end_session))
        // The shop and its people.
        .add(SignedIn, routes!(me::get_me))
        .add(SignedIn, routes!(notices::notice_choice, notices::choose_notices))
        .add(SignedIn, routes!(me::get_merchant))
        .add(Needs(ManageShop), routes!(me::update_merchant))
        .add(Needs(ManageMembers), routes!(members::list_members))
        .add(Needs(ManageMembers), routes!(members::change_role, members::remove_member))
        .add(Needs(ManageMembers), routes!(members::change_store))
        .add(Needs(ManageMembers), routes!(invitations::list_invitations, invitations::invite))
        .add(Needs(ManageMembers), routes!(invitations::revoke_invitation))
        .add(Public, routes!(invitations::accept_invitation))
        .add(Needs(ManageApiKeys), routes!(api_keys::list_api_keys, api_keys::create_api_key))
        .add(Needs(ManageApiKeys), routes!(api_keys::revoke_api_key))
        .add(Needs(SeeAudit), routes!(audit::list_audit))
        .add(Needs(ManageJobs), routes!(jobs::list_jobs))
        .add(Needs(ManageJobs), routes!(jobs::retry_job))
        .add(Needs(ManageJobs), routes!(jobs::cancel_job))
        // Data in.
        .add(Needs(SeeFigures), routes!(uploads::list_uploads))
        .add(Needs(AddData), routes!(uploads::create_upload).layer(upload_limit))
        .add(Needs(AddData), routes!(orders::create_orders).layer(DefaultBodyLimit::max(orders::BODY_BYTES)))
        .add(Needs(SeeFigures), routes!(uploads::get_upload))
        .add(Needs(AddData), routes!(uploads::download_issues))
        .add(Needs(SeeFigures), routes!(quality::upload_quality))
        .add(Needs(SeeFigures), routes!(quality::download_quality))
        .add(Needs(AddData), routes!(quality::raw_rows))
        .add(Needs(SeeFigures), routes!(upload_cleaning::upload_cleaning))
        .add(Needs(SeeFigures), routes!(uploads::watch_upload))
        .add(Needs(AddData), routes!(uploads::preview_mapping, uploads::map_upload, uploads::post_mapping))
        .add(Needs(AddData), routes!(mapping_trial::try_mapping))
        .add(Needs(AddData), routes!(uploads::cancel_upload))
        .add(Needs(AddData), routes!(upload_history::undo_preview, upload_history::undo_upload))
        .add(Needs(AddData), routes!(upload_history::reprocess_upload))
        .add(Needs(SeeFigures), routes!(upload_history::kept_file))
        // Figures out.
        .add(Needs(SeeFigures), routes!(query::query))
        .add(Needs(SeeFigures), routes!(questions::ask))
        .add(Needs(SeeFigures), routes!(questions::explain))
        .add(Needs(SeeFigures), routes!(questions::batch))
        .add(Needs(SeeFigures), routes!(questions::list_measures))
        .add(Needs(SeeFigures), routes!(questions::list_dimensions))
        .add(Needs(SeeFigures), routes!(questions::question_schema))
        .add(Needs(SeeFigures), routes!(analyses::list_analyses, analyses::analyse))
        .add(Needs(SeeFigures), routes!(dashboards::sales))
        .add(Needs(SeeFigures), routes!(dashboards::what_changed))
        .add(Needs(SeeFigures), routes!(boards::list_dashboards))
        .add(Needs(BuildBoards), routes!(boards::create_dashboard))
        .add(Needs(SeeFigures), routes!(boards::preview_card))
        .add(Needs(SeeFigures), routes!(boards::get_dashboard, boards::mark_dashboard))
        .add(Needs(BuildBoards), routes!(boards::update_dashboard, boards::delete_dashboard))
        .add(Needs(SeeFigures), routes!(boards::list_versions))
        .add(Needs(BuildBoards), routes!(boards::restore_version))
        .add(Needs(SeeFigures), routes!(board_tables::board_pdf))
        .add(Needs(SeeFigures), routes!(board_tables::card_csv))
        .add(Needs(SeeFigures), routes!(board_tables::card_xlsx))
        .add(Needs(SeeFigures), routes!(board_rows::card_rows))
        .add(Needs(SeeFigures), routes!(board_rows::rows_csv))
        .add(Needs(SeeFigures), routes!(board_rows::rows_xlsx))
        .add(Needs(BuildBoards), routes!(board_links::list_links, board_links::create_link))
        .add(Needs(BuildBoards), routes!(board_links::revoke_link))
        .add(Needs(SeeFigures), routes!(annotations::list_annotations))
        .add(Needs(BuildBoards), routes!(annotations::create_annotation))
        .add(Needs(BuildBoards), routes!(annotations::update_annotation, annotations::delete_annotation))
        .add(Needs(SeeFigures), routes!(search::search))
        // Other tools' boards.
        .add(Needs(SeeFigures), routes!(embeds::list_embeds))
        .add(Needs(ManageBoards), routes!(embeds::create_embed))
        .add(Needs(ManageBoards), routes!(embeds::recognise))
        .add(Needs(ManageBoards), routes!(embeds::reorder_embeds))
        .add(Needs(ManageBoards), routes!(embeds::allowed_hosts, embeds::set_allowed_hosts))
        .add(Needs(SeeFigures), routes!(embeds::get_embed))
        .add(Needs(ManageBoards), routes!(embeds::update_embed, embeds::delete_embed))
        .add(Needs(ManageBoards), routes!(embeds::set_secret))
        .add(Needs(ManageBoards), routes!(embeds::check_embed))
        .add(Needs(SeeFigures), routes!(embeds::view_embed))
        .into_parts()
}

/// Everything.
pub fn router(app: App) -> Router {
    let (api, document) = api(app.config.services.upload_max_bytes);
    // Whoever asks here is known by name; pages decide for themselves what strangers see.
    let known = api
        .layer(map_response(not_stored))
        .merge(pages::routes(&app))
        .layer(from_fn_with_state(app.clone(), authentication::identify))
        .layer(from_fn_with_state(csrf::protection(&app.config.services.public_url), csrf::protect));
    // Open to everyone; nothing here belongs to a shop.
    let open = Router::new()
        .route("/healthz", get(health::is_alive))
        .route("/livez", get(health::is_alive))
        .route("/readyz", get(health::is_ready))
        .route("/metrics", get(health::metrics))
        .route("/api/openapi.json", get(docs::json))
        .route("/api/docs", get(docs::page))
        .route("/api/docs.css", get(docs::style))
        .route("/api/{*unknown}", any(unknown_address))
        .layer(Extension(docs::Document::new(document, &app.config.services.public_url)));
    let files = pages::files(&app);
    surrounded(known.merge(open).merge(files), app)
}

/// What happens to every request, whichever route it takes. The last layer is the outermost.
pub fn surrounded(routes: Router<App>, app: App) -> Router {
    routes
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(RequestBodyTimeoutLayer::new(BODY_IDLE))
        .layer(from_fn(hurry))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CompressionLayer::new().compress_when(worth_compressing()))
        .layer(from_fn_with_state(app.clone(), security_headers::secure))
        .layer(from_fn(problems::finish))
        .layer(from_fn_with_state(app.clone(), request_log::observe))
        .with_state(app)
}

/// Texts, but not streams; scripts and WebAssembly of a release lie compressed beside themselves, fonts are so by nature.
fn worth_compressing() -> impl Predicate {
    let but_not = NotForContentType::const_new;
    DefaultPredicate::new()
        .and(but_not("text/csv"))
        .and(but_not("application/pdf"))
        .and(but_not(questions::LINES))
        // What server functions stream.
        .and(but_not("application/octet-stream"))
        .and(but_not("application/wasm"))
        .and(but_not("font/"))
}

/// Files take as long as they take; their senders are members.
async fn hurry(request: Request, next: Next) -> Response {
    if request.uri().path() == uploads::PATH {
        return next.run(request).await;
    }
    next.run(request.map(|body| Body::new(DeadlineBody::new(BODY_WHOLE, body)))).await
}

/// Tokens and figures belong in no cache.
async fn not_stored(mut response: Response) -> Response {
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn unknown_address() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "there is nothing at this address; /api/docs lists what there is")
}

/// Where it happened went to the log already, with the request's id.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, AppError::internal().message).into_response()
}
