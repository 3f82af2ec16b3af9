//! What a whole file tells about the way its dates and amounts are written, and whether it must be read again because of that.

use super::dates::{self, Hint, Reading};
use super::inspect::Inspection;
use super::numbers;
use domain::format::{agreeing, counted};
use domain::sources::{DateOrder, Mapping, ValueType};

/// What came out once the last row was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Set when the file, read to its end, shows that its dates or amounts are written otherwise than its first rows let assume:
    /// read it again with this mapping; what was read so far is void.
    pub reread_with: Option<Mapping>,
    /// What a person should know, a sentence each.
    pub remarks: Vec<String>,
}

/// Counts what every cell tells.
pub(super) struct Witness {
    mapping: Mapping,
    /// How dates are read in this pass.
    pub dates: Reading,
    /// Whether amounts are read with a decimal comma in this pass.
    pub comma: bool,
    day_first: u64,
    month_first: u64,
    either_order: u64,
    two_digit_years: u64,
    serials: u64,
    commas: u64,
    points: u64,
}

impl Witness {
    /// Assumes what the mapping says or, where it is silent, what the first rows tell; `month_first` is the habit where nothing tells.
    pub(super) fn new(inspection: &Inspection, mapping: &Mapping, month_first: bool) -> Self {
        let habit = if month_first { DateOrder::MonthDayYear } else { DateOrder::DayMonthYear };
        let mut witness = Self {
            mapping: mapping.clone(),
            dates: Reading { order: mapping.date_order.unwrap_or(habit), two_digit_years: mapping.date_order.is_some() },
            comma: mapping.decimal_comma.unwrap_or(false),
            day_first: 0,
            month_first: 0,
            either_order: 0,
            two_digit_years: 0,
            serials: 0,
            commas: 0,
            points: 0,
        };
        witness.look_at_sample(inspection);
        let (dates, comma) = (witness.certain_dates(), witness.certain_comma());
        Self { dates, comma, day_first: 0, month_first: 0, either_order: 0, two_digit_years: 0, serials: 0, commas: 0, points: 0, ..witness }
    }

    fn look_at_sample(&mut self, inspection: &Inspection) {
        let position = |header: &String| inspection.headers.iter().position(|name| name == header);
        let of_type = |wanted: fn(ValueType) -> bool| {
            let columns = self.mapping.columns.iter().filter(move |(meaning, _)| wanted(meaning.value_type()));
            columns.filter_map(|(_, header)| position(header)).collect::<Vec<_>>()
        };
        let (dates, amounts) = (of_type(|kind| kind == ValueType::Moment), of_type(|kind| matches!(kind, ValueType::Money | ValueType::Quantity)));
        for row in inspection.seen_rows() {
            for cell in dates.iter().filter_map(|position| row.get(*position)) {
                self.see_date(dates::parse(cell.trim().as_bytes(), self.dates).1);
            }
            for cell in amounts.iter().filter_map(|position| row.get(*position)) {
                self.see_number(numbers::parse(cell.trim().as_bytes(), false).map_or_else(|comma| comma, |parsed| parsed.comma));
            }
        }
    }

    pub(super) fn see_date(&mut self, hint: Hint) {
        match hint {
            Hint::Plain => {}
            Hint::DayFirst => self.day_first += 1,
            Hint::MonthFirst => self.month_first += 1,
            Hint::Either => self.either_order += 1,
            Hint::Serial => self.serials += 1,
        }
    }

    pub(super) fn see_two_digit_year(&mut self) {
        self.two_digit_years += 1;
    }

    pub(super) fn see_number(&mut self, comma: Option<bool>) {
        match comma {
            None => {}
            Some(true) => self.commas += 1,
            Some(false) => self.points += 1,
        }
    }

    /// How dates are surely read, by all that was seen; years of two digits are read only where day and month are certain.
    fn certain_dates(&self) -> Reading {
        if self.mapping.date_order.is_some() {
            return self.dates;
        }
        match (self.day_first, self.month_first) {
            (0, 0) => self.dates,
            (day, month) if day >= month => Reading { order: DateOrder::DayMonthYear, two_digit_years: month == 0 },
            (day, _) => Reading { order: DateOrder::MonthDayYear, two_digit_years: day == 0 },
        }
    }

    /// Whether amounts are surely written with a decimal comma, by all that was seen.
    pub(super) fn certain_comma(&self) -> bool {
        match (self.mapping.decimal_comma, self.commas, self.points) {
            (Some(comma), _, _) => comma,
            (None, 0, 0) => self.comma,
            (None, commas, points) => commas > points,
        }
    }

    /// The verdict over all rows.
    pub(super) fn evidence(&self) -> Evidence {
        let (dates, comma) = (self.certain_dates(), self.certain_comma());
        let is_same_order = dates.order == self.dates.order || self.day_first + self.month_first == 0;
        let are_years_read = self.two_digit_years == 0 || !dates.two_digit_years || self.dates.two_digit_years;
        if is_same_order && are_years_read && comma == self.comma {
            return Evidence { reread_with: None, remarks: self.remarks() };
        }
        let date_order = (self.day_first + self.month_first > 0).then_some(dates.order).or(self.mapping.date_order);
        let decimal_comma = (self.commas + self.points > 0).then_some(comma).or(self.mapping.decimal_comma);
        let mended = Mapping { date_order, decimal_comma, ..self.mapping.clone() };
        Evidence { reread_with: Some(mended), remarks: Vec::new() }
    }

    fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        let order = match self.dates.order {
            DateOrder::MonthDayYear => "month before day",
            DateOrder::DayMonthYear => "day before month",
            DateOrder::YearMonthDay => "year first",
        };
        if self.day_first > 0 && self.month_first > 0 {
            remarks.push(format!(
                "Dates in this file contradict each other; they were read as {order}, and those that cannot be are among the rejected rows."
            ));
        } else if self.mapping.date_order.is_none() && self.either_order > 0 && self.day_first + self.month_first == 0 {
            let mend = "If that is wrong, change what the columns mean, and the file is read again in the other order.";
            remarks.push(format!("No date in this file tells whether day or month comes first; they were read as {order}. {mend}"));
        }
        if self.serials > 0 {
            let count = i64::try_from(self.serials).unwrap_or(i64::MAX);
            let (dates, they) = (counted(count, "date stands", "dates stand"), agreeing(count, "it was", "they were"));
            remarks.push(format!("{dates} in the file as a spreadsheet's number of the day, such as 44197 for 2021-01-01; {they} read so."));
        }
        if self.commas > 0 && self.points > 0 {
            let separator = if self.comma { "comma" } else { "point" };
            remarks.push(format!("Amounts in this file contradict each other; they were read with a decimal {separator}."));
        }
        remarks
    }
}
