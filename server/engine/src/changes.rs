//! Where a change came from: the exact contribution of each part, and how much a split tells.

/// A part before and now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// What it was.
    pub before: f64,
    /// What it is.
    pub now: f64,
    /// Its weight in the whole before and now; of parts that add up it does not matter.
    pub weights: (f64, f64),
}

/// What a part contributed to the change of the whole, in the whole's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// By how much. Over all parts these add up to the change of the whole.
    pub by: f64,
    /// By how much, had all parts changed alike.
    pub expected: f64,
}

/// Contributions of parts that add up: each its own difference.
pub fn of_sums(parts: &[Part]) -> Vec<Contribution> {
    let before: f64 = parts.iter().map(|part| part.before.abs()).sum();
    let change: f64 = parts.iter().map(|part| part.now - part.before).sum();
    let share = |part: &Part| if before > 0.0 { part.before.abs() / before } else { 1.0 / parts.len() as f64 };
    parts.iter().map(|part| Contribution { by: part.now - part.before, expected: change * share(part) }).collect()
}

/// Contributions of rates whose weighted average is the whole: `(w₁/W₁)(r₁ − R₀) − (w₀/W₀)(r₀ − R₀)`.
///
/// With `R₀` the whole before. The second terms add up to nothing and the first to `R₁ − R₀`, so that nothing is left unexplained: a part
/// contributes by its own rate and by its weight, the usual rate and mix effects taken together.
pub fn of_rates(parts: &[Part]) -> Vec<Contribution> {
    let weight_before: f64 = parts.iter().map(|part| part.weights.0).sum();
    let weight_now: f64 = parts.iter().map(|part| part.weights.1).sum();
    let share = |weight: f64, of: f64| if of == 0.0 { 0.0 } else { weight / of };
    let whole_before: f64 = parts.iter().map(|part| share(part.weights.0, weight_before) * part.before).sum();
    let by = |part: &Part| {
        let now = share(part.weights.1, weight_now) * (part.now - whole_before);
        now - share(part.weights.0, weight_before) * (part.before - whole_before)
    };
    let change: f64 = parts.iter().map(by).sum();
    parts.iter().map(|part| Contribution { by: by(part), expected: change * share(part.weights.0, weight_before) }).collect()
}

/// The parts that may account for a change.
const FEW: usize = 3;

/// How much a split tells, from 0 to 1: the share of all movement by which the three parts that differ most from what was expected do so.
///
/// Nothing where all parts moved alike, and little where many parts each differ a little: the first says that the dimension has no part in
/// the change, the second that no few values of it have. After the succinctness and surprise of Adtributor (Bhagwan et al., NSDI 2014).
pub fn tells(contributions: &[Contribution]) -> f64 {
    let movement: f64 = contributions.iter().map(|part| part.by.abs() + part.expected.abs()).sum();
    let mut surprises: Vec<f64> = contributions.iter().map(|part| (part.by - part.expected).abs()).collect();
    surprises.sort_by(|a, b| b.total_cmp(a));
    let few: f64 = surprises.iter().take(FEW).sum();
    if movement > 0.0 { (few / movement).min(1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(before: f64, now: f64) -> Part {
        Part { before, now, weights: (0.0, 0.0) }
    }

    fn rate(before: f64, now: f64, weights: (f64, f64)) -> Part {
        Part { before, now, weights }
    }

    fn total(contributions: &[Contribution]) -> (f64, f64) {
        (contributions.iter().map(|part| part.by).sum(), contributions.iter().map(|part| part.expected).sum())
    }

    #[test]
    fn sums_contribute_their_differences() {
        let parts = of_sums(&[sum(600.0, 300.0), sum(300.0, 330.0), sum(100.0, 0.0), sum(0.0, 20.0)]);
        let by: Vec<f64> = parts.iter().map(|part| part.by).collect();
        assert_eq!(by, [-300.0, 30.0, -100.0, 20.0]);
        assert_eq!(parts.iter().map(|part| part.expected.round()).collect::<Vec<_>>(), [-210.0, -105.0, -35.0, 0.0]);
    }

    #[test]
    fn rates_contribute_by_their_own_change_and_by_their_weight() {
        // 10 orders of 20 and 10 of 40 are 30 on average; 10 of 20 and 30 of 40 are 35 though no rate changed.
        let mix = of_rates(&[rate(20.0, 20.0, (10.0, 10.0)), rate(40.0, 40.0, (10.0, 30.0))]);
        assert_eq!((mix[0].by, mix[1].by), (2.5, 2.5));
        // The first part's rate doubles, the weights stay: all of the change is its own.
        let own = of_rates(&[rate(20.0, 40.0, (10.0, 10.0)), rate(40.0, 40.0, (10.0, 10.0))]);
        assert_eq!((own[0].by, own[1].by), (10.0, 0.0));
        assert_eq!(total(&own), (10.0, 10.0));
    }

    #[test]
    fn parts_that_come_or_go_leave_nothing_unexplained() {
        let gone = of_rates(&[rate(20.0, 0.0, (10.0, 0.0)), rate(40.0, 40.0, (10.0, 10.0)), rate(0.0, 70.0, (0.0, 10.0))]);
        assert!((total(&gone).0 - (55.0 - 30.0)).abs() < 1e-9, "{gone:?}");
        assert!(of_rates(&[rate(0.0, 5.0, (0.0, 2.0))])[0].by.is_finite());
    }

    #[test]
    fn what_moves_alike_tells_nothing_and_one_that_moves_alone_much() {
        let alike = of_sums(&[sum(100.0, 50.0), sum(200.0, 100.0), sum(20.0, 10.0)]);
        assert!(tells(&alike) < 1e-9);
        let alone = of_sums(&[sum(100.0, 0.0), sum(200.0, 200.0), sum(20.0, 20.0)]);
        assert!(tells(&alone) > 0.5, "{}", tells(&alone));
        let many: Vec<Part> = (0..200).map(|index| sum(100.0, if index % 2 == 0 { 90.0 } else { 100.0 })).collect();
        assert!(tells(&of_sums(&many)) < 0.05);
        assert_eq!(tells(&of_sums(&[])), 0.0);
    }
}
