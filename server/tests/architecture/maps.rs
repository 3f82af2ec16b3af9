//! README.md and ARCHITECTURE.md speak of the tree as it is today.

use crate::tree::{assert_none, required, root, tracked_files};
use std::collections::BTreeSet;

fn top_level_folders() -> BTreeSet<String> {
    let folders = tracked_files().into_iter().filter_map(|path| path.split_once('/').map(|(folder, _)| folder.to_owned()));
    folders.filter(|folder| !folder.starts_with('.')).collect()
}

/// The folders that the README's map lists: the first word of each line of the fenced block under "## Map".
fn mapped() -> BTreeSet<String> {
    let readme = required("README.md");
    let section = readme.split("\n## Map\n").nth(1).expect("README.md has a section `Map`");
    let block = section.split("```").nth(1).expect("the map is a fenced block");
    block.lines().filter_map(|line| line.split_whitespace().next()).filter_map(|word| word.strip_suffix('/')).map(str::to_owned).collect()
}

#[test]
fn the_map_names_every_top_level_folder() {
    let mapped = mapped();
    let unmapped = top_level_folders().into_iter().filter(|folder| !mapped.contains(folder));
    assert_none("README.md", unmapped.map(|folder| format!("{folder}/ is not on the map")).collect());
}

#[test]
fn the_map_names_only_folders_that_exist() {
    let gone = mapped().into_iter().filter(|folder| !root().join(folder).is_dir()).map(|folder| format!("{folder}/ does not exist"));
    assert_none("README.md", gone.collect());
}

/// Words in back-ticks that begin with one of our folders are paths, and paths that are named exist.
#[test]
fn the_documents_name_only_paths_that_exist() {
    let folders = top_level_folders();
    let mut gone = Vec::new();
    for document in ["README.md", "ARCHITECTURE.md"] {
        for word in required(document).split('`').skip(1).step_by(2) {
            let is_path = word.split_once('/').is_some_and(|(first, _)| folders.contains(first)) && !word.contains([' ', '*', '<', '…', '{']);
            if is_path && !root().join(word).exists() {
                gone.push(format!("{document}: {word} does not exist"));
            }
        }
    }
    assert_none("paths that are gone", gone);
}
