//! A PostgreSQL database that lives as long as a test.

use std::str::FromStr;

use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::{ConnectionTrait, Database};
use services::random::{Random, SystemRandom};

/// The role that owns it: no superuser, because row-level security does not hold for one.
const ROLE: &str = "tradepost_test";

/// Dropped with its connections when the test ends.
pub(crate) struct Throwaway {
    server: String,
    name: String,
    pub(crate) url: String,
}

impl Throwaway {
    /// A fresh database on the server of `TEST_DATABASE_URL`, if that is set.
    pub(crate) async fn create() -> Option<Self> {
        let server = super::setting("TEST_DATABASE_URL")?;
        let random: &dyn Random = &SystemRandom;
        let name = format!("test_{}", random.uuid_v7(0).simple());
        let admin = Database::connect(&server).await.expect("the test server answers");
        // Of several tests that start at once, one makes the role.
        let role = format!("CREATE ROLE {ROLE} LOGIN PASSWORD '{ROLE}' NOSUPERUSER NOBYPASSRLS");
        let _made_already = admin.execute_unprepared(&role).await;
        // To give it a database, who is no superuser must belong to it.
        let _superuser = admin.execute_unprepared(&format!("GRANT {ROLE} TO CURRENT_USER")).await;
        admin.execute_unprepared(&format!("CREATE DATABASE {name} OWNER {ROLE}")).await.expect("a database can be made");
        admin.close().await.expect("it closes");
        let options = PgConnectOptions::from_str(&server).expect("TEST_DATABASE_URL is a PostgreSQL address");
        let url = format!("postgres://{ROLE}:{ROLE}@{}:{}/{name}", options.get_host(), options.get_port());
        Some(Self { server, name, url })
    }
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
