//! What must not stand in a view, because Leptos would send it as it is.

use std::path::Path;

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder of this crate") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).expect("a source file")));
        }
    }
}

#[test]
fn no_view_sends_text_unescaped() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    assert!(files.len() > 40);
    for (path, text) in files {
        assert!(!text.contains("inner_html"), "{path}: text given to inner_html is not escaped");
        for (at, _) in text.match_indices("<textarea") {
            let element = &text[at..];
            let end = element.find('>').expect("an end of the element");
            assert!(
                element[..end].ends_with('/') || element[end + 1..].trim_start().starts_with("</textarea>"),
                "{path}: give a textarea its text by prop:value"
            );
        }
    }
}
