//! How the services are set up. Plain data: the environment is read by the program, not here.

use std::path::PathBuf;
use std::time::Duration;

/// No question of a shop takes this long unless something is wrong with it.
pub const QUESTION_TIME: Duration = Duration::from_secs(20);

/// Which shops have a columnar copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnsUse {
    /// Those with many order lines.
    #[default]
    Auto,
    /// All.
    Always,
    /// None: the database answers everything.
    Never,
}

/// Everything the services need to know from outside.
#[derive(Clone)]
pub struct ServicesConfig {
    /// `sqlite://path` or `postgres://…`.
    pub database_url: String,
    /// `redis://…`; without it, what Redis would hold is held in memory.
    pub redis_url: Option<String>,
    /// Uploads, mails and the key file live here.
    pub data_dir: PathBuf,
    /// How people reach the program, without a slash at the end; links in mails begin with it.
    pub public_url: String,
    /// `smtp://…` or `smtps://…`; without it, mails become files in the data folder.
    pub smtp_url: Option<String>,
    /// The sender of mails.
    pub mail_from: String,
    /// The largest file that is accepted.
    pub upload_max_bytes: u64,
    /// How many days the files of uploads that the figures include are kept; without it, as long as the uploads are.
    pub keep_files_days: Option<u32>,
    /// Jobs that one process works on at once.
    pub worker_threads: usize,
    /// Our own program, which reads workbooks and archives in a process of its own; without it they are read in this one.
    pub reader_program: Option<PathBuf>,
    /// The file with the random key that all others are derived from.
    pub secret_file: PathBuf,
    /// Which shops have a columnar copy of their facts, which answers questions faster.
    pub columns: ColumnsUse,
    /// How long the statements of one question may run.
    pub question_time: Duration,
    /// How long a token for another tool's board lives.
    pub board_token_seconds: u32,
    /// The sites whose pages may show public links in a frame: `https://shop.example.com`.
    pub embed_origins: Vec<String>,
    /// Where Microsoft's tokens for Power BI are asked for, without a slash at the end.
    pub power_bi_login_url: String,
    /// Where Power BI's API is, without a slash at the end.
    pub power_bi_api_url: String,
}

impl ServicesConfig {
    /// The embedded set-up: SQLite and files in a data folder, nothing else needed.
    pub fn embedded(data_dir: impl Into<PathBuf>) -> Self {
        let data_dir = data_dir.into();
        Self {
            database_url: format!("sqlite://{}", data_dir.join("tradepost.sqlite").display()),
            redis_url: None,
            public_url: "http://127.0.0.1:3000".to_owned(),
            smtp_url: None,
            mail_from: "Tradepost <tradepost@localhost>".to_owned(),
            upload_max_bytes: 4 * 1024 * 1024 * 1024,
            keep_files_days: None,
            worker_threads: 2,
            reader_program: None,
            secret_file: data_dir.join("secret.key"),
            columns: ColumnsUse::Auto,
            question_time: QUESTION_TIME,
            board_token_seconds: 540,
            embed_origins: Vec::new(),
            power_bi_login_url: "https://login.microsoftonline.com".to_owned(),
            power_bi_api_url: "https://api.powerbi.com".to_owned(),
            data_dir,
        }
    }
}
