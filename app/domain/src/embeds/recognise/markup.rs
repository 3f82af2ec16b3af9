//! Just enough HTML to read a snippet: tags, their attributes in any order and quoting, and entities.

/// A tag with its attributes, names in lower case.
pub(super) struct Tag {
    /// Its name.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// An attribute's value, the first of its name, as browsers take it.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }
}

/// The opening tags of a text. Comments and what stands inside scripts and styles are no tags.
pub(super) fn tags(text: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (tag, after) = tag(rest);
            rest = if matches!(tag.name.as_str(), "script" | "style") { after_closing(after, &tag.name) } else { after };
            found.push(tag);
        }
    }
    found
}

/// What follows `</name`, whatever its case.
fn after_closing<'a>(text: &'a str, name: &str) -> &'a str {
    let closing = format!("</{name}");
    text.to_ascii_lowercase().find(&closing).map_or("", |at| &text[at + closing.len()..])
}

fn tag(text: &str) -> (Tag, &str) {
    let end = text.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(text.len());
    let mut tag = Tag { name: text[..end].to_ascii_lowercase(), attributes: Vec::new() };
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            return (tag, rest.strip_prefix('>').unwrap_or(rest));
        }
        let (name, value, after) = attribute(rest);
        tag.attributes.push((name, value));
        rest = after;
    }
}

fn attribute(text: &str) -> (String, String, &str) {
    // A first `=` belongs to the name, as browsers read it.
    let first = text.chars().next().map_or(0, char::len_utf8);
    let end = text[first..].find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).map_or(text.len(), |at| at + first);
    let name = text[..end].to_ascii_lowercase();
    let Some(after) = text[end..].trim_start().strip_prefix('=') else { return (name, String::new(), &text[end..]) };
    let (value, rest) = value(after.trim_start());
    (name, decoded(value), rest)
}

fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\'', '“', '‘'] {
        let Some(inside) = text.strip_prefix(quote) else { continue };
        // Word processors turn quotes into curly ones.
        let closing: &[char] = if quote == '“' {
            &['”', '“']
        } else if quote == '‘' {
            &['’', '‘']
        } else {
            &[quote]
        };
        return match inside.find(closing) {
            Some(at) => (&inside[..at], inside[at..].trim_start_matches(closing)),
            None => (inside, ""),
        };
    }
    text.split_at(text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len()))
}

/// A text with its entities decoded, once.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match entity(rest) {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character that an entity at the text's start stands for, and the entity's length.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let c = match name {
        "amp" | "AMP" => '&',
        "quot" | "QUOT" => '"',
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "colon" => ':',
        "sol" => '/',
        "Tab" => '\t',
        "NewLine" => '\n',
        _ => number(name.strip_prefix('#')?)?,
    };
    Some((c, end + 1))
}

fn number(digits: &str) -> Option<char> {
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code)
}
