//! An axis of values: from zero, in few and round steps.

/// About so many steps.
const STEPS: f64 = 3.0;

/// From the lowest to the highest value that is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    /// An axis that holds all values, and zero.
    pub(super) fn over(values: impl Iterator<Item = f64>) -> Self {
        let (low, high) = values.fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let high = if high - low < 1e-9 { low + 1.0 } else { high };
        let step = round_step((high - low) / STEPS);
        Self { low: (low / step).floor() * step, high: (high / step).ceil() * step, step }
    }

    /// Where a value stands, from 0 at the lowest to 1.
    pub(super) fn share(self, value: f64) -> f32 {
        ((value.clamp(self.low, self.high) - self.low) / (self.high - self.low)) as f32
    }

    /// From one line to the next.
    pub(super) fn step(self) -> f64 {
        self.step
    }

    /// Where its lines stand.
    pub(super) fn ticks(self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round().clamp(1.0, 12.0) as u32;
        (0..=count).map(|index| self.low + f64::from(index) * self.step).map(|tick| if tick.abs() < self.step * 1e-6 { 0.0 } else { tick }).collect()
    }
}

/// The next step that reads well: 1, 2, 2.5 or 5 of a power of ten.
fn round_step(raw: f64) -> f64 {
    let power = 10_f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0].into_iter().find(|step| raw <= step * power).unwrap_or(10.0);
    step * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_begin_at_zero_and_go_in_round_steps() {
        assert_eq!(Scale::over([10.0, 95.0].into_iter()).ticks(), [0.0, 50.0, 100.0]);
        assert_eq!(Scale::over([-20.0, 40.0].into_iter()).ticks(), [-20.0, 0.0, 20.0, 40.0]);
        assert_eq!(Scale::over(std::iter::empty()).ticks(), [0.0, 0.5, 1.0]);
    }

    #[test]
    fn values_stand_between_both_ends_whatever_they_are() {
        for values in [vec![1e100, -1e100], vec![1e-300], vec![0.0], vec![-5.0], vec![1e-8, 3.0]] {
            let scale = Scale::over(values.iter().copied());
            assert!(scale.ticks().len() <= 13, "{values:?}");
            assert!(values.iter().all(|value| (0.0..=1.0).contains(&scale.share(*value))), "{values:?}: {scale:?}");
        }
    }
}
