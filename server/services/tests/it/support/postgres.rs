//! A PostgreSQL database that lives as long as a test.

use std::str::FromStr;

use migration::{Migrator, MigratorTrait};
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::{ConnectionTrait, Database};
use services::random::{Random, SystemRandom};
use tokio::sync::OnceCell;

/// The role that owns it: no superuser, because row-level security does not hold for one.
const ROLE: &str = "tradepost_test";

/// The database that all others of this process are copies of: its schema is up to date already.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// Dropped with its connections when the test ends.
pub(crate) struct Throwaway {
    server: String,
    name: String,
    pub(crate) url: String,
}

impl Throwaway {
    /// A database with today's schema on the server of `TEST_DATABASE_URL`, if that is set.
    pub(crate) async fn create() -> Option<Self> {
        let server = super::setting("TEST_DATABASE_URL")?;
        let template = TEMPLATE.get_or_init(|| make_template(&server)).await;
        let name = fresh_name();
        create(&server, &name, &format!("TEMPLATE {template}")).await;
        let url = address(&server, &name);
        Some(Self { server, name, url })
    }

    /// One with nothing in it.
    pub(crate) async fn empty() -> Option<Self> {
        let server = super::setting("TEST_DATABASE_URL")?;
        let name = fresh_name();
        create(&server, &name, "").await;
        let url = address(&server, &name);
        Some(Self { server, name, url })
    }
}

fn fresh_name() -> String {
    let random: &dyn Random = &SystemRandom;
    format!("test_{}", random.uuid_v7(0).simple())
}

fn address(server: &str, name: &str) -> String {
    let options = PgConnectOptions::from_str(server).expect("TEST_DATABASE_URL is a PostgreSQL address");
    format!("postgres://{ROLE}:{ROLE}@{}:{}/{name}", options.get_host(), options.get_port())
}

async fn create(server: &str, name: &str, template: &str) {
    let admin = Database::connect(server).await.expect("the test server answers");
    admin.execute_unprepared(&format!("CREATE DATABASE {name} OWNER {ROLE} {template}")).await.expect("a database can be made");
    admin.close().await.expect("it closes");
}

/// Makes the role and a database with today's schema, and leaves no connection to it: PostgreSQL copies none that is in use.
async fn make_template(server: &str) -> String {
    let admin = Database::connect(server).await.expect("the test server answers");
    // A server that served tests before has the role.
    let role = format!("CREATE ROLE {ROLE} LOGIN PASSWORD '{ROLE}' NOSUPERUSER NOBYPASSRLS");
    let _made_already = admin.execute_unprepared(&role).await;
    // To give it a database, who is no superuser must belong to it.
    let _superuser = admin.execute_unprepared(&format!("GRANT {ROLE} TO CURRENT_USER")).await;
    admin.close().await.expect("it closes");
    let name = fresh_name();
    create(server, &name, "").await;
    let owner = Database::connect(address(server, &name)).await.expect("its owner may connect");
    Migrator::up(&owner, None).await.expect("the schema is made");
    owner.close().await.expect("it closes");
    name
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let admin = Database::connect(&server).await.expect("the test server answers");
                admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("the database can be dropped");
            });
        });
        let _ = dropped.join();
    }
}
