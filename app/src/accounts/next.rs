//! Where to go after signing in.

/// Where everybody goes who did not ask for a page.
const HOME: &str = "/sales";

/// An address of this site, or the sales page. Anything that a browser could read as another site is refused.
pub(crate) fn safe_next(next: &str) -> &str {
    let is_path = next.starts_with('/') && !next.starts_with("//") && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let is_entry = ["/sign-in", "/sign-up", "/api/"].iter().any(|entry| next.starts_with(entry));
    if is_path && !is_entry { next } else { HOME }
}

#[cfg(test)]
mod tests {
    use super::safe_next;

    #[test]
    fn a_page_of_this_site_is_gone_back_to() {
        assert_eq!(safe_next("/settings/members?tab=open#top"), "/settings/members?tab=open#top");
    }

    #[test]
    fn no_other_site_is_ever_gone_to() {
        for next in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
            "/a\r\nb",
            "/sign-in?next=/sign-in",
        ] {
            assert_eq!(safe_next(next), "/sales", "{next:?}");
        }
    }
}
