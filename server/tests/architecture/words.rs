//! What must not stand in a tracked file: one machine's paths, addresses of registries, work left undone.

use crate::tree::{assert_none, text, tracked_files};

/// Parted, so that this file does not find itself.
const FORBIDDEN: [(&str, &str); 9] = [
    (concat!("/ro", "ot/"), "a path of one machine"),
    (concat!("/wo", "rk/"), "a path of one machine"),
    (concat!("registry.", "npmjs.org"), "a registry's address"),
    (concat!("static.", "crates.io"), "a registry's address"),
    (concat!("deb.", "debian.org"), "a registry's address"),
    (concat!("pypi", ".org"), "a registry's address"),
    (concat!("TO", "DO"), "work left undone: do it, or open an issue"),
    (concat!("FIX", "ME"), "work left undone: do it, or open an issue"),
    (concat!("<<<<", "<<< "), "a conflict's mark"),
];

#[test]
fn no_tracked_file_holds_a_forbidden_word() {
    let mut found = Vec::new();
    for path in tracked_files() {
        // Minified bundles of others hold whatever they hold.
        if path == "Cargo.lock" || path.starts_with("public/js/") {
            continue;
        }
        let Some(content) = text(&path) else { continue };
        for (number, line) in content.lines().enumerate() {
            for (word, why) in FORBIDDEN {
                if line.contains(word) {
                    found.push(format!("{path}:{} holds {word}: {why}", number + 1));
                }
            }
        }
    }
    assert_none("forbidden words", found);
}

#[test]
fn every_script_stops_at_the_first_error() {
    let is_script = |path: &String| path.starts_with("scripts/") && text(path).is_some_and(|content| content.starts_with("#!/usr/bin/env bash"));
    let careless = tracked_files().into_iter().filter(is_script).filter(|path| {
        let content = text(path).unwrap_or_default();
        !content.contains("set -euo pipefail") && !content.contains("/lib.sh\"")
    });
    assert_none("scripts without `set -euo pipefail`", careless.collect());
}
