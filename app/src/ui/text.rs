/// A message as a sentence: a capital first and a full stop last. Errors are written without either, so that they can be joined.
pub fn sentence(message: &str) -> String {
    let mut letters = message.trim().chars();
    let mut text: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    if text.ends_with(|last: char| last.is_alphanumeric() || matches!(last, ')' | '”' | '%')) {
        text.push('.');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn a_message_becomes_a_sentence_once() {
        assert_eq!(sentence("enter a name"), "Enter a name.");
        assert_eq!(sentence("Done. "), "Done.");
        assert_eq!(sentence("“soon” is no day; try 2011-11-30"), "“soon” is no day; try 2011-11-30.");
        assert_eq!(sentence(""), "");
    }
}
