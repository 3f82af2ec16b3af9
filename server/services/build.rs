//! A name for what answers are made of: it changes with the sources, and is the same wherever the same sources are compiled.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// The crates that an answer goes through, and the versions of those of others. Relative to the crate: all clones give the same name.
const SOURCES: [&str; 7] =
    ["src", "../columns/src", "../engine/src", "../../app/domain/src", "../../entity/src", "../../migration/src", "../../Cargo.lock"];

fn main() {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        for file in files(Path::new(source)) {
            file.hash(&mut hasher);
            std::fs::read(&file).expect("a source reads").hash(&mut hasher);
        }
    }
    println!("cargo::rustc-env=SOURCES_HASH={:016x}", hasher.finish());
}

/// A file, or all files of a folder, in the same order on every machine.
fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = std::fs::read_dir(path).expect("the folder is there");
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder reads").path()).collect();
    entries.sort();
    entries.iter().flat_map(|entry| files(entry)).collect()
}
