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

/// Each crate has a folder with a `Cargo.toml`.
#[test]
fn the_map_names_every_crate() {
    let mapped = mapped();
    let crates = tracked_files().into_iter().filter_map(|path| path.strip_suffix("/Cargo.toml").map(str::to_owned));
    let unmapped =
        crates.filter(|folder| !folder.ends_with("/fuzz") && !mapped.contains(folder)).map(|folder| format!("{folder}/ is not on the map"));
    assert_none("README.md", unmapped.collect());
}

/// Comments of the scripts name files by their path, as the documents do.
#[test]
fn scripts_of_the_page_name_only_paths_that_exist() {
    let scripts = tracked_files().into_iter().filter(|path| path.starts_with("public/js/") && path.ends_with(".js") && !path.contains("echarts"));
    let mut gone = Vec::new();
    for script in scripts {
        let words = required(&script);
        let words =
            words.lines().filter(|line| line.trim_start().starts_with(['/', '*'])).flat_map(|line| line.split([' ', '(', ')', ',', ':', '`']));
        let paths = words.map(|word| word.trim_end_matches('.')).filter(|word| word.starts_with("app/") || word.starts_with("public/js/"));
        gone.extend(paths.filter(|path| !root().join(path).exists()).map(|path| format!("{script}: {path} does not exist")));
    }
    assert_none("paths that are gone", gone);
}

/// Dark is chosen by the machine or by a person: the same colours twice, because older browsers know no shorter way to say it.
#[test]
fn dark_is_the_same_whoever_chooses_it() {
    let tokens = required("style/tokens.css");
    let colours = |selector: &str| -> Vec<String> {
        let block = tokens.split_once(selector).expect("the selector is there").1.split('}').next().expect("it ends");
        block.lines().map(|line| line.trim().to_owned()).collect()
    };
    assert_eq!(colours(r#":root:not([data-theme="light"]) {"#), colours(r#":root[data-theme="dark"] {"#));
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
