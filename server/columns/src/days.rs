//! Which days a query is about, as far as its filters say so in a way that is understood here.

use datafusion::common::ScalarValue;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator};
use domain::Day;

/// From one day to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) from: i32,
    pub(crate) to: i32,
}

impl Days {
    /// All days that there are.
    const ALL: Self = Self { from: i32::MIN, to: i32::MAX };

    /// What filters on the column `day` leave; all of them hold.
    pub(crate) fn of(filters: &[Expr]) -> Self {
        filters.iter().fold(Self::ALL, |days, filter| days.within(filter))
    }

    /// Whether nothing is left out.
    pub(crate) fn is_all(self) -> bool {
        self == Self::ALL
    }

    /// Whether some days of a month, given as `yyyymm`, are among them.
    pub(crate) fn meets(self, month: i32) -> bool {
        let first = |month: i32| Day::from_civil(month.div_euclid(100), u32::try_from(month.rem_euclid(100)).unwrap_or(1), 1).map(|day| day.0);
        let next = if month.rem_euclid(100) == 12 { month + 89 } else { month + 1 };
        match (first(month), first(next)) {
            (Some(first), Some(next)) => self.from < next && self.to >= first,
            _ => true,
        }
    }

    /// The rows among days that ascend.
    pub(crate) fn rows(self, days: &[i32]) -> std::ops::Range<usize> {
        let start = days.partition_point(|day| *day < self.from);
        let end = days.partition_point(|day| *day <= self.to);
        start..end.max(start)
    }

    fn within(self, filter: &Expr) -> Self {
        let Expr::BinaryExpr(BinaryExpr { left, op, right }) = filter else { return self };
        if *op == Operator::And {
            return self.within(left).within(right);
        }
        let (true, Some(day)) = (is_day(left), number(right)) else { return self };
        match op {
            Operator::GtEq => Self { from: self.from.max(day), ..self },
            Operator::LtEq => Self { to: self.to.min(day), ..self },
            _ => self,
        }
    }
}

fn is_day(expression: &Expr) -> bool {
    match expression {
        Expr::Column(column) => column.name == "day",
        Expr::Cast(cast) => is_day(&cast.expr),
        _ => false,
    }
}

fn number(expression: &Expr) -> Option<i32> {
    match expression {
        Expr::Literal(ScalarValue::Int32(number), _) => *number,
        Expr::Literal(ScalarValue::Int64(number), _) => i32::try_from((*number)?).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::prelude::{col, lit};

    #[test]
    fn days_are_read_from_filters_and_others_leave_all() {
        let march = Days::of(&[col("day").gt_eq(lit(15_034)), col("f.day").lt_eq(lit(15_064_i64)).and(col("country").eq(lit("GB")))]);
        assert_eq!(march, Days { from: 15_034, to: 15_064 });
        assert!(march.meets(201_103) && !march.meets(201_102) && !march.meets(201_104));
        assert_eq!(march.rows(&[15_033, 15_034, 15_034, 15_064, 15_065]), 1..4);
        assert_eq!(Days { from: 5, to: 4 }.rows(&[3, 4, 5]), 2..2);
        assert!(Days::of(&[col("month").gt_eq(lit(1)), col("day").gt_eq(lit(5)).or(col("day").lt_eq(lit(2)))]).is_all());
        assert!(Days { from: 15_339, to: 15_339 }.meets(201_112), "the last day of a year");
    }
}
