//! The API's document, for programs as JSON and for people as a page.

use crate::http::problems::escape;
use crate::problem::KINDS;
use axum::Extension;
use axum::http::{HeaderName, header};
use axum::response::Html;
use bytes::Bytes;
use serde_json::Value;
use std::fmt::Write as _;
use std::sync::Arc;
use utoipa::openapi::OpenApi;

/// Both forms, made once.
#[derive(Clone)]
pub(crate) struct Document {
    json: Bytes,
    page: Arc<str>,
}

impl Document {
    pub(crate) fn new(document: OpenApi, public_url: &str) -> Self {
        let value = serde_json::to_value(&document).expect("the document is plain data");
        let json = serde_json::to_vec_pretty(&value).expect("the document is plain data").into();
        Self { json, page: render(&value, public_url).into() }
    }
}

const CACHE: (HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=300");

pub(crate) async fn json(Extension(document): Extension<Document>) -> ([(HeaderName, &'static str); 2], Bytes) {
    ([(header::CONTENT_TYPE, "application/json"), CACHE], document.json)
}

pub(crate) async fn page(Extension(document): Extension<Document>) -> ([(HeaderName, &'static str); 1], Html<String>) {
    ([CACHE], Html(document.page.to_string()))
}

pub(crate) async fn style() -> ([(HeaderName, &'static str); 2], &'static str) {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), CACHE], include_str!("docs.css"))
}

/// An operation as it stands in the document.
struct Operation<'a> {
    method: &'a str,
    path: &'a str,
    tag: &'a str,
    body: &'a Value,
}

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths
        .flat_map(|(path, item)| METHODS.iter().filter_map(move |method| Some((path, *method, item.get(*method)?))))
        .map(|(path, method, body)| Operation { method, path, tag: body["tags"][0].as_str().unwrap_or_default(), body })
        .collect()
}

/// Sections in the order in which an integrator needs them; a test holds that none is missing.
const TAGS: [&str; 9] = ["Signing in", "Uploads", "Orders", "Figures", "Boards", "Shop", "Members", "API keys", "Jobs"];

fn render(document: &Value, public_url: &str) -> String {
    let operations = operations(document);
    let mut html = String::with_capacity(64 * 1024);
    let _ = write!(
        html,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>API · Tradepost</title><link rel=\"stylesheet\" href=\"/api/docs.css\"></head><body>\
         <header><h1>Tradepost API</h1><p>{}</p><p><a href=\"/api/openapi.json\">openapi.json</a> · <a href=\"/\">Tradepost</a></p></header><nav><ul>",
        text(&document["info"]["description"])
    );
    for tag in TAGS {
        let _ = write!(html, "<li><a href=\"#{}\">{}</a></li>", anchor(tag), escape(tag));
    }
    html.push_str("<li><a href=\"#types\">Types</a></li><li><a href=\"#problems\">Problems</a></li></ul></nav><main>");
    html.push_str(&FIRST_STEPS.replace("{address}", &escape(public_url)));
    for tag in TAGS {
        let _ = write!(html, "<section id=\"{}\"><h2>{}</h2>", anchor(tag), escape(tag));
        for operation in operations.iter().filter(|operation| operation.tag == tag) {
            render_operation(&mut html, operation);
        }
        html.push_str("</section>");
    }
    render_types(&mut html, document);
    render_problems(&mut html);
    html.push_str("</main></body></html>");
    html
}

const FIRST_STEPS: &str = "<section><h2>First steps</h2><p>Make a key under Settings, API keys, or sign in:</p>\
    <pre><code>curl -s {address}/api/v1/auth/sign-in -H 'content-type: application/json' \\\n  -d '{\"email\": \"ada@example.com\", \
    \"password\": \"four words in a row\"}'</code></pre><p>Then send the key or the access token with every request:</p>\
    <pre><code>curl -s {address}/api/v1/uploads -H \"authorization: Bearer $TOKEN\" -F file=@orders.csv\n\
    curl -s {address}/api/v1/query -H \"authorization: Bearer $TOKEN\" -H 'content-type: application/json' \\\n  \
    -d '{\"measures\": [\"net_sales\"], \"time\": {\"grain\": \"month\"}}'</code></pre></section>";

fn render_operation(html: &mut String, operation: &Operation<'_>) {
    let body = operation.body;
    let access = body["x-access"].as_str().unwrap_or_default();
    let who = if access == "public" { "anyone".to_owned() } else { format!("{access} and above") };
    let _ = write!(
        html,
        "<article id=\"{}\"><h3><span class=\"method {method}\">{method}</span> <code>{}</code></h3><p>{}</p>",
        text(&body["operationId"]),
        escape(operation.path),
        text(&body["summary"]),
        method = operation.method,
    );
    if let Some(more) = body["description"].as_str() {
        let _ = write!(html, "<p>{}</p>", marked(more));
    }
    let _ = write!(html, "<dl><dt>May be called by</dt><dd>{}</dd>", escape(&who));
    for parameter in body["parameters"].as_array().into_iter().flatten() {
        let _ = write!(
            html,
            "<dt><code>{}</code> in {}</dt><dd>{} {}</dd>",
            text(&parameter["name"]),
            text(&parameter["in"]),
            type_of(&parameter["schema"]),
            text(&parameter["description"])
        );
    }
    for (kind, content) in body["requestBody"]["content"].as_object().into_iter().flatten() {
        let _ = write!(html, "<dt>Takes</dt><dd>{} <small>{}</small></dd>", type_of(&content["schema"]), escape(kind));
        if let Some(example) = content.get("example") {
            let _ = write!(
                html,
                "<dt>For example</dt><dd><pre><code>{}</code></pre></dd>",
                escape(&serde_json::to_string_pretty(example).unwrap_or_default())
            );
        }
    }
    for (status, response) in body["responses"].as_object().into_iter().flatten().filter(|(status, _)| *status != "default") {
        let content = response["content"].as_object().into_iter().flatten().map(|(_, content)| type_of(&content["schema"])).collect::<String>();
        let _ = write!(html, "<dt>Answers {}</dt><dd>{}</dd>", escape(status), if content.is_empty() { "nothing" } else { &content });
    }
    html.push_str("</dl></article>");
}

fn render_types(html: &mut String, document: &Value) {
    html.push_str("<section id=\"types\"><h2>Types</h2>");
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        let _ = write!(html, "<article id=\"type-{0}\"><h3><code>{0}</code></h3><p>{1}</p>", escape(name), text(&schema["description"]));
        let fields = schema["properties"].as_object();
        if fields.is_none() {
            let _ = write!(html, "<p>{}</p>", type_of(schema));
        }
        html.push_str("<dl>");
        let required = |field: &str| schema["required"].as_array().is_some_and(|names| names.iter().any(|name| name == field));
        for (field, of) in fields.into_iter().flatten() {
            let optional = if required(field) { "" } else { " <small>optional</small>" };
            let _ = write!(html, "<dt><code>{}</code>{optional}</dt><dd>{} {}</dd>", escape(field), type_of(of), text(&of["description"]));
        }
        html.push_str("</dl></article>");
    }
    html.push_str("</section>");
}

fn render_problems(html: &mut String) {
    html.push_str("<section id=\"problems\"><h2>Problems</h2><p>Every refusal is <code>application/problem+json</code>. Its <code>type</code> is one of these:</p><dl>");
    for (word, status, title) in KINDS {
        let _ = write!(html, "<dt id=\"problem-{word}\"><code>{word}</code> {status}</dt><dd>{title}.</dd>");
    }
    html.push_str("</dl></section>");
}

/// A schema in a few words, with links to named types.
fn type_of(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return format!("<a href=\"#type-{0}\"><code>{0}</code></a>", escape(name));
    }
    if let Some(parts) = ["oneOf", "anyOf", "allOf"].iter().find_map(|key| schema[key].as_array()) {
        return parts.iter().map(type_of).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" or ");
    }
    if let Some(values) = schema["enum"].as_array() {
        return values.iter().map(|value| format!("<code>{}</code>", text(value))).collect::<Vec<_>>().join(" ");
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        kind => kind.as_str().unwrap_or_default().to_owned(),
    };
    match kind.as_str() {
        "array" => format!("list of {}", type_of(&schema["items"])),
        _ => schema["format"].as_str().map_or(kind.clone(), |format| format!("{kind} ({})", escape(format))),
    }
}

fn text(value: &Value) -> String {
    marked(value.as_str().unwrap_or_default())
}

/// Escaped text, with what stands between back-ticks as code.
fn marked(text: &str) -> String {
    let parts = text.split('`').map(escape).enumerate();
    parts.map(|(index, part)| if index % 2 == 1 { format!("<code>{part}</code>") } else { part }).collect()
}

fn anchor(tag: &str) -> String {
    tag.to_lowercase().replace(' ', "-")
}
