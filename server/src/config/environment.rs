//! What the process was told: its environment, and `.env` in the current folder for what the environment leaves open.

use std::collections::BTreeMap;

/// Names and values, as a value of its own, so that tests need not touch the process's environment.
#[derive(Clone, Debug, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The process's own. A `.env` that cannot be read is reported, a missing one is fine.
    pub fn of_process() -> Result<Self, String> {
        let mut values = BTreeMap::new();
        if std::path::Path::new(".env").exists() {
            let lines = dotenvy::from_path_iter(".env").map_err(|error| format!(".env cannot be opened: {error}"))?;
            for line in lines {
                let (name, value) = line.map_err(|error| format!(".env cannot be read: {error}; write one NAME=value a line"))?;
                values.insert(name, value);
            }
        }
        values.extend(std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))));
        Ok(Self(values))
    }

    /// The value of a name; blank is as good as absent.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl<Name: Into<String>, Value: Into<String>> FromIterator<(Name, Value)> for Environment {
    fn from_iter<Pairs: IntoIterator<Item = (Name, Value)>>(pairs: Pairs) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}
