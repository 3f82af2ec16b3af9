//! Lists the vendors' files, so that adding a vendor needs no code.

use std::fmt::Write;
use std::path::Path;

/// Relative to the crate: clones that share a target folder share this program and its list, too.
const FOLDER: &str = "src/ingestion/vendors";

#[expect(clippy::disallowed_methods, reason = "Cargo tells a build script its folders by the environment")]
fn main() {
    println!("cargo::rerun-if-changed={FOLDER}");
    let entries = std::fs::read_dir(FOLDER).expect("the folder of vendors is there");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("the folder reads").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut list = "&[\n".to_owned();
    for file in files {
        let file = format!("/{}", file.display());
        writeln!(list, "    include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?})),").expect("a text takes any text");
    }
    list.push(']');
    let out = std::env::var_os("OUT_DIR").expect("Cargo says where to write");
    std::fs::write(Path::new(&out).join("vendor_files.rs"), list).expect("the list is written");
}
