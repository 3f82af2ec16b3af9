//! The page's range of days, in a tool's own parameters.

use super::parameters::DateParameters;
use super::tool::EmbedTool;
use crate::Day;
use url::{Url, form_urlencoded};

impl EmbedTool {
    /// Whether its boards take a range of days in their address.
    pub fn takes_dates(self) -> bool {
        !matches!(self, Self::PowerBiPublic | Self::SupersetEmbedded | Self::Lightdash)
    }
}

/// The address with the first and last day in the tool's parameters; unchanged where the tool takes none.
///
/// For a signed board, this is done before it is signed: the days are then the server's, not the browser's.
pub fn with_dates(tool: EmbedTool, url: &str, names: &DateParameters, first: Day, last: Day) -> String {
    let Ok(mut parsed) = Url::parse(url) else { return url.to_owned() };
    let is_one = names.from == names.to;
    let (from, to) = (first.to_string(), last.to_string());
    match tool {
        _ if !tool.takes_dates() || names.from.is_empty() || names.to.is_empty() => {}
        EmbedTool::MetabasePublic | EmbedTool::MetabaseSigned if is_one => set(&mut parsed, &names.from, &format!("{from}~{to}")),
        EmbedTool::Looker if is_one => set(&mut parsed, &names.from, &until(first, last)),
        EmbedTool::LookerSigned => inside_login(&mut parsed, names, first, last),
        EmbedTool::LookerStudio => set_studio(&mut parsed, names, first, last),
        EmbedTool::PowerBiSecure | EmbedTool::PowerBiApp => set(&mut parsed, "$filter", &format!("{0} ge {from} and {0} le {to}", names.from)),
        EmbedTool::Grafana => {
            set(&mut parsed, &names.from, &milliseconds(first).to_string());
            set(&mut parsed, &names.to, &(milliseconds(last.plus_days(1)) - 1).to_string());
        }
        // One parameter for both is not a thing with the others.
        _ if is_one => {}
        _ => {
            set(&mut parsed, &names.from, &from);
            set(&mut parsed, &names.to, &to);
        }
    }
    parsed.into()
}

/// Looker's own words for a range; the second day is not part of it.
fn until(first: Day, last: Day) -> String {
    format!("{first} to {}", last.plus_days(1))
}

fn milliseconds(day: Day) -> i64 {
    i64::from(day.0) * 86_400_000
}

/// The board's own address stands inside the one for signing in, encoded.
fn inside_login(url: &mut Url, names: &DateParameters, first: Day, last: Day) {
    let Some(encoded) = url.path().strip_prefix("/login/embed/").map(str::to_owned) else {
        let dated = with_dates(EmbedTool::Looker, url.as_str(), names, first, last);
        if let Ok(dated) = Url::parse(&dated) {
            *url = dated;
        }
        return;
    };
    let pair = format!("p={}", encoded.replace('+', "%2B"));
    let inside = form_urlencoded::parse(pair.as_bytes()).next().and_then(|(_, path)| url.join(&path).ok());
    let dated = inside.and_then(|inside| Url::parse(&with_dates(EmbedTool::Looker, inside.as_str(), names, first, last)).ok());
    if let Some(dated) = dated {
        let path = dated.query().map_or_else(|| dated.path().to_owned(), |query| format!("{}?{query}", dated.path()));
        url.set_path(&format!("/login/embed/{}", encoded_text(&path)));
    }
}

/// Looker Studio takes one parameter with JSON in it, and days without dashes.
fn set_studio(url: &mut Url, names: &DateParameters, first: Day, last: Day) {
    let given = url.query_pairs().find(|(name, _)| name == "params").map(|(_, value)| value.into_owned());
    let mut params: serde_json::Map<String, serde_json::Value> = given.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let plain = |day: Day| day.to_string().replace('-', "");
    if names.from == names.to {
        params.insert(names.from.clone(), format!("{},{}", plain(first), plain(last)).into());
    } else {
        params.insert(names.from.clone(), plain(first).into());
        params.insert(names.to.clone(), plain(last).into());
    }
    set(url, "params", &serde_json::Value::Object(params).to_string());
}

/// Sets a parameter, in place of those of its name.
fn set(url: &mut Url, name: &str, value: &str) {
    let other = |pair: &&str| !pair.is_empty() && form_urlencoded::parse(pair.as_bytes()).next().is_some_and(|(key, _)| key != name);
    let mut pairs: Vec<String> = url.query().unwrap_or_default().split('&').filter(other).map(str::to_owned).collect();
    pairs.push(format!("{}={}", encoded_text(name), encoded_text(value)));
    url.set_query(Some(&pairs.join("&")));
}

fn encoded_text(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(tool: EmbedTool, url: &str, from: &str, to: &str) -> String {
        let names = DateParameters { from: from.to_owned(), to: to.to_owned() };
        let day = |day| Day::from_civil(2026, 11, day).unwrap();
        with_dates(tool, url, &names, day(1), day(21))
    }

    #[test]
    fn each_tool_gets_the_range_in_its_own_words() {
        use EmbedTool::*;
        let cases = [
            (
                MetabaseSigned,
                "https://m.example/embed/dashboard/42?a=1&to=x#theme=night",
                "from",
                "to",
                "https://m.example/embed/dashboard/42?a=1&from=2026-11-01&to=2026-11-21#theme=night",
            ),
            (
                MetabasePublic,
                "https://m.example/public/dashboard/x",
                "date",
                "date",
                "https://m.example/public/dashboard/x?date=2026-11-01%7E2026-11-21",
            ),
            (
                Looker,
                "https://l.example/embed/dashboards/4?A=b",
                "Order Date",
                "Order Date",
                "https://l.example/embed/dashboards/4?A=b&Order%20Date=2026-11-01%20to%202026-11-22",
            ),
            (
                LookerSigned,
                "https://l.example/login/embed/%2Fembed%2Fdashboards%2F4%3FA%3Db",
                "Day",
                "Day",
                "https://l.example/login/embed/%2Fembed%2Fdashboards%2F4%3FA%3Db%26Day%3D2026-11-01%2520to%25202026-11-22",
            ),
            (
                Tableau,
                "https://t.example/t/s/views/A/B?:embed=y",
                "Start",
                "End",
                "https://t.example/t/s/views/A/B?:embed=y&Start=2026-11-01&End=2026-11-21",
            ),
            (
                PowerBiSecure,
                "https://app.powerbi.com/reportEmbed?reportId=1",
                "Orders/Day",
                "Orders/Day",
                "https://app.powerbi.com/reportEmbed?reportId=1&%24filter=Orders%2FDay%20ge%202026-11-01%20and%20Orders%2FDay%20le%202026-11-21",
            ),
            (
                Grafana,
                "https://g.example/d/a/b?from=now-7d&to=now&kiosk",
                "from",
                "to",
                "https://g.example/d/a/b?kiosk&from=1793491200000&to=1795305599999",
            ),
            (Generic, "https://x.example/board", "a", "b", "https://x.example/board?a=2026-11-01&b=2026-11-21"),
            (Generic, "https://x.example/board", "a", "a", "https://x.example/board"),
            (SupersetEmbedded, "https://s.example/embedded/1", "a", "b", "https://s.example/embedded/1"),
        ];
        for (tool, url, from, to, expected) in cases {
            assert_eq!(dated(tool, url, from, to), expected, "{tool}");
        }
        let studio = dated(LookerStudio, "https://lookerstudio.google.com/embed/reporting/x?params=%7B%22o%22:%221%22%7D", "f", "t");
        let params = Url::parse(&studio).unwrap().query_pairs().next().map(|(_, value)| value.into_owned()).unwrap();
        assert_eq!(serde_json::from_str::<serde_json::Value>(&params).unwrap(), serde_json::json!({ "o": "1", "f": "20261101", "t": "20261121" }));
    }

    #[test]
    fn a_name_cannot_become_another_parameter() {
        assert_eq!(dated(EmbedTool::Generic, "https://x.example/b", "a&c=d#", "b"), "https://x.example/b?a%26c%3Dd%23=2026-11-01&b=2026-11-21");
    }
}
