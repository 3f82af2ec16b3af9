//! `.env.example`, printed from the list of variables.

use super::variables::{GROUPS, find};
use std::fmt::Write as _;

/// The text of `.env.example`. A test holds the file equal to it.
pub fn example_file() -> String {
    let mut text = String::from(
        "# Tradepost's settings. Copy this file to .env and take the # off the lines you change; nothing here is needed to start.\n\
         # The process's environment wins over this file. `tradepost check-config` says what is in force.\n",
    );
    for (heading, names) in GROUPS {
        let _ = write!(text, "\n## {heading}\n");
        for name in *names {
            let variable = find(name);
            for line in variable.explanation {
                let _ = writeln!(text, "# {line}");
            }
            let value = if variable.default.is_empty() { variable.example } else { variable.default };
            let quote = if value.contains(' ') { "\"" } else { "" };
            let _ = writeln!(text, "#{name}={quote}{value}{quote}\n");
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::VARIABLES;
    use super::*;

    #[test]
    fn every_variable_stands_in_one_group() {
        let grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        assert_eq!(grouped, VARIABLES.iter().map(|variable| variable.name).collect::<Vec<_>>());
    }

    #[test]
    fn the_example_file_in_the_repository_is_the_list() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../.env.example");
        let file = std::fs::read_to_string(path).expect("it can be read");
        assert!(file == example_file(), "write this to .env.example:\n{}", example_file());
    }
}
