//! Which crate may use which: `frontend → app → domain`; `app[ssr] → services → {columns, engine, entity} → domain`; `server → app, services, migration`.

use crate::tree::{assert_none, root};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Each crate with the crates of ours that it may name.
const ARROWS: [(&str, &[&str]); 9] = [
    ("columns", &["domain", "engine"]),
    ("domain", &[]),
    ("engine", &["domain"]),
    ("entity", &["domain"]),
    ("migration", &[]),
    ("services", &["columns", "domain", "engine", "entity", "migration"]),
    ("app", &["domain", "services"]),
    ("frontend", &["app"]),
    ("server", &["app", "domain", "migration", "services"]),
];

/// What is absent on purpose: no I/O, clock or randomness in the pure crates, no HTTP and no HTML below the server.
const ABSENT: [(&str, &[&str]); 6] = [
    ("columns", &["axum", "fred", "leptos", "rand", "reqwest", "sea-orm", "sqlx"]),
    ("domain", &["axum", "leptos", "rand", "reqwest", "sqlx", "tokio"]),
    ("engine", &["axum", "fred", "leptos", "rand", "reqwest", "sea-orm", "sqlx", "tokio"]),
    ("entity", &["axum", "fred", "leptos", "reqwest", "tokio"]),
    ("services", &["app", "axum", "leptos", "leptos_axum", "tower-http"]),
    ("migration", &["domain", "entity", "services"]),
];

struct Dependency {
    name: String,
    is_optional: bool,
    is_for_tests: bool,
}

fn workspace() -> BTreeMap<String, Vec<Dependency>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let dependency = |value: &Value| Dependency {
        name: value["name"].as_str().expect("a dependency has a name").to_owned(),
        is_optional: value["optional"] == Value::Bool(true),
        is_for_tests: value["kind"] == "dev",
    };
    let package = |value: &Value| {
        let dependencies = value["dependencies"].as_array().expect("a list").iter().map(dependency).collect();
        (value["name"].as_str().expect("a package has a name").to_owned(), dependencies)
    };
    metadata["packages"].as_array().expect("a list").iter().map(package).collect()
}

#[test]
fn every_crate_has_its_place() {
    let placed: BTreeSet<_> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(workspace().into_keys().collect::<BTreeSet<_>>(), placed, "a new crate needs its arrows here and in ARCHITECTURE.md");
}

#[test]
fn arrows_between_crates_point_downwards_only() {
    let crates = workspace();
    let upward = ARROWS.iter().flat_map(|(name, allowed)| {
        let ours = crates[*name].iter().filter(|used| crates.contains_key(&used.name) && !used.is_for_tests);
        ours.filter(|used| !allowed.contains(&used.name.as_str())).map(move |used| format!("{name} must not use {}", used.name))
    });
    assert_none("an arrow points upwards", upward.collect());
}

#[test]
fn the_browser_never_gets_the_services() {
    let crates = workspace();
    let services = crates["app"].iter().find(|used| used.name == "services").expect("app[ssr] calls services");
    assert!(services.is_optional, "app may use services with feature `ssr` only");
}

#[test]
fn what_is_absent_on_purpose_stays_absent() {
    let crates = workspace();
    let present = ABSENT.iter().flat_map(|(name, absent)| {
        let used = crates[*name].iter().filter(|used| !used.is_for_tests && !used.is_optional && absent.contains(&used.name.as_str()));
        used.map(move |used| format!("{name} must do without {}", used.name))
    });
    assert_none("a crate uses what it must do without", present.collect());
}
