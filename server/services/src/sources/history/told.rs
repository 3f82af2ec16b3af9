//! A fact as one upload after the other told it: the books show what is left standing. Pure.

use super::lives::Lives;
use crate::error::Result;
use domain::sources::UploadMode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// What several uploads can tell: an order, a stock level, a movement of money.
pub(in crate::sources) trait Told: Clone + Serialize + DeserializeOwned {
    /// Who brought it as it stands.
    fn upload(&self) -> Uuid;
    fn set_upload(&mut self, upload: Uuid);
    /// The day on which it was, where it has one: files may replace a period.
    fn day(&self) -> Option<i32>;
    /// Whether another tells the same.
    fn is_same(&self, other: &Self) -> bool;
    /// Whether what stands there tells so much more that this one leaves it as it is.
    fn yields_to(&self, _before: &Self) -> bool {
        false
    }
}

/// It took the fact's place, or told the same.
pub(in crate::sources) const TOOK: i16 = 0;
/// It only adds, or tells less, and left what was there.
pub(in crate::sources) const LEFT: i16 = 1;
/// It replaced a period in which it does not name the fact.
pub(in crate::sources) const REMOVED: i16 = 2;
/// Some of its rows about the fact could not be read: what stood there stayed. Where nothing did, the others were taken, and who met whom are one.
pub(in crate::sources) const PARTLY: i16 = 3;

/// What is remembered of a fact that an upload met; a row of `replaced_orders` or `replaced_facts`.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    pub(super) upload: Uuid,
    pub(super) sequence: i64,
    pub(super) previous_upload: Uuid,
    pub(super) previous: Option<String>,
    pub(super) way: i16,
    pub(super) left_out: Option<String>,
}

/// What an upload said of a fact.
#[derive(Clone, Debug)]
pub(super) struct Said<T> {
    upload: Uuid,
    sequence: i64,
    fact: T,
    /// Whether all its rows about the fact were read.
    is_whole: bool,
}

/// All that was said of a fact, the oldest first; what replaced periods took away is not among it, because it depends on the rest.
pub(super) fn unfold<T: Told>(current: Option<T>, memories: &[Memory], lives: &Lives) -> Result<Vec<Said<T>>> {
    let (mut after, mut said) = (current, Vec::with_capacity(memories.len() + 1));
    let by_its_upload = |fact: T| Said { upload: fact.upload(), sequence: lives.sequence(fact.upload()), fact, is_whole: true };
    for memory in memories.iter().rev() {
        let read = |json: &Option<String>| json.as_deref().map(serde_json::from_str::<T>).transpose();
        let by_memory = |fact: T| Said { upload: memory.upload, sequence: memory.sequence, fact, is_whole: true };
        match memory.way {
            REMOVED => {
                // What stands now was brought after that.
                said.extend(after.take().map(by_its_upload));
                after = read(&memory.previous)?;
            }
            PARTLY => {
                let stood = if memory.previous_upload == memory.upload { after.take() } else { after.clone() };
                said.extend(read(&memory.left_out)?.or(stood).map(|fact| Said { is_whole: false, ..by_memory(fact) }));
            }
            LEFT => said.extend(read(&memory.left_out)?.or_else(|| after.clone()).map(by_memory)),
            _ => {
                let before = read(&memory.previous)?.or_else(|| after.clone());
                said.extend(after.take().map(by_memory));
                after = before;
            }
        }
    }
    said.extend(after.map(by_its_upload));
    said.reverse();
    Ok(said)
}

/// What stands when only the others than `gone` said what they said, and what is remembered of it.
pub(super) fn fold<T: Told>(said: Vec<Said<T>>, gone: Uuid, source: i32, lives: &Lives) -> Result<(Option<T>, Vec<Memory>)> {
    let said: Vec<Said<T>> = said.into_iter().filter(|said| said.upload != gone).collect();
    let is_silent = |upload: Uuid| upload != gone && said.iter().all(|said| said.upload != upload);
    let mut periods: Vec<_> = lives.periods(source).filter(|period| is_silent(period.upload)).collect();
    periods.sort_unstable_by_key(|period| std::cmp::Reverse(period.sequence));
    let mut standing = Standing { current: None, memories: Vec::new() };
    for said in said.clone() {
        while let Some(period) = periods.pop_if(|period| period.sequence < said.sequence) {
            standing.clear(period)?;
        }
        let mode = lives.mode(said.upload);
        standing.tell(said, mode)?;
    }
    while let Some(period) = periods.pop() {
        standing.clear(period)?;
    }
    Ok((standing.current, standing.memories))
}

struct Standing<T> {
    current: Option<T>,
    memories: Vec<Memory>,
}

impl<T: Told> Standing<T> {
    fn tell(&mut self, said: Said<T>, mode: UploadMode) -> Result<()> {
        let Said { upload, sequence, mut fact, is_whole } = said;
        let is_part = !is_whole && mode != UploadMode::Append;
        fact.set_upload(upload);
        let Some(before) = self.current.take() else {
            if is_part {
                self.memories.push(Memory { upload, sequence, previous_upload: upload, previous: None, way: PARTLY, left_out: None });
            }
            self.current = Some(fact);
            return Ok(());
        };
        let (is_same, previous_upload) = (before.is_same(&fact), before.upload());
        let stays = is_part || mode == UploadMode::Append || fact.yields_to(&before);
        let json = |fact: &T| if is_same { Ok(None) } else { serde_json::to_string(fact).map(Some) };
        let way = if is_part { PARTLY } else { LEFT };
        let (previous, way, left_out) = if stays { (None, way, json(&fact)?) } else { (json(&before)?, TOOK, None) };
        self.memories.push(Memory { upload, sequence, previous_upload, previous, way, left_out });
        self.current = Some(if is_same || stays { before } else { fact });
        Ok(())
    }

    /// Takes the fact away if it lies in the period.
    fn clear(&mut self, period: &super::lives::Period) -> Result<()> {
        if let Some(before) = self.current.take_if(|fact| fact.day().is_some_and(|day| period.days.contains(&day))) {
            let (upload, sequence, previous) = (period.upload, period.sequence, Some(serde_json::to_string(&before)?));
            self.memories.push(Memory { upload, sequence, previous_upload: before.upload(), previous, way: REMOVED, left_out: None });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::lives::Period;
    use super::*;
    use serde::Deserialize;

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Fact(Uuid, i32, u64);

    impl Told for Fact {
        fn upload(&self) -> Uuid {
            self.0
        }
        fn set_upload(&mut self, upload: Uuid) {
            self.0 = upload;
        }
        fn day(&self) -> Option<i32> {
            Some(self.1)
        }
        fn is_same(&self, other: &Self) -> bool {
            (self.1, self.2) == (other.1, other.2)
        }
        fn yields_to(&self, before: &Self) -> bool {
            self.2 == 0 && before.2 == 2
        }
    }

    /// Everything that uploads may do with one fact, three modes, days within and without periods, more and less told: after taking any one back, the fact and
    /// its memory are those of a history that never had it.
    #[test]
    fn what_is_left_does_not_tell_what_was_taken_back() {
        let id = |number: usize| Uuid::from_u128(number as u128 + 1);
        let mut dice = 7_u64;
        let mut below = |most: u64| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) % most
        };
        for _ in 0..3_000 {
            let mut lives = Lives::default();
            let mut all = Vec::new();
            for number in 0..5 {
                let mode = UploadMode::ALL[below(3) as usize];
                let first = below(4) as i32;
                let period = Period { upload: id(number), sequence: number as i64 + 1, source: 1, days: first..=first + below(3) as i32 };
                let fact = Fact(id(number), *period.days.start(), below(3));
                let is_replaced = mode == UploadMode::ReplacePeriod && below(4) > 0;
                lives.insert(id(number), number as i64 + 1, mode, Some(period).filter(|_| is_replaced));
                // Rows that cannot be read leave part of a fact.
                let is_whole = below(4) > 0 || mode == UploadMode::Append;
                if below(3) > 0 {
                    all.push(Said { upload: id(number), sequence: number as i64 + 1, is_whole, fact });
                }
            }
            let gone = id(below(5) as usize);
            let (current, memories) = fold(all.clone(), Uuid::nil(), 1, &lives).expect("folded");
            let again = unfold(current, &memories, &lives).expect("unfolded");
            let found = fold(again, gone, 1, &lives).expect("folded");
            let expected = fold(all, gone, 1, &lives).expect("folded");
            assert_eq!(found.0, expected.0);
            assert_eq!(format!("{:?}", found.1), format!("{:?}", expected.1));
        }
    }
}
