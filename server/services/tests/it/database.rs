//! The schema on both databases, transactions, and row-level security.

use std::time::Duration;

use domain::ids::MerchantId;
use domain::question::Question;
use migration::{Migrator, MigratorTrait, tenant_tables};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, EntityTrait, Statement, TransactionTrait};
use services::analytics::answer;
use services::db::{Backend, Db};
use uuid::Uuid;

use crate::support::{TestServices, Throwaway, skipped};

#[tokio::test]
async fn every_entity_reads_its_table() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let m = owner.merchant_id;
    let tx = services.db.read(m).await.unwrap();
    macro_rules! reads {
        ($($table:ident),*) => { $(entity::$table::Entity::find().all(&*tx).await.expect(stringify!($table));)* };
    }
    reads!(api_key, audit_event, cron_slot, customer, invitation, job, mail, membership, merchant, order, order_line);
    reads!(password_reset, product, session, source, upload, upload_issue, user, inventory_level, money_movement, ad_spend);
    reads!(embed, embed_secret, embed_host, replaced_order, replaced_fact, fact_claim, request_key);
    assert_eq!(entity::membership::find(m).all(&*tx).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_second_start_changes_nothing_and_steps_can_be_taken_back() {
    let database = Throwaway::empty().await;
    let folder = tempfile::tempdir().unwrap();
    let url = database.as_ref().map_or_else(|| format!("sqlite://{}/x.sqlite", folder.path().display()), |database| database.url.clone());
    let db = Db::connect(&url).await.unwrap();
    db.migrate().await.unwrap();
    db.migrate().await.unwrap();
    let plain = Database::connect(&url).await.unwrap();
    assert!(Migrator::get_pending_migrations(&plain).await.unwrap().is_empty());
    Migrator::down(&plain, None).await.unwrap();
    Migrator::up(&plain, None).await.unwrap();
}

/// A database with the schema of an earlier day.
struct OfBefore {
    url: String,
    plain: DatabaseConnection,
    database: Option<Throwaway>,
    _folder: tempfile::TempDir,
}

impl OfBefore {
    /// After the first steps of the schema's history.
    async fn of(steps: u32) -> Self {
        let database = Throwaway::empty().await;
        let folder = tempfile::tempdir().expect("a folder");
        let url =
            database.as_ref().map_or_else(|| format!("sqlite://{}/x.sqlite?mode=rwc", folder.path().display()), |database| database.url.clone());
        let plain = Database::connect(&url).await.expect("a database");
        Migrator::up(&plain, Some(steps)).await.expect("the steps");
        Self { url, plain, database, _folder: folder }
    }

    /// A transaction that may write into any shop.
    async fn begin(&self) -> DatabaseTransaction {
        let tx = self.plain.begin().await.expect("a transaction");
        if self.database.is_some() {
            tx.execute_unprepared("SELECT set_config('app.system', 'on', true)").await.expect("it may");
        }
        tx
    }

    /// With the schema of today.
    async fn grown(&self) -> Db {
        Migrator::up(&self.plain, None).await.expect("it grows");
        Db::connect(&self.url).await.expect("it opens")
    }
}

#[tokio::test]
async fn products_of_before_are_told_from_what_is_none_when_the_schema_grows() {
    let before = OfBefore::of(3).await;
    let tx = before.begin().await;
    let insert = "INSERT INTO products (merchant_id, id, key, sku, title, title_as_of) VALUES";
    tx.execute_unprepared(&format!("{insert} (7, 1, 'a', 'POST', 'POSTAGE', 0), (7, 2, 'b', '85123A', 'Lantern', 0)")).await.unwrap();
    tx.commit().await.unwrap();
    let db = before.grown().await;
    let tx = db.system_read().await.unwrap();
    let products = entity::product::find(MerchantId(7)).all(&*tx).await.unwrap();
    let told: Vec<_> = products.iter().map(|product| (product.id, product.is_product)).collect();
    assert_eq!(told, [(1, false), (2, true)]);
}

const MERCHANT: &str = "INSERT INTO merchants (id, name, currency, time_zone, week_start, is_demo, data_version, next_source_id, next_product_id, \
    next_customer_id, next_order_id, created_at) VALUES (7, 'Shop', 'GBP', 'UTC', 1, false, 1, 1, 1, 1, 1, 0)";

#[tokio::test]
async fn boards_of_before_belong_to_whoever_saved_them_first_when_the_schema_grows() {
    let before_roles = Migrator::migrations().iter().position(|step| step.name().ends_with("board_roles_and_years")).unwrap();
    let before = OfBefore::of(u32::try_from(before_roles).unwrap()).await;
    let tx = before.begin().await;
    let [ada, kept, forgotten] = [1, 2, 3].map(Uuid::from_u128);
    let id = |id: Uuid| if before.database.is_some() { format!("'{id}'") } else { format!("X'{}'", id.simple()) };
    tx.execute_unprepared(MERCHANT).await.unwrap();
    let user = format!("INSERT INTO users (id, email, password_hash, created_at) VALUES ({}, 'ada@example.com', 'x', 0)", id(ada));
    tx.execute_unprepared(&user).await.unwrap();
    for board in [kept, forgotten] {
        let board = format!("(7, {}, 'T', '', '[]', 2, false, 0, 0, 'ben@example.com')", id(board));
        let columns = "merchant_id, id, title, description, cards, version, is_archived, created_at, updated_at, updated_by";
        tx.execute_unprepared(&format!("INSERT INTO boards ({columns}) VALUES {board}")).await.unwrap();
    }
    for (board, version, by) in [(kept, 1, "ada@example.com"), (kept, 2, "ben@example.com"), (forgotten, 2, "ada@example.com")] {
        let columns = "merchant_id, board_id, version, title, description, cards, saved_at, saved_by";
        let version = format!("(7, {}, {version}, 'T', '', '[]', 0, '{by}')", id(board));
        tx.execute_unprepared(&format!("INSERT INTO board_versions ({columns}) VALUES {version}")).await.unwrap();
    }
    tx.commit().await.unwrap();
    let db = before.grown().await;
    let tx = db.system_read().await.unwrap();
    let mut boards = entity::board::find(MerchantId(7)).all(&*tx).await.unwrap();
    boards.sort_by_key(|board| board.id);
    let told: Vec<_> = boards.iter().map(|board| (board.id, board.author, board.roles.as_deref())).collect();
    assert_eq!(told, [(kept, Some(ada), None), (forgotten, None, None)]);
}

#[tokio::test]
async fn discounts_of_before_are_not_told_until_their_files_are_read_again() {
    let before_discounts = Migrator::migrations().iter().position(|step| step.name().ends_with("line_discounts")).unwrap();
    let before = OfBefore::of(u32::try_from(before_discounts).unwrap()).await;
    let tx = before.begin().await;
    tx.execute_unprepared(MERCHANT).await.unwrap();
    let (upload, hash) =
        if before.database.is_some() { (format!("'{}'", Uuid::nil()), "'\\x00'") } else { (format!("X'{}'", Uuid::nil().simple()), "X'00'") };
    let columns = "merchant_id, id, source_id, external_id, upload_id, occurred_at, day, month, hour, currency, channel, total_minor, net_minor, gross_minor, \
        units_milli, is_sale, line_count, content_hash, discount_minor";
    let order = format!("(7, 1, 1, '#1', {upload}, 0, 0, 197001, 0, 'GBP', 1, 4100, 3400, 3400, 1000, true, 1, {hash}, 400)");
    tx.execute_unprepared(&format!("INSERT INTO orders ({columns}) VALUES {order}")).await.unwrap();
    tx.commit().await.unwrap();
    let db = before.grown().await;
    let tx = db.system_read().await.unwrap();
    let orders = entity::order::find(MerchantId(7)).all(&*tx).await.unwrap();
    // 34.00 - nothing - 0.00 = 34.00, by order as by line; and no answer of before is kept.
    assert_eq!((orders[0].gross_minor, orders[0].discount_minor, orders[0].net_minor), (3_400, None, 3_400));
    assert_eq!(entity::merchant::by_id(MerchantId(7)).one(&*tx).await.unwrap().unwrap().data_version, 2);
}

#[tokio::test]
async fn servers_that_start_at_once_migrate_once() {
    let Some(database) = Throwaway::empty().await else { return };
    let start = || async { Db::connect(&database.url).await.unwrap().migrate().await };
    for outcome in futures::future::join_all((0..4).map(|_| start())).await {
        outcome.unwrap();
    }
}

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing_and_lets_the_next_writer_in() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    {
        let tx = services.db.write(owner.merchant_id).await.unwrap();
        entity::membership::delete(owner.merchant_id).exec(&*tx).await.unwrap();
    }
    let tx = services.db.write(owner.merchant_id).await.unwrap();
    assert_eq!(entity::membership::find(owner.merchant_id).all(&*tx).await.unwrap().len(), 1);
}

#[tokio::test]
async fn writers_take_turns_and_readers_do_not_wait() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let writes = (0..20).map(|number| {
        let (services, owner) = (&services, &owner);
        async move {
            let patch = domain::accounts::MerchantPatch {
                name: format!("Shop {number}"),
                currency: "EUR".to_owned(),
                time_zone: "Europe/London".to_owned(),
                week_start: 1 + number % 7,
                fiscal_year_start: None,
            };
            services::accounts::update_merchant(services, owner, patch).await.map(drop)
        }
    });
    for outcome in futures::future::join_all(writes).await {
        outcome.unwrap();
    }
    let _writer = services.db.write(owner.merchant_id).await.unwrap();
    assert!(services::accounts::merchant(&services, owner.merchant_id).await.is_ok());
    assert!(services.is_ready().await.is_ready());
}

#[tokio::test]
async fn connections_that_a_restarted_server_cut_are_replaced() {
    let services = TestServices::start().await;
    if services.db.backend() != Backend::Postgres {
        skipped("it is about PostgreSQL");
        return;
    }
    let owner = services.owner("ada@example.com").await;
    let plain = Database::connect(&services.config.database_url).await.unwrap();
    let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    assert!(count(&plain, cut).await > 0);
    for _ in 0..5 {
        services::accounts::merchant(&services, owner.merchant_id).await.unwrap();
    }
}

#[tokio::test]
async fn a_reading_transaction_sees_one_moment_and_on_postgresql_cannot_write() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let m = owner.merchant_id;
    let reading = services.db.read(m).await.unwrap();
    assert_eq!(entity::session::find(m).all(&*reading).await.unwrap().len(), 1);
    services.sign_in("ada@example.com", crate::support::PASSWORD).await.unwrap();
    assert_eq!(entity::session::find(m).all(&*reading).await.unwrap().len(), 1);
    if services.db.backend() == Backend::Postgres {
        assert!(entity::session::delete(m).exec(&*reading).await.is_err());
    }
}

#[tokio::test]
async fn without_its_merchant_a_row_is_invisible_on_postgresql() {
    let services = TestServices::start().await;
    if services.db.backend() != Backend::Postgres {
        skipped("it is about PostgreSQL");
        return;
    }
    let ada = services.owner("ada@example.com").await;
    let eve = services.owner("eve@example.com").await;
    let plain = Database::connect(&services.config.database_url).await.unwrap();
    assert!(tenant_tables().len() >= 14);
    let secured = "SELECT count(*) FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind = 'r'";
    assert_eq!(count(&plain, secured).await, i64::try_from(tenant_tables().len()).unwrap());
    for table in tenant_tables() {
        assert_eq!(count(&plain, &format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
    }
    let tx = services.db.read(eve.merchant_id).await.unwrap();
    assert_eq!(entity::session::everywhere().all(&*tx).await.unwrap().len(), 1, "only one's own rows, even without a filter");
    assert!(entity::membership::find(ada.merchant_id).all(&*tx).await.unwrap().is_empty());
    assert!(entity::merchant::by_id(ada.merchant_id).one(&*tx).await.unwrap().is_none());
    drop(tx);
    let tx = services.db.write(eve.merchant_id).await.unwrap();
    let stolen = entity::membership::delete(ada.merchant_id).exec(&*tx).await.unwrap();
    assert_eq!(stolen.rows_affected, 0);
    let planted = format!("INSERT INTO audit_events VALUES ({}, '{}', 0, '', '', '', '')", ada.merchant_id, uuid::Uuid::nil());
    assert!(tx.execute_unprepared(&planted).await.is_err(), "nobody writes into another's shop");
}

async fn count(connection: &impl ConnectionTrait, sql: &str) -> i64 {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    connection.query_one_raw(statement).await.expect("it counts").expect("one row").try_get_by_index(0).expect("a number")
}

const ENDLESS: &str = "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 6000000000) SELECT COUNT(*) FROM counted";

#[tokio::test(flavor = "multi_thread")]
async fn statements_that_nobody_waits_for_leave_their_connections_to_others() {
    let services = TestServices::start().await;
    if services.db.backend() == Backend::Postgres {
        return skipped("PostgreSQL is told when a transaction is rolled back");
    }
    let shop = services.owner("ada@example.com").await.merchant_id;
    let hours = Duration::from_secs(7_200);
    for _ in 0..8 {
        let tx = services.db.read_for(shop, hours, hours).await.expect("a connection");
        let endless = Statement::from_string(tx.get_database_backend(), ENDLESS);
        let waited = tokio::time::timeout(Duration::from_millis(40), tx.query_one_raw(endless)).await;
        assert!(waited.is_err(), "it does not end by itself");
    }
    // All eight connections ran such a statement. A pool gives up after ten seconds.
    assert_eq!(count(&*services.db.read(shop).await.expect("a connection"), "SELECT COUNT(*) FROM merchants").await, 1);
}

#[tokio::test]
async fn a_statement_without_end_is_stopped_on_a_connection_that_was_just_made() {
    let services = TestServices::start().await;
    let shop = services.owner("ada@example.com").await.merchant_id;
    // Those that were used before are taken: the next one is new.
    let mut taken = Vec::new();
    for _ in 0..6 {
        taken.push(services.db.read(shop).await.expect("a connection"));
    }
    let limit = Duration::from_millis(60);
    let tx = services.db.read_for(shop, limit, limit).await.expect("a connection");
    let stopped = tx.query_one_raw(Statement::from_string(tx.get_database_backend(), ENDLESS)).await.expect_err("it does not end by itself");
    let words = stopped.to_string();
    assert!(words.contains("interrupted") || words.contains("statement timeout"), "{words}");
}

/// Waits until so many statements of the program wait for a lock.
async fn until_blocked(plain: &DatabaseConnection, wanted: i64) {
    let blocked = "SELECT count(*) FROM pg_stat_activity \
        WHERE datname = current_database() AND application_name = 'tradepost' AND wait_event_type = 'Lock'";
    for _ in 0..2_000 {
        if count(plain, blocked).await == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("there were never {wanted} that wait");
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_that_nobody_waits_for_are_stopped_on_postgresql_and_those_of_others_are_not() {
    let services = TestServices::start_configured(|config| config.question_time = Duration::from_secs(7_200)).await;
    if services.db.backend() != Backend::Postgres {
        return skipped("it is about PostgreSQL");
    }
    let owner = services.owner("ada@example.com").await;
    let question: Question = serde_json::from_str(r#"{"measures": ["orders"]}"#).expect("it reads");
    let plain = Database::connect(&services.config.database_url).await.expect("a connection");
    let lock = plain.begin().await.expect("a transaction");
    lock.execute_unprepared("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE").await.expect("the lock");
    // Each time as many as one shop has turns, and in all more than there are connections.
    for _ in 0..4 {
        let asked = futures::future::join_all((0..6).map(|_| answer(&services, &owner, question.clone())));
        tokio::select! {
            _ = asked => panic!("the table is locked"),
            () = until_blocked(&plain, 6) => {}
        }
        // Others wait for connections, and take theirs as soon as they are free.
        let others = (0..60).map(|_| async {
            let tx = services.db.read(owner.merchant_id).await.expect("a connection");
            count(&*tx, "SELECT count(*) FROM merchants, pg_sleep(0.1)").await
        });
        let (others, ()) = tokio::join!(futures::future::join_all(others), until_blocked(&plain, 0));
        assert_eq!(others, [1; 60]);
    }
    lock.rollback().await.expect("the lock is given back");
    answer(&services, &owner, question).await.expect("an answer");
}
