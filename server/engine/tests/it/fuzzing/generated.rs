//! Files changed at random, and soups of what readers stumble over.

use super::anything::take;
use super::seeds::{Dice, PIECES, files};

const CHANGED: u64 = 9_000;
const SOUPS: u64 = 6_000;
const TABLES: u64 = 5_000;

/// Runs each case; the seed of one that panics is in the message.
fn run(cases: u64, file: impl Fn(&mut Dice) -> Vec<u8>) -> (usize, usize, usize) {
    let (mut tables, mut rows, mut issues) = (0, 0, 0);
    for seed in 1..=cases {
        let bytes = file(&mut Dice::new(seed));
        let outcome = std::panic::catch_unwind(|| take(&bytes));
        let outcome = outcome.unwrap_or_else(|_| panic!("seed {seed} panics: {:?}", String::from_utf8_lossy(&bytes)));
        tables += usize::from(outcome.is_table);
        rows += outcome.rows;
        issues += outcome.issues;
    }
    (tables, rows, issues)
}

fn change(file: &mut Vec<u8>, others: &[Vec<u8>], dice: &mut Dice) {
    let place = dice.below(file.len() + 1);
    let end = (place + 1 + dice.below(24)).min(file.len());
    match dice.below(7) {
        0 if place < file.len() => file[place] = (dice.next() & 0xFF) as u8,
        1 if place < end => drop(file.drain(place..end)),
        2 if place < end => {
            let piece = file[place..end].repeat(1 + dice.below(6));
            file.splice(place..place, piece);
        }
        3 => {
            let other = dice.below(others.len());
            let from = dice.below(others[other].len());
            file.truncate(place);
            file.extend_from_slice(&others[other][from..]);
        }
        4 => file.truncate(place),
        _ => drop(file.splice(place..place, dice.of(&PIECES).iter().copied())),
    }
}

#[test]
fn files_changed_at_random_are_read_or_refused() {
    let files = files();
    let (tables, rows, issues) = run(CHANGED, |dice| {
        let mut file = files[dice.below(files.len())].clone();
        for _ in 0..=dice.below(4) {
            change(&mut file, &files, dice);
        }
        file
    });
    // Most are still tables with rows of both kinds: the cases reach the readers.
    assert!(tables as u64 * 3 > CHANGED && rows > 2_000 && issues > 2_000, "{tables} tables, {rows} rows, {issues} issues");
}

#[test]
fn soups_of_awkward_pieces_are_read_or_refused() {
    let (tables, ..) = run(SOUPS, |dice| (0..dice.below(120)).flat_map(|_| dice.of(&PIECES).to_vec()).collect());
    assert!(tables as u64 * 20 > SOUPS, "{tables} tables");
}

#[test]
fn tables_of_awkward_cells_are_rows_or_issues() {
    let (tables, rows, issues) = run(TABLES, |dice| {
        let delimiter = dice.of(&[",", ";", "\t", "|"]).as_bytes();
        let mut file = ["Order", "Date", "Quantity", "Price", "Total", "Country"].map(str::as_bytes).join(delimiter);
        for _ in 0..1 + dice.below(12) {
            for column in 0..6 {
                let piece = if dice.chance(3) { b"5".as_slice() } else { dice.of(&PIECES) };
                file.extend_from_slice(if column == 0 { b"\n" } else { delimiter });
                file.extend(piece.iter().filter(|byte| !delimiter.contains(byte) && !matches!(byte, b'\n' | b'\r' | b'"')));
            }
        }
        file
    });
    assert!(tables as u64 * 10 > TABLES * 9 && rows + issues > 20_000, "{tables} tables, {rows} rows, {issues} issues");
}
