//! What an admin gives once so that we can sign for a tool.

use super::tool::EmbedTool;
use serde::{Deserialize, Serialize};

/// One field of a tool's secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecretField {
    /// Its name in the secret's map.
    pub name: String,
    /// What the tool's own pages call it.
    pub label: String,
    /// Where to find it.
    pub hint: String,
    /// Whether signing works without it.
    pub is_required: bool,
    /// Whether it may be shown while it is typed: an id rather than a key.
    pub is_visible: bool,
}

/// The fields of a tool's secret; empty for tools that we do not sign for.
pub fn secret_fields(tool: EmbedTool) -> Vec<SecretField> {
    match tool {
        EmbedTool::MetabaseSigned => vec![key("secret", "Embedding secret key", "Metabase: Admin, Embedding, Static embedding")],
        EmbedTool::SupersetEmbedded => vec![
            key("secret", "Guest token secret", "GUEST_TOKEN_JWT_SECRET in Superset's configuration"),
            SecretField {
                is_required: false,
                ..id("audience", "Audience", "GUEST_TOKEN_JWT_AUDIENCE in Superset's configuration; empty: Superset's own address")
            },
        ],
        EmbedTool::Lightdash => vec![key("secret", "Embed secret", "Lightdash: Project settings, Embed configuration")],
        EmbedTool::LookerSigned => vec![
            key("secret", "Embed secret", "Looker: Admin, Platform, Embed"),
            id("models", "Models", "The LookML models behind the board, separated by commas"),
            SecretField { is_required: false, ..id("group_ids", "Group IDs", "Looker groups that viewers belong to, separated by commas") },
        ],
        EmbedTool::Tableau => vec![
            id("client_id", "Client ID", "Tableau: Settings, Connected Apps, your app"),
            id("secret_id", "Secret ID", "Tableau: Settings, Connected Apps, your app"),
            key("secret", "Secret value", "Tableau: Settings, Connected Apps, your app"),
            SecretField {
                is_required: false,
                ..id("user", "Tableau user", "The user whose rights every viewer has; empty: the member's e-mail address")
            },
        ],
        EmbedTool::PowerBiApp => vec![
            id("tenant_id", "Directory (tenant) ID", "Entra: App registrations, your app"),
            id("client_id", "Application (client) ID", "Entra: App registrations, your app"),
            key("secret", "Client secret value", "Entra: Certificates & secrets"),
        ],
        _ => Vec::new(),
    }
}

fn key(name: &str, label: &str, hint: &str) -> SecretField {
    SecretField { name: name.to_owned(), label: label.to_owned(), hint: hint.to_owned(), is_required: true, is_visible: false }
}

fn id(name: &str, label: &str, hint: &str) -> SecretField {
    SecretField { is_visible: true, ..key(name, label, hint) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_that_needs_a_secret_says_which_fields() {
        for tool in EmbedTool::ALL {
            let fields = secret_fields(tool);
            assert!(!tool.needs_secret() || fields.iter().any(|field| field.is_required), "{tool}");
        }
    }
}
