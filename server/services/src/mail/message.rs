//! A row of the outbox as a message: plain text, and the same as simple HTML.

use std::time::{Duration, UNIX_EPOCH};

use anyhow::Context;
use entity::mail;
use lettre::Message;
use lettre::message::header::{ContentDisposition, ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};

/// Where a message goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// To a mail server, encoded as servers like it best.
    Server,
    /// Into a file, unencoded, so that a person can read it and copy its link.
    File,
}

/// Builds it; the addresses are parsed, so that no text in them becomes a header.
pub(super) fn build(row: &mail::Model, from: &str, way: Way, table: Option<String>) -> anyhow::Result<Message> {
    let from: Mailbox = from.parse().context("the sender in MAIL_FROM is not an address such as Shop <shop@example.com>")?;
    let to = Mailbox::new(None, row.to_address.parse().context("the receiver is not an address mail can go to")?);
    let id = format!("<{}@{}>", row.id.simple(), from.email.domain());
    let written_at = UNIX_EPOCH + Duration::from_millis(row.created_at.unsigned_abs());
    let plain = part(row.body.clone(), ContentType::TEXT_PLAIN, way);
    let both = MultiPart::alternative().singlepart(plain).singlepart(part(html(&row.body), ContentType::TEXT_HTML, way));
    // A mail that is sent twice after a crash keeps its id, so that many mailboxes show it once.
    let whole = match table {
        Some(table) => MultiPart::mixed().multipart(both).singlepart(attached(table, way)?),
        None => both,
    };
    Ok(Message::builder().from(from).to(to).subject(&row.subject).message_id(Some(id)).date(written_at).multipart(whole)?)
}

/// Rejected rows, as a file beside the words.
fn attached(table: String, way: Way) -> anyhow::Result<SinglePart> {
    let kind = ContentType::parse("text/csv; charset=utf-8")?;
    Ok(SinglePart::builder().header(kind).header(ContentDisposition::attachment("rejected-rows.csv")).body(body(table, way)))
}

fn part(text: String, kind: ContentType, way: Way) -> SinglePart {
    SinglePart::builder().header(kind).body(body(text, way))
}

fn body(text: String, way: Way) -> Body {
    match way {
        Way::Server => Body::new(text),
        // The library would fold lines of more than 76 characters, and links with them.
        Way::File => {
            let lines = text.replace("\r\n", "\n").replace('\n', "\r\n");
            Body::dangerous_pre_encoded(lines.into_bytes(), ContentTransferEncoding::EightBit)
        }
    }
}

fn html(body: &str) -> String {
    let paragraph = |text: &str| {
        let escaped = escape(text.trim()).replace('\n', "<br>");
        match text.trim() {
            link if link.starts_with("http") && !link.contains(char::is_whitespace) => format!("<p><a href=\"{escaped}\">{escaped}</a></p>"),
            _ => format!("<p>{escaped}</p>"),
        }
    };
    let paragraphs: Vec<String> = body.split("\n\n").filter(|text| !text.trim().is_empty()).map(paragraph).collect();
    format!(
        "<!doctype html><html lang=\"en\"><body style=\"font-family:sans-serif;font-size:15px;line-height:1.5;max-width:34em\">\n{}\n</body></html>\n",
        paragraphs.join("\n")
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(to: &str, subject: &str, body: &str) -> mail::Model {
        mail::Model {
            id: uuid::Uuid::nil(),
            merchant_id: None,
            to_address: to.to_owned(),
            subject: subject.to_owned(),
            body: body.to_owned(),
            state: "queued".to_owned(),
            attempts: 0,
            last_error: None,
            created_at: 1_700_000_000_000,
            sent_at: None,
            issues_of: None,
        }
    }

    const FROM: &str = "Tradepost <tradepost@example.com>";

    #[test]
    fn a_mail_has_both_forms_and_links_can_be_clicked() {
        let body = "Hello <Ada>,\n\nhttp://127.0.0.1:3000/x?token=a_b\n";
        let text = String::from_utf8(build(&row("ada@example.com", "Hello", body), FROM, Way::File, None).unwrap().formatted()).unwrap();
        assert!(text.contains("Hello <Ada>,") && text.contains("Hello &lt;Ada&gt;,"), "{text}");
        assert!(text.contains("<a href=\"http://127.0.0.1:3000/x?token=a_b\">"), "{text}");
        assert!(text.contains("Tue, 14 Nov 2023"), "{text}");
    }

    #[test]
    fn nothing_in_a_field_becomes_another_header() {
        assert!(build(&row("ada@example.com\r\nBcc: eve@example.com", "Hello", "x"), FROM, Way::Server, None).is_err());
        let sneaky = build(&row("ada@example.com", "Hello\r\nBcc: eve@example.com", "x"), FROM, Way::Server, None).unwrap();
        let text = String::from_utf8(sneaky.formatted()).unwrap();
        assert!(!text.lines().any(|line| line.starts_with("Bcc:")), "{text}");
    }
}
