//! From names and values to a checked configuration.

use super::environment::Environment;
use super::nearest::nearest;
use super::parse;
use super::variables::{VARIABLES, find};
use services::config::{ColumnsUse, QUESTION_TIME, ServicesConfig};
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// All that the program was told, checked.
#[derive(Clone)]
pub struct Config {
    /// Where to listen.
    pub address: SocketAddr,
    /// Whether `X-Forwarded-For` is believed.
    pub trust_proxy: bool,
    /// The folder with the built pages.
    pub site_dir: PathBuf,
    /// What lets another machine read `/metrics`.
    pub metrics_token: Option<String>,
    /// The filter of the log.
    pub log: String,
    /// Whether `serve` makes the demo shop.
    pub demo: bool,
    /// Whether people reach us over TLS, so that cookies are `Secure` and HSTS is sent.
    pub is_https: bool,
    /// What the use cases need.
    pub services: ServicesConfig,
}

/// A wrong or risky value, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The variable.
    pub name: &'static str,
    /// Its value, unless it is a secret.
    pub value: Option<String>,
    /// What is wrong with it and what to write instead.
    pub sentence: String,
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.value.as_ref().map(|value| format!("={value}")).unwrap_or_default();
        write!(f, "{}{value} {}", self.name, self.sentence)
    }
}

/// A configuration with what a person should know about it.
pub struct Reading {
    /// What is in force.
    pub config: Config,
    /// Not wrong, but perhaps not meant.
    pub warnings: Vec<String>,
    /// Each variable with its value as it may be printed.
    pub effective: Vec<(&'static str, String)>,
}

struct Reader<'a> {
    environment: &'a Environment,
    problems: Vec<ConfigProblem>,
}

impl Reader<'_> {
    /// The value of a variable through its parser; a wrong one is noted and gives `None`.
    fn read<T>(&mut self, name: &'static str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let variable = find(name);
        let text = self.environment.get(name).or(Some(variable.default).filter(|default| !default.is_empty()))?;
        match parse(text) {
            Ok(value) => Some(value),
            Err(sentence) => {
                let value = (!variable.is_secret).then(|| text.to_owned());
                self.problems.push(ConfigProblem { name, value, sentence });
                None
            }
        }
    }

    fn text(&mut self, name: &'static str) -> Option<String> {
        self.read(name, |text| Ok(text.to_owned()))
    }
}

impl Config {
    /// Reads and checks everything; all problems come at once.
    pub fn read(environment: &Environment) -> Result<Reading, Vec<ConfigProblem>> {
        let mut reader = Reader { environment, problems: Vec::new() };
        let config = read_all(&mut reader);
        match config {
            Some(config) if reader.problems.is_empty() => {
                let warnings = warnings(environment, &config);
                let effective = effective(environment, &config);
                Ok(Reading { config, warnings, effective })
            }
            _ => Err(reader.problems),
        }
    }
}

fn read_all(reader: &mut Reader<'_>) -> Option<Config> {
    let address = reader.read("TRADEPOST_ADDRESS", |text| {
        text.parse::<SocketAddr>().map_err(|_| "is not an address with a port; write for example 127.0.0.1:3000".to_owned())
    });
    let public_url = reader.read("TRADEPOST_PUBLIC_URL", parse::public_url);
    let trust_proxy = reader.read("TRADEPOST_TRUST_PROXY", parse::switch);
    let site_dir = reader.read("TRADEPOST_SITE_DIR", existing_folder);
    let metrics_token = reader.read("TRADEPOST_METRICS_TOKEN", |text| match text.len() {
        16.. => Ok(text.to_owned()),
        _ => Err("is too short to keep anyone out; use at least 16 random characters".to_owned()),
    });
    let log = reader.read("TRADEPOST_LOG", |text| match text.parse::<tracing_subscriber::EnvFilter>() {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(format!("is not a log filter ({error}); write error, warn, info or debug")),
    });
    let demo = reader.read("TRADEPOST_DEMO", parse::switch);
    let services = read_services(reader, address, public_url);
    let site_dir = site_dir.unwrap_or_else(site_dir_by_default);
    let services = services?;
    if services.data_dir.starts_with(&site_dir) || services.secret_file.starts_with(&site_dir) {
        reader.problems.push(ConfigProblem {
            name: "TRADEPOST_DATA_DIR",
            value: None,
            sentence: "lies in the folder whose files anyone may fetch (TRADEPOST_SITE_DIR); choose another".to_owned(),
        });
    }
    Some(Config {
        address: address?,
        trust_proxy: trust_proxy?,
        site_dir,
        metrics_token,
        log: log?,
        demo: demo?,
        is_https: services.public_url.starts_with("https://"),
        services,
    })
}

fn read_services(reader: &mut Reader<'_>, address: Option<SocketAddr>, public_url: Option<String>) -> Option<ServicesConfig> {
    let data_dir = reader.text("TRADEPOST_DATA_DIR").map(PathBuf::from);
    let database_url = reader.read("DATABASE_URL", |text| parse::service_url(text, &["postgres", "postgresql", "sqlite"]));
    let redis_url = reader.read("REDIS_URL", |text| parse::service_url(text, &["redis", "rediss"]));
    let smtp_url = reader.read("SMTP_URL", |text| parse::service_url(text, &["smtp", "smtps"]));
    let secret_file = reader.read("TRADEPOST_SECRET_FILE", |text| Ok(PathBuf::from(text)));
    let upload_max_bytes = reader.read("TRADEPOST_UPLOAD_MAX_BYTES", parse::bytes);
    let keep_files_days = reader.read("TRADEPOST_KEEP_FILES_DAYS", |text| match text.parse::<u32>() {
        Ok(days @ 1..=36_500) => Ok(days),
        _ => Err("is not a number of days from 1 to 36500; leave it out to keep files for ever".to_owned()),
    });
    let worker_threads = reader.read("TRADEPOST_WORKERS", |text| match text.parse::<usize>() {
        Ok(count @ 0..=64) => Ok(count),
        _ => Err("is not a number from 0 to 64".to_owned()),
    });
    let columns = reader.read("TRADEPOST_COLUMNS", |text| match text {
        "auto" => Ok(ColumnsUse::Auto),
        "always" => Ok(ColumnsUse::Always),
        "never" => Ok(ColumnsUse::Never),
        _ => Err("is none of auto, always and never".to_owned()),
    });
    let mail_from = reader.read("TRADEPOST_MAIL_FROM", parse::sender);
    let board_token_seconds = reader.read("TRADEPOST_BOARD_TOKEN_SECONDS", |text| match text.parse::<u32>() {
        Ok(seconds @ 10..=600) => Ok(seconds),
        _ => Err("is not a number from 10 to 600".to_owned()),
    });
    let embed_origins = reader.read("TRADEPOST_EMBED_ORIGINS", parse::origins);
    let power_bi_login_url = reader.read("TRADEPOST_POWER_BI_LOGIN_URL", parse::public_url);
    let power_bi_api_url = reader.read("TRADEPOST_POWER_BI_API_URL", parse::public_url);
    let data_dir = data_dir?;
    Some(ServicesConfig {
        database_url: database_url.unwrap_or_else(|| format!("sqlite://{}", data_dir.join("tradepost.sqlite").display())),
        redis_url,
        public_url: public_url.or_else(|| address.map(parse::url_of))?,
        smtp_url,
        mail_from: mail_from?,
        upload_max_bytes: upload_max_bytes?,
        keep_files_days,
        worker_threads: worker_threads?,
        reader_program: std::env::current_exe().ok(),
        secret_file: secret_file.unwrap_or_else(|| data_dir.join("secret.key")),
        columns: columns?,
        question_time: QUESTION_TIME,
        board_token_seconds: board_token_seconds?,
        embed_origins: embed_origins.unwrap_or_default(),
        power_bi_login_url: power_bi_login_url?,
        power_bi_api_url: power_bi_api_url?,
        data_dir,
    })
}

fn existing_folder(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    if path.is_dir() { Ok(path) } else { Err("is not a folder; build the pages first, or leave it out".to_owned()) }
}

/// `site` beside the executable, else where the build leaves it.
fn site_dir_by_default() -> PathBuf {
    let beside = std::env::current_exe().ok().and_then(|path| Some(path.parent()?.join("site")));
    beside.filter(|path| path.is_dir()).unwrap_or_else(|| Path::new("target").join("site"))
}

/// What the scripts of `make` read; the program inherits it from them.
const FOR_SCRIPTS: [&str; 6] =
    ["TRADEPOST_BINARY", "TRADEPOST_CACHE", "TRADEPOST_CHROMIUM", "TRADEPOST_SCREENSHOTS", "TRADEPOST_SKIPPED", "TRADEPOST_TEST_DATA"];

fn warnings(environment: &Environment, config: &Config) -> Vec<String> {
    let mut warnings = Vec::new();
    for name in environment.names().filter(|name| name.starts_with("TRADEPOST_")) {
        let known = || VARIABLES.iter().map(|variable| variable.name);
        let is_for_scripts = name.starts_with("TRADEPOST_E2E_") || FOR_SCRIPTS.contains(&name);
        if is_for_scripts || known().any(|known| known == name) {
            continue;
        }
        let meant = nearest(name, known()).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        warnings.push(format!("{name} is set, but nothing reads it{meant}"));
    }
    let is_open = !config.address.ip().is_loopback();
    if is_open && environment.get("TRADEPOST_PUBLIC_URL").is_none() {
        warnings.push("TRADEPOST_PUBLIC_URL is not set: links in mails point to the listening address, which others may not reach".to_owned());
    }
    if is_open && config.trust_proxy {
        warnings.push("TRADEPOST_TRUST_PROXY is on while TRADEPOST_ADDRESS is open to the network: let only the proxy reach it".to_owned());
    }
    warnings
}

/// What is in force, without secrets.
fn effective(environment: &Environment, config: &Config) -> Vec<(&'static str, String)> {
    let derived = |name: &str| match name {
        "TRADEPOST_PUBLIC_URL" => config.services.public_url.clone(),
        "TRADEPOST_SITE_DIR" => config.site_dir.display().to_string(),
        "TRADEPOST_SECRET_FILE" => config.services.secret_file.display().to_string(),
        "DATABASE_URL" => "(not set: SQLite in the data folder)".to_owned(),
        "REDIS_URL" => "(not set: kept in memory)".to_owned(),
        "TRADEPOST_EMBED_ORIGINS" => "(not set: none)".to_owned(),
        "SMTP_URL" => "(not set: mails are written to files)".to_owned(),
        "TRADEPOST_KEEP_FILES_DAYS" => "(not set: for ever)".to_owned(),
        "TRADEPOST_METRICS_TOKEN" => "(not set: this machine only)".to_owned(),
        other => find(other).default.to_owned(),
    };
    let show = |name: &'static str, is_secret: bool| match environment.get(name) {
        Some(url) if is_secret => url.split_once("://").map_or("(set)".to_owned(), |(scheme, _)| format!("{scheme}://… (set)")),
        Some(text) => text.to_owned(),
        None => derived(name),
    };
    VARIABLES.iter().map(|variable| (variable.name, show(variable.name, variable.is_secret))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Reading, Vec<String>> {
        Config::read(&pairs.iter().copied().collect()).map_err(|problems| problems.iter().map(ToString::to_string).collect())
    }

    fn good(pairs: &[(&str, &str)]) -> Reading {
        read(pairs).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    #[test]
    fn nothing_set_is_a_working_configuration() {
        let reading = good(&[]);
        assert_eq!(reading.config.address.to_string(), "127.0.0.1:3000");
        assert_eq!(reading.config.services.public_url, "http://127.0.0.1:3000");
        assert_eq!(reading.config.services.database_url, "sqlite://./data/tradepost.sqlite");
        assert_eq!(reading.config.services.upload_max_bytes, 4 << 30);
        assert_eq!(reading.config.services.keep_files_days, None);
        assert!(reading.warnings.is_empty() && !reading.config.is_https && reading.config.demo);
    }

    #[test]
    fn wrong_values_are_named_with_the_mend_all_at_once() {
        let problems = read(&[
            ("TRADEPOST_ADDRESS", "localhost"),
            ("TRADEPOST_WORKERS", "many"),
            ("TRADEPOST_KEEP_FILES_DAYS", "0"),
            ("DATABASE_URL", "mysql://root:hunter2@db/x"),
            ("TRADEPOST_METRICS_TOKEN", "short"),
            ("TRADEPOST_PUBLIC_URL", "http://shop.example.com"),
        ])
        .err()
        .expect("it is refused");
        assert_eq!(problems.len(), 6, "{problems:?}");
        assert!(problems.iter().any(|problem| problem.starts_with("TRADEPOST_ADDRESS=localhost is not an address")), "{problems:?}");
        assert!(problems.iter().all(|problem| !problem.contains("hunter2")), "{problems:?}");
    }

    #[test]
    fn files_are_kept_for_so_many_days() {
        assert_eq!(good(&[("TRADEPOST_KEEP_FILES_DAYS", "90")]).config.services.keep_files_days, Some(90));
    }

    #[test]
    fn unknown_names_are_warned_about_with_the_nearest() {
        let reading = good(&[("TRADEPOST_ADRESS", "127.0.0.1:4000"), ("TRADEPOST_CACHE", "/var/cache/tradepost")]);
        assert_eq!(reading.warnings, ["TRADEPOST_ADRESS is set, but nothing reads it; did you mean TRADEPOST_ADDRESS?"]);
    }

    #[test]
    fn what_is_printed_holds_no_secret() {
        let reading = good(&[("DATABASE_URL", "postgres://u:hunter2@db/x"), ("TRADEPOST_METRICS_TOKEN", "hunter2hunter2hunter2")]);
        let printed = format!("{:?}", reading.effective);
        assert!(!printed.contains("hunter2") && printed.contains("postgres://… (set)"), "{printed}");
    }

    #[test]
    fn data_among_the_public_files_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let site = folder.path().display().to_string();
        let data = folder.path().join("data").display().to_string();
        assert!(read(&[("TRADEPOST_SITE_DIR", &site), ("TRADEPOST_DATA_DIR", &data)]).is_err());
    }
}
