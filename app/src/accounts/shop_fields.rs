//! The long lists that a shop's owner chooses from.

use crate::ui::{Choice, ChoiceGroup};
use domain::Currency;

/// Every currency by code and name, after a line that asks to choose.
pub(crate) fn currency_groups() -> Vec<ChoiceGroup> {
    let choices = Currency::all().map(|currency| Choice::new(currency.code(), format!("{} – {}", currency.code(), currency.name()))).collect();
    vec![please_choose("Choose a currency"), ChoiceGroup { label: String::new(), choices }]
}

/// Every time zone under its continent, after a line that asks to choose.
pub(crate) fn time_zone_groups(zones: &[String]) -> Vec<ChoiceGroup> {
    let mut groups = vec![please_choose("Choose a time zone")];
    let mut others = Vec::new();
    for zone in zones {
        let Some((continent, place)) = zone.split_once('/') else {
            others.push(Choice::new(zone.clone(), zone.clone()));
            continue;
        };
        let choice = Choice::new(zone.clone(), place.replace('_', " ").replace('/', ", "));
        match groups.iter_mut().find(|group| group.label == continent) {
            Some(group) => group.choices.push(choice),
            None => groups.push(ChoiceGroup { label: continent.to_owned(), choices: vec![choice] }),
        }
    }
    groups.push(ChoiceGroup { label: "Other".to_owned(), choices: others });
    groups
}

fn please_choose(text: &str) -> ChoiceGroup {
    ChoiceGroup { label: String::new(), choices: vec![Choice::new("", text)] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_zones_stand_under_their_continent() {
        let zones = ["America/Argentina/Buenos_Aires", "Europe/London", "America/New_York", "UTC"].map(str::to_owned);
        let groups = time_zone_groups(&zones);
        let labels: Vec<_> = groups.iter().map(|group| group.label.as_str()).collect();
        assert_eq!(labels, ["", "America", "Europe", "Other"]);
        assert_eq!(groups[1].choices[0], Choice::new("America/Argentina/Buenos_Aires", "Argentina, Buenos Aires"));
    }
}
