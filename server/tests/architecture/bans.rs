//! The bans of clippy.toml are there, and what is expected against them stays at the edge.

use crate::tree::{assert_none, required, text, tracked_files};

const BANNED: [&str; 6] = ["chrono::Utc::now", "std::time::SystemTime::now", "std::env::var", "std::env::var_os", "rand::rng", "uuid::Uuid::now_v7"];

/// Where the world outside is touched: the clock, randomness, the environment, a build script, and tests that are told where their servers are.
const EDGE: [&str; 4] = ["server/services/src/clock.rs", "server/services/src/random.rs", "server/src/config/", "server/engine/build.rs"];

#[test]
fn time_randomness_and_environment_are_banned_by_a_lint() {
    let settings = required("clippy.toml");
    let missing = BANNED.iter().filter(|path| !settings.contains(&format!("path = \"{path}\""))).map(|path| format!("{path} is not banned"));
    assert_none("clippy.toml", missing.collect());
}

#[test]
fn exceptions_to_the_bans_stand_at_the_edge_only() {
    let word = concat!("clippy::disallowed", "_methods");
    let is_inner = |path: &String| path.ends_with(".rs") && !path.contains("/tests/") && !EDGE.iter().any(|edge| path.starts_with(edge));
    let inner = tracked_files().into_iter().filter(is_inner).filter(|path| text(path).is_some_and(|content| content.contains(word)));
    assert_none("exceptions to the bans within the program", inner.collect());
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let manifests = tracked_files().into_iter().filter(|path| path.ends_with("/Cargo.toml"));
    let careless = manifests.filter(|path| !required(path).contains("[lints]\nworkspace = true"));
    assert_none("crates without the workspace's lints", careless.collect());
}
