//! Every variable Tradepost reads, with its default and its explanation: the list that `.env.example` is printed from.

/// A variable of the environment.
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What holds when it is not set; empty where there is no default.
    pub default: &'static str,
    /// A value to start from in `.env.example`, where the default is empty.
    pub example: &'static str,
    /// Whether its value must never be printed.
    pub is_secret: bool,
    /// What it is for, a line each.
    pub explanation: &'static [&'static str],
}

/// A heading of `.env.example` and the variables below it.
pub(super) const GROUPS: &[(&str, &[&str])] = &[
    (
        "Where it answers",
        &["TRADEPOST_ADDRESS", "TRADEPOST_PUBLIC_URL", "TRADEPOST_TRUST_PROXY", "TRADEPOST_SITE_DIR", "TRADEPOST_METRICS_TOKEN", "TRADEPOST_LOG"],
    ),
    ("Where data live", &["TRADEPOST_DATA_DIR", "DATABASE_URL", "REDIS_URL", "TRADEPOST_SECRET_FILE"]),
    ("Work", &["TRADEPOST_UPLOAD_MAX_BYTES", "TRADEPOST_KEEP_FILES_DAYS", "TRADEPOST_WORKERS", "TRADEPOST_COLUMNS", "TRADEPOST_DEMO"]),
    ("Mail", &["SMTP_URL", "TRADEPOST_MAIL_FROM"]),
    ("Public links", &["TRADEPOST_EMBED_ORIGINS"]),
    ("Other tools' boards", &["TRADEPOST_BOARD_TOKEN_SECONDS", "TRADEPOST_POWER_BI_LOGIN_URL", "TRADEPOST_POWER_BI_API_URL"]),
];

const fn plain(name: &'static str, default: &'static str, example: &'static str, explanation: &'static [&'static str]) -> Variable {
    Variable { name, default, example, is_secret: false, explanation }
}

const fn secret(name: &'static str, example: &'static str, explanation: &'static [&'static str]) -> Variable {
    Variable { name, default: "", example, is_secret: true, explanation }
}

/// All of them, ordered as the groups are.
pub const VARIABLES: &[Variable] = &[
    plain(
        "TRADEPOST_ADDRESS",
        "127.0.0.1:3000",
        "",
        &["Address and port to listen on. 0.0.0.0:3000 is every network interface: then set TRADEPOST_PUBLIC_URL too."],
    ),
    plain(
        "TRADEPOST_PUBLIC_URL",
        "",
        "https://tradepost.example.com",
        &[
            "The address people use, for links in mails and for cookies. Default: http:// and TRADEPOST_ADDRESS.",
            "Outside of a private network it must be https://.",
        ],
    ),
    plain(
        "TRADEPOST_TRUST_PROXY",
        "off",
        "",
        &[
            "on: the last address in X-Forwarded-For is the client's. Only behind a proxy of your own that sets this header,",
            "otherwise anyone can write there what they like and walk around the limits per address.",
        ],
    ),
    plain(
        "TRADEPOST_SITE_DIR",
        "",
        "/usr/share/tradepost/site",
        &["The folder with the built pages. Default: `site` beside the executable, else target/site."],
    ),
    secret(
        "TRADEPOST_METRICS_TOKEN",
        "a-long-random-word",
        &["Lets another machine read /metrics with `Authorization: Bearer <token>`; at least 16 characters.", "Without it only this machine can."],
    ),
    plain(
        "TRADEPOST_LOG",
        "info",
        "",
        &["What is logged: error, warn, info, debug, or a filter such as info,services=debug. One JSON object a line, to stderr."],
    ),
    plain(
        "TRADEPOST_DATA_DIR",
        "./data",
        "",
        &[
            "Where the database, uploads, mails and the key file live. Back this folder up.",
            "Servers and workers on one database share it: each reads files that another took in.",
        ],
    ),
    secret(
        "DATABASE_URL",
        "postgres://tradepost:password@127.0.0.1:5432/tradepost",
        &["PostgreSQL 15 or newer. Default: SQLite in the data folder."],
    ),
    secret("REDIS_URL", "redis://127.0.0.1:6379", &["Redis 7, for limits, cache and wake-ups shared by several servers. Default: kept in memory."]),
    plain(
        "TRADEPOST_SECRET_FILE",
        "",
        "/etc/tradepost/secret.key",
        &[
            "The key that signs sessions. Made at the first start, readable by its owner only. Default: secret.key in the data folder.",
            "All servers on one database share it.",
        ],
    ),
    plain("TRADEPOST_UPLOAD_MAX_BYTES", "4GiB", "", &["The largest file that may be uploaded: bytes, or with KiB, MiB or GiB."]),
    plain(
        "TRADEPOST_KEEP_FILES_DAYS",
        "",
        "730",
        &[
            "How many days a file stays after it was read: so long its rows can be looked up and it can be read again. After a week it lies",
            "compressed. Default: for ever. Files that failed or were undone go after a week in any case.",
        ],
    ),
    plain("TRADEPOST_WORKERS", "2", "", &["How many jobs run at once in this process. 0: `serve` leaves them all to `tradepost worker`."]),
    plain(
        "TRADEPOST_COLUMNS",
        "auto",
        "",
        &[
            "Which shops get a columnar copy of their facts in the data folder, which answers questions faster: auto (those with 100,000 order",
            "lines or more), always or never. The copy follows the database by itself; `tradepost reindex` writes it anew.",
        ],
    ),
    plain("TRADEPOST_DEMO", "on", "", &["on: `serve` makes an invented shop to look around in, when there is none yet."]),
    secret("SMTP_URL", "smtps://user:password@smtp.example.com", &["How mail leaves. Default: written to files in the data folder's `mail`."]),
    plain("TRADEPOST_MAIL_FROM", "Tradepost <tradepost@localhost>", "", &["The sender of mails."]),
    plain(
        "TRADEPOST_EMBED_ORIGINS",
        "",
        "https://www.example.com https://intranet.example.com",
        &[
            "The sites whose pages may show a board's public link in a frame, with spaces between them. Default: none, and browsers",
            "refuse to show links anywhere but here.",
        ],
    ),
    plain(
        "TRADEPOST_BOARD_TOKEN_SECONDS",
        "540",
        "",
        &["How long a token for another tool's board lives, 10 to 600. Tableau refuses more than ten minutes; open pages ask for a new one in time."],
    ),
    plain(
        "TRADEPOST_POWER_BI_LOGIN_URL",
        "https://login.microsoftonline.com",
        "",
        &["Where Microsoft's tokens for Power BI (app owns data) are asked for. National clouds have their own."],
    ),
    plain("TRADEPOST_POWER_BI_API_URL", "https://api.powerbi.com", "", &["Where Power BI's API is. National clouds have their own."]),
];

/// The variable of a name.
pub(super) fn find(name: &str) -> &'static Variable {
    VARIABLES.iter().find(|variable| variable.name == name).expect("only names of this list are asked for")
}
