//! A database and a Redis of one's own for every test app: SQLite and memory, or what `TEST_DATABASE_URL` and `TEST_REDIS_URL` name.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use migration::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectionTrait as _, Database};
use tokio::sync::OnceCell;

/// The database that all others of this process are copies of.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();
static NUMBER: AtomicU32 = AtomicU32::new(0);
/// Redis has sixteen numbered databases; each is lent to one test at a time.
static FREE: Mutex<Option<Vec<u8>>> = Mutex::new(None);
static RETURNED: Condvar = Condvar::new();

#[expect(clippy::disallowed_methods, reason = "the suite is told by its environment which backends to use")]
fn told(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether the suite runs on PostgreSQL.
pub(crate) fn has_postgres() -> bool {
    told("TEST_DATABASE_URL").is_some()
}

/// A PostgreSQL database of one's own with today's schema, if a server is given.
pub(crate) async fn fresh_database() -> Option<String> {
    let server = told("TEST_DATABASE_URL")?;
    let template = TEMPLATE.get_or_init(|| make_template(&server)).await;
    Some(create(&server, &format!("TEMPLATE {template}")).await.1)
}

/// A new database's name and address.
async fn create(server: &str, template: &str) -> (String, String) {
    let name = format!("server_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
    let admin = Database::connect(server).await.expect("PostgreSQL answers");
    admin.execute_unprepared(&format!("CREATE DATABASE {name} {template}")).await.expect("a database can be made");
    admin.close().await.expect("it closes");
    let (server, _) = server.rsplit_once('/').expect("the address names a database");
    let address = format!("{server}/{name}");
    (name, address)
}

/// Makes the database that all others are copies of, and leaves no connection to it: PostgreSQL copies none that is in use.
async fn make_template(server: &str) -> String {
    let (name, address) = create(server, "").await;
    let owner = Database::connect(address).await.expect("PostgreSQL answers");
    Migrator::up(&owner, None).await.expect("the schema is made");
    owner.close().await.expect("it closes");
    name
}

/// An empty numbered Redis database, given back when dropped.
pub(crate) struct LentRedis {
    pub(crate) url: String,
    number: u8,
}

impl LentRedis {
    /// One that no other test uses, if Redis is given.
    pub(crate) fn take() -> Option<Self> {
        let server = told("TEST_REDIS_URL")?;
        let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
        let number = loop {
            if let Some(number) = free.get_or_insert_with(|| (0..16).collect()).pop() {
                break number;
            }
            free = RETURNED.wait(free).unwrap_or_else(PoisonError::into_inner);
        };
        drop(free);
        empty(&server, number);
        Some(Self { url: format!("{}/{number}", server.trim_end_matches('/')), number })
    }
}

impl Drop for LentRedis {
    fn drop(&mut self) {
        FREE.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().push(self.number);
        RETURNED.notify_one();
    }
}

fn empty(server: &str, number: u8) {
    let address = server.trim_start_matches("redis://").trim_end_matches('/');
    let mut stream = TcpStream::connect(address).expect("Redis answers");
    stream.write_all(format!("SELECT {number}\r\nFLUSHDB\r\nQUIT\r\n").as_bytes()).expect("Redis listens");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("Redis answers");
    assert!(!answer.contains("-ERR"), "{answer}");
}
