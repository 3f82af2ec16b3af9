//! Facts between reading and storing: in a file, so that any number of them fits in memory.

use super::Fact;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Lines, Write};
use std::path::{Path, PathBuf};

const FILE: &str = "facts";

/// A file of facts that is written once and then read once.
pub(crate) struct FactSpool {
    path: PathBuf,
    file: BufWriter<File>,
}

/// The facts, some at a time.
pub(crate) struct FactChunks(Lines<BufReader<File>>);

impl FactSpool {
    /// An empty spool in a folder that nothing else uses.
    pub(crate) fn create(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let path = folder.join(FILE);
        Ok(Self { file: BufWriter::new(File::create(&path)?), path })
    }

    /// Keeps a fact.
    pub(crate) fn add(&mut self, fact: &Fact) -> io::Result<()> {
        serde_json::to_writer(&mut self.file, fact)?;
        self.file.write_all(b"\n")
    }

    /// Writes out what is buffered.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }

    /// Begins to read what was flushed.
    pub(crate) fn read(&self) -> io::Result<FactChunks> {
        Ok(FactChunks(BufReader::new(File::open(&self.path)?).lines()))
    }
}

impl FactChunks {
    /// The next facts, at most so many; none at the end.
    pub(crate) fn next(&mut self, most: usize) -> io::Result<Vec<Fact>> {
        self.0.by_ref().take(most).map(|line| Ok(serde_json::from_str(&line?)?)).collect()
    }
}
