//! A statement of blocks: each reads its facts, and rows of the same keys are brought together.

use super::atoms::{Atom, SOLD};
use super::blocks::Block;
use super::dimensions::Join;
use super::measures::Formula;
use super::plan::Output;
use super::sql::Dialect;
use std::fmt::Write as _;

/// What the blocks of a statement bring.
pub(super) struct Select {
    /// Sums and counts, each once.
    pub atoms: Vec<Atom>,
    /// The blocks they are read from.
    pub blocks: Vec<Block>,
    by_line: bool,
}

impl Select {
    pub(super) fn new<'a>(formulas: impl Iterator<Item = &'a Formula>, by_line: bool) -> Self {
        let mut atoms: Vec<Atom> = formulas.flat_map(Formula::atoms).collect();
        atoms.sort_unstable();
        atoms.dedup();
        let mut blocks: Vec<Block> = atoms.iter().map(|atom| atom.block(by_line)).collect();
        blocks.sort_unstable();
        blocks.dedup();
        Self { atoms, blocks, by_line }
    }

    /// Where an atom stands among them.
    pub(super) fn index(&self, atom: Atom) -> usize {
        self.atoms.iter().position(|other| *other == atom).expect("formulas are made of the statement's atoms")
    }

    /// The tables beside the facts that a block's atoms need.
    pub(super) fn joins(&self, block: Block) -> Vec<Join> {
        self.atoms.iter().filter(|atom| atom.block(self.by_line) == block).filter_map(|atom| atom.join()).collect()
    }
}

/// The statement of one block: its keys, its atoms, and nulls where other blocks' atoms stand.
pub(super) fn block_select(select: &Select, block: Block, keys: &[(String, Output)], from: &str, dialect: Dialect) -> String {
    let is_of_buyers = matches!(block, Block::OrderBuyers | Block::LineBuyers);
    let key =
        |(index, (expression, _)): (usize, &(String, Output))| if is_of_buyers { format!("v.k{index}") } else { format!("{expression} AS k{index}") };
    let atom = |(index, atom): (usize, &Atom)| {
        let is_own = atom.block(select.by_line) == block;
        let expression = if is_own { atom.expression(block, dialect) } else { "CAST(NULL AS BIGINT)".to_owned() };
        format!("{expression} AS a{index}")
    };
    let columns: Vec<String> = keys.iter().enumerate().map(key).chain(select.atoms.iter().enumerate().map(atom)).collect();
    let from = if is_of_buyers { buyers(block, keys, from) } else { from.to_owned() };
    let mut sql = format!("SELECT {} {from}", columns.join(", "));
    if !keys.is_empty() {
        let _ = write!(sql, " GROUP BY {}", ordinals(keys.len()));
    }
    sql
}

/// One row a customer, with the number of their orders.
fn buyers(block: Block, keys: &[(String, Output)], from: &str) -> String {
    let keyed: String = keys.iter().enumerate().map(|(index, (expression, _))| format!("{expression} AS k{index}, ")).collect();
    let (count, is_sale) = match block {
        Block::LineBuyers => ("COUNT(DISTINCT f.order_id)", SOLD),
        _ => ("COUNT(*)", "f.is_sale"),
    };
    let grouped = ordinals(keys.len() + 1);
    format!(
        "FROM (SELECT {keyed}f.customer_id AS customer, {count} AS orders {from} AND {is_sale} AND NOT f.is_aggregate AND f.customer_id IS NOT NULL \
         GROUP BY {grouped}) v"
    )
}

/// Blocks one below the other, and their rows of the same keys brought together: each atom has one value a key.
pub(super) fn union(blocks: Vec<String>, keys: usize, atoms: usize) -> String {
    if blocks.len() == 1 {
        return blocks.into_iter().next().unwrap_or_default();
    }
    let columns = (0..keys).map(|key| format!("u.k{key} AS k{key}")).chain((0..atoms).map(|atom| format!("MAX(u.a{atom}) AS a{atom}")));
    let mut sql = format!("SELECT {} FROM ({}) u", columns.collect::<Vec<_>>().join(", "), blocks.join(" UNION ALL "));
    if keys > 0 {
        let _ = write!(sql, " GROUP BY {}", ordinals(keys));
    }
    sql
}

fn ordinals(count: usize) -> String {
    (1..=count).map(|number| number.to_string()).collect::<Vec<_>>().join(", ")
}
