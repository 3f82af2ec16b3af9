//! What a frame is allowed, tool by tool: what it needs and no more.

use super::tool::EmbedTool;
use std::collections::BTreeSet;

/// The frame's `sandbox`. The frame is never of our own origin, so `allow-same-origin` gives it its own storage only.
pub fn sandbox(tool: EmbedTool) -> &'static str {
    match tool {
        // Google's own snippet, word for word.
        EmbedTool::LookerStudio => {
            "allow-storage-access-by-user-activation allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        }
        // Signing in happens in a window of Microsoft's.
        EmbedTool::PowerBiSecure => {
            "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-storage-access-by-user-activation"
        }
        EmbedTool::PowerBiApp | EmbedTool::PowerBiPublic => "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox",
        // What @superset-ui/embedded-sdk sets.
        EmbedTool::SupersetEmbedded => "allow-same-origin allow-scripts allow-presentation allow-downloads allow-forms allow-popups",
        EmbedTool::MetabasePublic | EmbedTool::MetabaseSigned => "allow-scripts allow-same-origin allow-downloads allow-popups",
        EmbedTool::Looker | EmbedTool::Tableau | EmbedTool::Grafana => {
            "allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox allow-storage-access-by-user-activation"
        }
        EmbedTool::LookerSigned | EmbedTool::TableauPublic | EmbedTool::Lightdash => {
            "allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox"
        }
        EmbedTool::Generic => "allow-scripts allow-same-origin allow-forms allow-popups",
    }
}

/// The frame's `allow`: full screen, and nothing of the viewer's device.
pub fn allow(tool: EmbedTool) -> &'static str {
    match tool {
        EmbedTool::LookerStudio | EmbedTool::Looker | EmbedTool::Tableau | EmbedTool::PowerBiSecure | EmbedTool::Grafana => {
            "fullscreen; storage-access"
        }
        _ => "fullscreen",
    }
}

/// The frame's `referrerpolicy`. Superset and Looker check where they are embedded by it; nobody needs more than our origin.
pub fn referrer_policy(tool: EmbedTool) -> &'static str {
    match tool {
        EmbedTool::Generic => "no-referrer",
        _ => "strict-origin-when-cross-origin",
    }
}

/// The distinct origins for `frame-src`, in order. Callers give the enabled boards of one merchant that the member may see.
pub fn frame_origins<'a>(origins: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    origins.into_iter().collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_frame_may_leave_its_place_or_ask_for_the_device() {
        for tool in EmbedTool::ALL {
            assert!(!sandbox(tool).contains("allow-top-navigation"), "{tool}");
            assert!(!sandbox(tool).contains("allow-modals") && !sandbox(tool).contains("allow-pointer-lock"), "{tool}");
            assert!(allow(tool).split("; ").all(|feature| ["fullscreen", "storage-access"].contains(&feature)), "{tool}");
        }
    }

    #[test]
    fn superset_learns_our_origin_and_an_unknown_page_nothing() {
        assert_ne!(referrer_policy(EmbedTool::SupersetEmbedded), "no-referrer");
        assert_eq!(referrer_policy(EmbedTool::Generic), "no-referrer");
    }

    #[test]
    fn origins_are_said_once() {
        assert_eq!(frame_origins(["https://b.example", "https://a.example", "https://b.example"]), ["https://a.example", "https://b.example"]);
    }
}
