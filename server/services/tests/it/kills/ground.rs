//! A shop of its own for each seed, and what its books say in the end.

use super::child::{DATABASE, DOING, END, FOLDER, NAME};
use crate::sources::{lines, orders};
use crate::support::{TestServices, Throwaway};
use domain::ids::MerchantId;
use domain::sources::{UploadStatus, UploadSummary};
use sea_orm::QueryOrder;
use services::config::ServicesConfig;
use services::sources::list_uploads;
use services::{Actor, Services};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::process::{Child, Command};

const SHOP: MerchantId = MerchantId(1);
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_EVERY: Duration = Duration::from_millis(1);

/// How long the steps of a story take.
pub(super) type Times = BTreeMap<String, Duration>;

/// A data folder and a database with one shop.
pub(super) struct Ground {
    folder: TempDir,
    url: String,
    _database: Option<Throwaway>,
}

/// All that must not depend on kills.
#[derive(Debug, PartialEq)]
pub(super) struct Books {
    pub(super) uploads: Vec<Counts>,
    orders: Vec<(i64, OrderContent)>,
    pub(super) lines: (usize, i64, i64),
    products: Vec<(String, String)>,
    customers: usize,
    history: usize,
    jobs: Vec<String>,
    data_version: i64,
}

/// An order without the number that the program gives it.
pub(super) type OrderContent = (String, i64, i64, i32, Vec<u8>);

/// Orders; lines with their amounts and quantities; products.
pub(super) type ShopContent = (Vec<OrderContent>, (usize, i64, i64), Vec<(String, String)>);

impl Books {
    /// Orders, sums and products.
    pub(super) fn content(&self) -> ShopContent {
        (self.orders.iter().map(|(_, order)| order.clone()).collect(), self.lines, self.products.clone())
    }
}

/// The same of any shop.
pub(super) async fn content_of(services: &Services, shop: MerchantId) -> ShopContent {
    let orders = orders(services, shop).await.into_iter().map(content);
    (orders.collect(), sums(&lines(services, shop).await), products(services, shop).await)
}

fn content(order: entity::order::Model) -> OrderContent {
    (order.external_id, order.net_minor, order.gross_minor, order.line_count, order.content_hash)
}

fn sums(lines: &[entity::order_line::Model]) -> (usize, i64, i64) {
    (lines.len(), lines.iter().map(|line| line.amount_minor).sum(), lines.iter().map(|line| line.quantity_milli).sum())
}

async fn products(services: &Services, shop: MerchantId) -> Vec<(String, String)> {
    let tx = services.db.read(shop).await.expect("a transaction");
    let products = entity::product::find(shop).order_by_asc(entity::product::Column::Key).all(&*tx).await.expect("products read");
    products.into_iter().map(|product| (product.key, product.title)).collect()
}

#[derive(Debug, PartialEq)]
pub(super) struct Counts {
    status: UploadStatus,
    pub(super) rows_total: i64,
    pub(super) rows_accepted: i64,
    pub(super) rows_rejected: i64,
    pub(super) rows_duplicate: i64,
    orders_new: i64,
}

/// A shop before its first file; on SQLite each seed begins with a copy of its folder.
pub(super) async fn template() -> TestServices {
    let services = TestServices::start().await;
    assert_eq!(services.owner("ada@example.com").await.merchant_id, SHOP);
    services
}

impl Ground {
    pub(super) async fn of(template: &TestServices) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(&template.config.data_dir, folder.path());
        let database = Throwaway::create().await;
        let url = database.as_ref().map_or_else(|| ServicesConfig::embedded(folder.path()).database_url, |database| database.url.clone());
        let ground = Self { folder, url, _database: database };
        if ground._database.is_some() {
            found(&ground.services().await).await;
        }
        ground
    }

    async fn services(&self) -> Services {
        let config = ServicesConfig { database_url: self.url.clone(), ..ServicesConfig::embedded(self.folder.path()) };
        Services::start(config).await.expect("started")
    }

    fn child(&self) -> Child {
        let this = std::env::current_exe().expect("a test binary has a path");
        let mut command = Command::new(this);
        command.args([NAME, "--exact"]).env(FOLDER, self.folder.path()).env(DATABASE, &self.url);
        command.stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true).spawn().expect("the child starts")
    }

    fn doing(&self) -> Option<String> {
        std::fs::read_to_string(self.folder.path().join(DOING)).ok()
    }

    /// A child that has not said yet what it is about.
    fn silent_child(&self) -> Child {
        if self.doing().is_some() {
            std::fs::remove_file(self.folder.path().join(DOING)).expect("forgotten");
        }
        self.child()
    }

    /// Waits until the child comes to a step and kills it a while later (SIGKILL): answers which step that struck, or `None` if the story was
    /// over by then.
    pub(super) async fn strike(&self, step: &str, after: Duration) -> Option<String> {
        let (mut child, started) = (self.silent_child(), Instant::now());
        while self.doing().as_deref() != Some(step) {
            if is_over(&mut child) {
                return None;
            }
            assert!(started.elapsed() < PATIENCE, "the child hangs at {:?}", self.doing());
            tokio::time::sleep(LOOK_EVERY).await;
        }
        tokio::time::sleep(after).await;
        if is_over(&mut child) {
            return None;
        }
        child.kill().await.expect("killed");
        self.doing().filter(|doing| doing != END)
    }

    /// Kills the child so long after its start, whatever it is about; the empty word where it had not begun with its work.
    pub(super) async fn strike_the_start(&self, after: Duration) -> Option<String> {
        let mut child = self.silent_child();
        tokio::time::sleep(after).await;
        child.kill().await.expect("killed");
        Some(self.doing().unwrap_or_default()).filter(|doing| doing != END)
    }

    pub(super) async fn run_to_the_end(&self) {
        let mut child = self.child();
        let status = tokio::time::timeout(PATIENCE, child.wait()).await.expect("the import ends").expect("the child ends");
        assert!(status.success(), "{status}");
    }

    /// The same; answers how long each step took, the longest where it came twice, and under the empty word how long the start took.
    pub(super) async fn time_to_the_end(&self) -> Times {
        let (mut child, started) = (self.silent_child(), Instant::now());
        let (mut times, mut doing, mut since) = (Times::new(), String::new(), started);
        while !is_over(&mut child) {
            assert!(started.elapsed() < PATIENCE, "the child hangs at {doing}");
            let now = self.doing().unwrap_or_default();
            let longest = times.entry(doing.clone()).or_default();
            *longest = since.elapsed().max(*longest);
            if now != doing {
                (doing, since) = (now, Instant::now());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        times
    }

    pub(super) async fn books(&self) -> Books {
        let services = self.services().await;
        let mut uploads = list_uploads(&services, &Actor::program(SHOP)).await.expect("a list");
        uploads.sort_by_key(|upload| upload.file_name.clone());
        let orders = orders(&services, SHOP).await.into_iter().map(|order| (order.id, content(order)));
        let (lines, products) = (sums(&lines(&services, SHOP).await), products(&services, SHOP).await);
        let tx = services.db.system_read().await.expect("a transaction");
        let jobs = entity::job::everywhere().all(&*tx).await.expect("jobs read");
        let mut jobs: Vec<String> = jobs.into_iter().map(|job| format!("{} {}", job.kind, job.state)).collect();
        jobs.sort_unstable();
        let shop = entity::merchant::by_id(SHOP).one(&*tx).await.expect("a shop reads").expect("the shop is there");
        Books {
            uploads: uploads.iter().map(counts).collect(),
            orders: orders.collect(),
            lines,
            products,
            customers: entity::customer::find(SHOP).all(&*tx).await.expect("customers read").len(),
            history: entity::replaced_order::find(SHOP).all(&*tx).await.expect("the history reads").len(),
            jobs,
            data_version: shop.data_version,
        }
    }
}

/// Whether the child is through with its story; it never ends otherwise by itself.
fn is_over(child: &mut Child) -> bool {
    let ended = child.try_wait().expect("the child is asked");
    assert!(ended.is_none_or(|status| status.success()), "{ended:?}");
    ended.is_some()
}

fn counts(upload: &UploadSummary) -> Counts {
    assert_eq!(upload.rows_accepted + upload.rows_rejected + upload.rows_duplicate, upload.rows_total, "{upload:?}");
    Counts {
        status: upload.status,
        rows_total: upload.rows_total,
        rows_accepted: upload.rows_accepted,
        rows_rejected: upload.rows_rejected,
        rows_duplicate: upload.rows_duplicate,
        orders_new: upload.orders_new,
    }
}

/// Opens the shop where there is none to copy.
async fn found(services: &Services) {
    let founding = services::accounts::Founding {
        name: "Shop".to_owned(),
        currency: "GBP".parse().expect("a currency"),
        time_zone: "Europe/London".to_owned(),
        is_demo: false,
        email: "ada@example.com".to_owned(),
        password: crate::support::PASSWORD.to_owned(),
    };
    let (shop, _) = services::accounts::found_shop(services, founding).await.expect("opened");
    assert_eq!(shop, SHOP);
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        if entry.path().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
        }
    }
}
