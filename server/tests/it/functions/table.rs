//! What each server function wants, and from whom. A new function has to be written down here, or be named public.

use domain::Role;
use domain::Role::{Admin, Viewer};

/// What strangers may call: entering, in its several ways, and opening a public link. Each of these counts its callers' tries.
pub(super) const PUBLIC: [&str; 11] = [
    "accounts/accept-invitation",
    "accounts/demo-is-open",
    "accounts/enter-demo",
    "accounts/forgot-password",
    "accounts/preview-invitation",
    "accounts/reset-password",
    "accounts/sign-in",
    "accounts/sign-up",
    "accounts/time-zones",
    "dashboards/shared",
    "dashboards/shared-pulse",
];

/// Public functions that are read with GET.
pub(super) const PUBLIC_READS: [&str; 4] = ["accounts/demo-is-open", "accounts/time-zones", "dashboards/shared", "dashboards/shared-pulse"];

/// Valid input in the function's own encoding. `<uploads>` and its like stand for ids of the shop's things.
#[derive(Clone, Copy)]
pub(super) enum Input {
    /// In the address of a GET. Whoever writes this down says that the function changes nothing.
    Query(&'static str),
    /// The body of a POST, as a form without a script sends it.
    Form(&'static str),
    /// The body of a POST, as JSON.
    Json(&'static str),
}
use Input::{Form, Json, Query};

impl Input {
    pub(super) fn text(self) -> &'static str {
        match self {
            Query(text) | Form(text) | Json(text) => text,
        }
    }
}

/// A function for members.
pub(super) struct Row {
    /// Its path below the functions' prefix.
    pub(super) path: &'static str,
    pub(super) input: Input,
    /// The lowest role that may call it.
    pub(super) lowest: Role,
}

impl Row {
    /// Whether its caller is signed out by it, or signed in anew.
    pub(super) fn ends_the_session(&self) -> bool {
        ["session/switch-merchant", "session/sign-out", "settings/sign-out-everywhere"].contains(&self.path)
    }

    /// Whether its input names something of one shop or one person, which is nothing to all others.
    pub(super) fn names_a_thing(&self) -> bool {
        self.input.text().contains('<')
    }
}

const fn row(path: &'static str, input: Input, lowest: Role) -> Row {
    Row { path, input, lowest }
}

const SHOP: Input = Form("input[name]=A%20shop&input[currency]=GBP&input[time_zone]=Europe/London&input[week_start]=1");
const PASSWORDS: Input = Form("input[current_password]=four+words+in+a+row&input[new_password]=four+words+in+a+row");
const MEANINGS: Input = Json(
    r#"{"answers": {"id": "<uploads>", "mapping": {"columns": {
        "order_number": "Order number", "ordered_at": "Order date", "quantity": "Quantity", "unit_price": "Unit price"}}}}"#,
);

const BOARD: Input =
    Json(r#"{"input": {"paste": "https://metabase.example.com/public/dashboard/5cf2e1ca-1b5a-4a2e-9d4c-0a6c1b2d3e4f", "title": "A board"}}"#);
const BOARD_SECRET: Input = Json(r#"{"id": "<embeds>", "fields": {"secret": "a secret that the tool gave"}}"#);

/// All functions for members, in an order in which none takes away what a later one names.
pub(super) const TABLE: [Row; 71] = [
    row("dashboards/sales", Query("query=range%3Dall"), Viewer),
    row("dashboards/what-changed", Query("measure=net_sales&query=range%3Dall"), Viewer),
    row("dashboards/list", Query(""), Viewer),
    row("dashboards/values", Query("dimension=product&text=mug"), Viewer),
    row("dashboards/board", Query("key=<dashboards>&query=range%3Dall"), Viewer),
    row("dashboards/rest", Query("key=<dashboards>&query=range%3Dall"), Viewer),
    row("dashboards/rows", Query("key=<dashboards>&place=0&query=range%3Dall"), Viewer),
    row("dashboards/versions", Query("key=<dashboards>"), Viewer),
    row("dashboards/preview", Json(r#"{"card": {"question": {"measures": ["orders"]}}, "query": "range=all"}"#), Viewer),
    row("dashboards/mark", Form("key=<dashboards>&is_favourite=true"), Viewer),
    row("dashboards/pulse", Query("key=<dashboards>"), Viewer),
    row("dashboards/links", Query("key=<dashboards>"), Role::Analyst),
    row("dashboards/create-link", Form("key=<dashboards>&input[name]=Screen&input[days]=30&input[view]=range%3D30d"), Role::Analyst),
    row("dashboards/revoke-link", Form("key=<dashboards>&id=<links>"), Role::Analyst),
    row("dashboards/save", Json(r#"{"key": "<dashboards>", "input": {"title": "Mine", "cards": []}}"#), Role::Analyst),
    row("dashboards/share", Form("key=<dashboards>&viewers=true&analysts=true"), Role::Analyst),
    row("dashboards/restore", Form("key=<dashboards>&version=1"), Role::Analyst),
    row("dashboards/archive", Form("key=<dashboards>&is_archived=true"), Role::Analyst),
    row("dashboards/delete", Form("key=<dashboards>"), Role::Analyst),
    row("session/me", Query(""), Viewer),
    row("settings/api-keys", Query(""), Admin),
    row("settings/audit", Query("before=9000000000000"), Admin),
    row("settings/invitations", Query(""), Admin),
    row("settings/members", Query(""), Admin),
    row("settings/sessions", Query(""), Viewer),
    row("settings/notices", Query(""), Viewer),
    row("settings/choose-notices", Form("choice[upload_notices]=problems"), Viewer),
    row("jobs/list", Query(""), Admin),
    row("sources/uploads", Query(""), Viewer),
    row("sources/some-uploads", Query("origin=file"), Viewer),
    row("sources/kept-file", Query("id=<uploads>"), Viewer),
    row("sources/upload", Query("id=<uploads>"), Viewer),
    row("sources/issues", Query("id=<uploads>"), Viewer),
    row("sources/quality", Query("id=<uploads>"), Viewer),
    row("sources/quality-page", Query("id=<uploads>"), Viewer),
    row("sources/rows", Query("id=<uploads>&lines=2,3"), Role::Analyst),
    row("sources/mapping-preview", Query("id=<uploads>"), Role::Analyst),
    row("sources/try-mapping", MEANINGS, Role::Analyst),
    row("sources/map", MEANINGS, Role::Analyst),
    row("sources/undo-preview", Query("id=<uploads>"), Role::Analyst),
    row("sources/reprocess", Form("id=<uploads>"), Role::Analyst),
    row("sources/undo", Form("id=<uploads>"), Role::Analyst),
    row("sources/cancel", Form("id=<uploads>"), Role::Analyst),
    row("jobs/retry", Form("id=<jobs>"), Admin),
    row("jobs/cancel", Form("id=<jobs>"), Admin),
    row("settings/update-merchant", SHOP, Admin),
    row("settings/invite", Form("input[email]=someone%40example.com&input[role]=viewer"), Admin),
    row("settings/revoke-invitation", Form("id=<invitations>"), Admin),
    row("settings/create-api-key", Form("input[name]=A+key&input[role]=viewer"), Admin),
    row("settings/revoke-api-key", Form("id=<api-keys>"), Admin),
    row("settings/change-role", Form("user_id=<members>&role=viewer"), Admin),
    row("settings/change-store", Form("user_id=<members>&store=Leeds"), Admin),
    row("settings/remove-member", Form("user_id=<members>"), Admin),
    row("settings/end-session", Form("id=<sessions>"), Viewer),
    row("settings/change-password", PASSWORDS, Viewer),
    row("embeds/visible", Query(""), Viewer),
    row("embeds/get", Query("id=<embeds>"), Viewer),
    row("embeds/view", Form("id=<embeds>"), Viewer),
    row("embeds/list", Query(""), Admin),
    row("embeds/recognise", Json(r#"{"paste": "https://metabase.example.com/public/dashboard/0d0b7a3c-6f4e-4b8e-9d5c-2f8f0a3a7c11"}"#), Admin),
    row("embeds/create", BOARD, Admin),
    row("embeds/update", Json(r#"{"id": "<embeds>", "patch": {"title": "Another name"}}"#), Admin),
    row("embeds/reorder", Json(r#"{"ids": ["<embeds>"]}"#), Admin),
    row("embeds/set-secret", BOARD_SECRET, Admin),
    row("embeds/check", Form("id=<embeds>"), Admin),
    row("embeds/hosts", Query(""), Admin),
    row("embeds/set-hosts", Json(r#"{"hosts": ["metabase.example.com"]}"#), Admin),
    row("embeds/delete", Form("id=<embeds>"), Admin),
    row("session/switch-merchant", Form("merchant_id=<shop>"), Viewer),
    row("session/sign-out", Form(""), Viewer),
    row("settings/sign-out-everywhere", Form(""), Viewer),
];
