//! Whether a question can be answered at all; every wrong part is named.

use super::parts::{check_compare, check_derived, check_filter, check_having};
use super::{MAX_ROWS, Question, TimeSpan};
use crate::range::DateRange;
use crate::semantic::Measure;
use crate::{AppError, FieldError};
use std::fmt::Display;

/// What is wrong, part by part.
pub(super) struct Faults(Vec<FieldError>);

impl Faults {
    pub(super) fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), message: message.into() });
    }
}

impl Question {
    /// Whether it can be answered at all; every wrong part is named.
    pub fn check(&self) -> Result<(), AppError> {
        let mut faults = Faults(Vec::new());
        self.check_sizes(&mut faults);
        repeats("measures", &self.measures, &mut faults);
        repeats("dimensions", &self.dimensions, &mut faults);
        self.check_facts(&mut faults);
        self.check_time(&mut faults);
        for (index, filter) in self.filters.iter().enumerate() {
            check_filter(filter, index, &mut faults);
        }
        self.check_rankings(&mut faults);
        check_having(self, &mut faults);
        check_derived(self, &mut faults);
        check_compare(self, &mut faults);
        self.check_order_and_limit(&mut faults);
        if faults.0.is_empty() { Ok(()) } else { Err(AppError::validation(faults.0)) }
    }

    fn check_sizes(&self, faults: &mut Faults) {
        if self.measures.is_empty() {
            faults.add("measures", "ask for at least one measure, for example net_sales");
        }
        let sizes = [
            ("measures", self.measures.len(), 20),
            ("dimensions", self.dimensions.len(), 6),
            ("filters", self.filters.len(), 50),
            ("having", self.having.len(), 10),
            ("derived", self.derived.len(), 20),
            ("order", self.order.len(), 10),
        ];
        for (field, size, most) in sizes {
            if size > most {
                faults.add(field, format!("a question holds at most {most} {field}; ask twice"));
            }
        }
    }

    /// Each dimension must split what each measure is made of.
    fn check_facts(&self, faults: &mut Faults) {
        let measures: Vec<Measure> = self.measures.iter().copied().chain(self.having.iter().map(|threshold| threshold.measure)).collect();
        let dimensions = self.dimensions.iter().enumerate().map(|(index, dimension)| (format!("dimensions[{index}]"), *dimension));
        let filters = self.filters.iter().enumerate().map(|(index, filter)| (format!("filters[{index}].dimension"), filter.dimension));
        for (field, dimension) in dimensions.chain(filters) {
            if let Some(measure) = measures.iter().find(|measure| !measure.goes_with(dimension)) {
                faults.add(field, measure.refusal(dimension));
            }
        }
        if let Some(measure) = measures.iter().find(|measure| !measure.has_days()).filter(|_| self.grain().is_some()) {
            faults.add("time.grain", format!("{measure} is known as of now only and cannot be split by time; leave the grain out"));
        }
    }

    /// What a filter ranks by is asked under the filters beside it, and under the rankings before it.
    fn check_rankings(&self, faults: &mut Faults) {
        for (index, filter) in self.filters.iter().enumerate() {
            let Some(by) = filter.by else { continue };
            let mut beside = self.filters.iter().enumerate().filter(|(place, other)| *place < index || !other.op.ranks());
            if let Some((_, other)) = beside.find(|(_, other)| other.dimension != filter.dimension && !by.goes_with(other.dimension)) {
                faults.add(format!("filters[{index}].by"), by.refusal(other.dimension));
            }
        }
    }

    fn check_time(&self, faults: &mut Faults) {
        let range = match self.time {
            Some(TimeSpan { from: Some(from), to: Some(to), .. }) => DateRange::new(from, to).err(),
            Some(TimeSpan { from: Some(day), .. } | TimeSpan { to: Some(day), .. }) => DateRange::new(day, day).err(),
            _ => None,
        };
        faults.0.extend(range.map(|error| error.fields).unwrap_or_default());
    }

    fn check_order_and_limit(&self, faults: &mut Faults) {
        let names: Vec<String> = self.column_names().into_iter().map(str::to_owned).chain(self.derived.iter().map(super::Derived::name)).collect();
        for (index, order) in self.order.iter().enumerate() {
            if !names.contains(&order.by) {
                let message = format!("“{}” is not a column of this answer; choose one of {}", order.by, names.join(", "));
                faults.add(format!("order[{index}].by"), message);
            }
        }
        match self.limit {
            Some(0) => faults.add("limit", "ask for at least one row"),
            Some(limit) if limit > MAX_ROWS => faults.add("limit", format!("ask for at most {MAX_ROWS} rows")),
            _ => {}
        }
    }
}

fn repeats<T: PartialEq + Display>(field: &str, all: &[T], faults: &mut Faults) {
    for (index, one) in all.iter().enumerate() {
        if all[..index].contains(one) {
            faults.add(format!("{field}[{index}]"), format!("{one} stands twice"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ranking_goes_with_the_filters_beside_it() {
        let ranked = |product: &str, ranking: &str| {
            let json = format!(r#"{{"measures": ["net_sales"], "filters": [{product}, {ranking}]}}"#);
            read(&json).expect("a question").check().map_err(|error| error.fields[0].field.clone())
        };
        let (is_mug, top_mugs) =
            (r#"{"dimension": "product", "op": "in", "values": ["Mug"]}"#, r#"{"dimension": "product", "op": "top", "n": 3, "by": "net_sales"}"#);
        // Taxes are of whole orders: no product has a part of them.
        let by_tax = r#"{"dimension": "country", "op": "top", "n": 1, "by": "tax"}"#;
        assert_eq!(ranked(is_mug, by_tax), Err("filters[1].by".to_owned()));
        assert_eq!(ranked(by_tax, is_mug), Err("filters[0].by".to_owned()));
        assert_eq!(ranked(top_mugs, by_tax), Err("filters[1].by".to_owned()));
        assert_eq!(ranked(by_tax, top_mugs), Ok(()));
    }

    fn read(json: &str) -> Result<Question, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    fn fields(json: &str) -> Vec<String> {
        read(json).expect("it reads").check().expect_err("it is wrong").fields.into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn the_documented_question_reads_and_holds() {
        let question = read(
            r#"{"measures": ["net_sales"], "dimensions": ["country"], "time": {"from": "2011-01-01", "to": "2011-11-30", "grain": "month"},
            "filters": [{"dimension": "channel", "op": "in", "values": ["online"]}], "order": [{"by": "net_sales", "desc": true}],
            "limit": 10, "compare": "previous_period"}"#,
        )
        .expect("it reads");
        assert_eq!(question.check(), Ok(()));
        assert_eq!(question.column_names(), ["month", "country", "net_sales"]);
    }

    #[test]
    fn wrong_parts_are_named() {
        assert_eq!(fields(r#"{"measures": []}"#), ["measures"]);
        assert_eq!(fields(r#"{"measures": ["orders"], "order": [{"by": "country"}]}"#), ["order[0].by"]);
        assert_eq!(fields(r#"{"measures": ["net_sales", "total_sales"], "dimensions": ["country", "sku"]}"#), ["dimensions[1]"]);
        assert_eq!(fields(r#"{"measures": ["orders"], "time": {"from": "2011-02-01", "to": "2011-01-01"}}"#), ["time.to"]);
        assert_eq!(
            fields(r#"{"measures": ["orders"], "limit": 0, "filters": [{"dimension": "country", "op": "in", "values": []}]}"#),
            ["filters[0].values", "limit"]
        );
        assert_eq!(fields(r#"{"measures": ["stock_on_hand"], "time": {"grain": "month"}}"#), ["time.grain"]);
        assert_eq!(
            fields(r#"{"measures": ["orders"], "having": [{"measure": "tax", "op": "at_least", "value": 1}], "dimensions": ["sku"]}"#),
            ["dimensions[0]"]
        );
    }

    #[test]
    fn wrong_filters_are_named() {
        let fault = |filter: &str| fields(&format!(r#"{{"measures": ["orders"], "filters": [{filter}]}}"#));
        assert_eq!(fault(r#"{"dimension": "hour", "op": "between", "values": ["9"]}"#), ["filters[0].values"]);
        assert_eq!(fault(r#"{"dimension": "city", "op": "between", "values": ["A", "B"]}"#), ["filters[0].op"]);
        assert_eq!(fault(r#"{"dimension": "weekday", "op": "contains", "values": ["1"]}"#), ["filters[0].op"]);
        assert_eq!(fault(r#"{"dimension": "city", "op": "contains", "values": [" "]}"#), ["filters[0].values"]);
        assert_eq!(fault(r#"{"dimension": "city", "op": "is_empty", "values": ["x"]}"#), ["filters[0].values"]);
        assert_eq!(fault(r#"{"dimension": "city", "op": "top", "n": 3}"#), ["filters[0].by"]);
        assert_eq!(fault(r#"{"dimension": "sku", "op": "top", "n": 3, "by": "tax"}"#), ["filters[0].by"]);
        assert_eq!(fault(r#"{"dimension": "city", "op": "top", "n": 0, "by": "orders"}"#), ["filters[0].n"]);
        assert_eq!(fault(r#"{"dimension": "city", "op": "in", "values": ["x"], "n": 3}"#), ["filters[0].n"]);
    }

    #[test]
    fn wrong_derivations_and_comparisons_are_named() {
        let fault = |rest: &str| fields(&format!(r#"{{"measures": ["net_sales", "customers"], {rest}}}"#));
        assert_eq!(fault(r#""derived": [{"measure": "orders", "as": "growth"}], "time": {"grain": "day"}"#), ["derived[0].measure"]);
        assert_eq!(fault(r#""derived": [{"measure": "net_sales", "as": "running_total"}]"#), ["derived[0].as"]);
        assert_eq!(fault(r#""derived": [{"measure": "customers", "as": "running_total"}], "time": {"grain": "day"}"#), ["derived[0].measure"]);
        assert_eq!(fault(r#""derived": [{"measure": "net_sales", "as": "share_of_total"}]"#), ["derived[0].as"]);
        assert_eq!(
            fault(r#""derived": [{"measure": "net_sales", "as": "moving_average", "over": 1}], "time": {"grain": "day"}"#),
            ["derived[0].over"]
        );
        assert_eq!(fault(r#""compare": {"rest_of": "country"}"#), ["compare"]);
        let split =
            r#""dimensions": ["country"], "filters": [{"dimension": "country", "op": "in", "values": ["GB"]}], "compare": {"rest_of": "country"}"#;
        assert_eq!(fault(split), ["compare"]);
    }

    #[test]
    fn shares_and_running_totals_are_of_what_adds_up() {
        let json = |measure: &str, rest: &str, way: &str| {
            format!(r#"{{"measures": ["{measure}"], {rest}, "derived": [{{"measure": "{measure}", "as": "{way}"}}]}}"#)
        };
        let holds = |measure: &str, rest: &str, way: &str| match read(&json(measure, rest, way)).expect("it reads").check() {
            Ok(()) => true,
            Err(error) => {
                assert_eq!(error.fields.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["derived[0].measure"], "{measure} {rest}");
                false
            }
        };
        let (monthly, by_channel, by_product) = (r#""time": {"grain": "month"}"#, r#""dimensions": ["channel"]"#, r#""dimensions": ["product"]"#);
        for (measure, splits) in [
            ("net_sales", [true, true, true]),
            // An order has one day and one channel, but may have two products.
            ("orders", [true, true, false]),
            // Who is new is new on one day.
            ("new_customers", [true, false, false]),
            ("customers", [false, false, false]),
            ("average_order_value", [false, false, false]),
            ("return_rate", [false, false, false]),
        ] {
            assert_eq!([monthly, by_channel, by_product].map(|split| holds(measure, split, "share_of_total")), splits, "{measure}");
            assert_eq!(holds(measure, monthly, "running_total"), splits[0], "{measure}");
        }
        assert!(holds("stock_on_hand", by_product, "share_of_total"));
    }

    #[test]
    fn what_has_no_past_is_not_compared_with_it() {
        for measure in ["stock_on_hand", "days_of_cover", "sell_through"] {
            for against in ["previous_period", "last_year"] {
                assert_eq!(fields(&format!(r#"{{"measures": ["units", "{measure}"], "compare": "{against}"}}"#)), ["compare"]);
            }
            let grown = format!(r#"{{"measures": ["{measure}"], "compare": "last_year", "derived": [{{"measure": "{measure}", "as": "growth"}}]}}"#);
            assert_eq!(fields(&grown), ["compare"]);
        }
        let other_category = r#"{"measures": ["stock_on_hand"], "filters": [{"dimension": "category", "op": "in", "values": ["Drinks"]}],
            "compare": {"rest_of": "category"}}"#;
        assert_eq!(read(other_category).expect("it reads").check(), Ok(()));
    }

    #[test]
    fn unknown_names_do_not_read() {
        assert!(read(r#"{"measures": ["net_sale"]}"#).is_err_and(|sentence| sentence.contains("net_sales")));
        assert!(read(r#"{"measures": ["orders"], "dimension": ["country"]}"#).is_err());
    }
}
