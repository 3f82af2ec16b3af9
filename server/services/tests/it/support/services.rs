//! Services with a clock that the test moves, and people in shops.

use std::ops::Deref;
use std::sync::Arc;

use domain::Role;
use domain::accounts::{AcceptInvitation, NewInvitation, SignIn, SignUp};
use sea_orm::QueryOrder;
use services::accounts::{self, Client, SignedIn};
use services::clock::ManualClock;
use services::config::ServicesConfig;
use services::random::SystemRandom;
use services::{Actor, Services};
use tempfile::TempDir;

use super::Throwaway;

/// A Thursday noon in January 2026, in milliseconds.
const NOON: i64 = 1_768_478_400_000;
/// The password of everybody in tests.
pub(crate) const PASSWORD: &str = "four words in a row";

/// Services on a database and a folder of their own.
pub(crate) struct TestServices {
    services: Services,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) config: ServicesConfig,
    _database: Option<Throwaway>,
    _folder: TempDir,
}

impl Deref for TestServices {
    type Target = Services;
    fn deref(&self) -> &Services {
        &self.services
    }
}

/// Some browser somewhere.
pub(crate) fn client() -> Client {
    Client { address: "203.0.113.7".to_owned(), user_agent: "Firefox on a test".to_owned() }
}

impl TestServices {
    pub(crate) async fn start() -> Self {
        Self::start_configured(|_| {}).await
    }

    /// With something else than the tests' usual set-up.
    pub(crate) async fn start_configured(change: impl FnOnce(&mut ServicesConfig)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = Throwaway::create().await;
        let mut config = ServicesConfig::embedded(folder.path());
        if let Some(database) = &database {
            config.database_url.clone_from(&database.url);
        }
        config.redis_url = super::setting("TEST_REDIS_URL");
        change(&mut config);
        let clock = Arc::new(ManualClock::at(NOON));
        let services = Services::start_with(config.clone(), clock.clone(), Arc::new(SystemRandom)).await.expect("the services start");
        Self { services, clock, config, _database: database, _folder: folder }
    }

    /// Waits for the work that goes on after answers.
    pub(crate) async fn settle(&self) {
        self.tasks.close();
        self.tasks.wait().await;
        self.tasks.reopen();
    }

    /// A new shop in London with an owner of that address.
    pub(crate) async fn sign_up(&self, email: &str) -> SignedIn {
        let input = SignUp {
            merchant_name: format!("Shop of {email}"),
            email: email.to_owned(),
            password: PASSWORD.to_owned(),
            currency: "GBP".to_owned(),
            time_zone: "Europe/London".to_owned(),
        };
        accounts::sign_up(self, input, &client()).await.expect("the shop opens")
    }

    /// The owner of a new shop.
    pub(crate) async fn owner(&self, email: &str) -> Actor {
        let signed_in = self.sign_up(email).await;
        self.actor(&signed_in).await
    }

    /// The person behind a session.
    pub(crate) async fn actor(&self, signed_in: &SignedIn) -> Actor {
        accounts::authenticate(self, &signed_in.tokens.access_token, "203.0.113.7").await.expect("the session holds")
    }

    /// Another member of the owner's shop.
    pub(crate) async fn member(&self, owner: &Actor, email: &str, role: Role) -> Actor {
        let invitation = NewInvitation { email: email.to_owned(), role };
        let link = accounts::invite(self, owner, invitation).await.expect("the owner may invite").link;
        let accept = AcceptInvitation { token: token_of(&link), password: PASSWORD.to_owned() };
        let signed_in = accounts::accept_invitation(self, accept, &client()).await.expect("the link works");
        self.actor(&signed_in).await
    }

    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> services::Result<SignedIn> {
        let input = SignIn { email: email.to_owned(), password: password.to_owned() };
        accounts::sign_in(self, input, &client()).await
    }

    /// The outbox, oldest first.
    pub(crate) async fn outbox(&self) -> Vec<entity::mail::Model> {
        let tx = self.db.system_read().await.expect("a transaction");
        entity::mail::everywhere().order_by_asc(entity::mail::Column::Id).all(&*tx).await.expect("the outbox reads")
    }

    /// The actions in a shop's audit log, newest first.
    pub(crate) async fn audited(&self, owner: &Actor) -> Vec<String> {
        let entries = accounts::list_audit(self, owner, None).await.expect("an owner may read it");
        entries.into_iter().map(|entry| entry.action).collect()
    }
}

/// The token in a link, wherever it stands in a text.
pub(crate) fn token_of(text: &str) -> String {
    let (_, rest) = text.split_once("token=").expect("there is a link");
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}
