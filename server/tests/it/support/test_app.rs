//! The server under test.

use super::backends::{LentRedis, fresh_database};
use reqwest::{Client, Method, RequestBuilder, redirect::Policy};
use serde_json::Value;
use server::config::{Config, Environment};
use server::listener::Limits;
use server::running::Running;
use services::Services;
use services::clock::{Clock, SystemClock};
use services::random::SystemRandom;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// A running server. Dropped, it takes its folder with it.
pub(crate) struct TestApp {
    pub(crate) running: Running,
    pub(crate) http: Client,
    pub(crate) folder: Arc<TempDir>,
    _redis: Option<Arc<LentRedis>>,
}

impl TestApp {
    /// With everything as it is by default.
    pub(crate) async fn start() -> Self {
        Self::with(&[], Limits::default(), Arc::new(SystemClock)).await
    }

    /// With other settings, limits or time.
    pub(crate) async fn with(settings: &[(&str, &str)], limits: Limits, clock: Arc<dyn Clock>) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let database = fresh_database().await;
        let redis = LentRedis::take().map(Arc::new);
        Self::over(settings, limits, clock, folder, database, redis).await
    }

    /// Two servers over one database and one folder; the first leaves all work to the other.
    pub(crate) async fn pair() -> (Self, Self) {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let (database, redis) = (fresh_database().await, LentRedis::take().map(Arc::new));
        let with = |workers| {
            let settings = [("TRADEPOST_WORKERS", workers)];
            let (folder, database, redis) = (Arc::clone(&folder), database.clone(), redis.clone());
            async move { Self::over(&settings, Limits::default(), Arc::new(SystemClock), folder, database, redis).await }
        };
        (with("0").await, with("2").await)
    }

    async fn over(
        settings: &[(&str, &str)],
        limits: Limits,
        clock: Arc<dyn Clock>,
        folder: Arc<TempDir>,
        database: Option<String>,
        redis: Option<Arc<LentRedis>>,
    ) -> Self {
        let path = folder.path().display().to_string();
        let mut pairs = vec![("TRADEPOST_ADDRESS", "127.0.0.1:0"), ("TRADEPOST_DATA_DIR", &path), ("TRADEPOST_DEMO", "off")];
        pairs.extend(database.as_deref().map(|url| ("DATABASE_URL", url)));
        pairs.extend(redis.as_deref().map(|redis| ("REDIS_URL", redis.url.as_str())));
        pairs.extend_from_slice(settings);
        let environment: Environment = pairs.into_iter().collect();
        let config = Config::read(&environment).unwrap_or_else(|problems| panic!("{problems:?}")).config;
        let services = Services::start_with(config.services.clone(), clock, Arc::new(SystemRandom)).await.expect("the services start");
        let running = Running::start_over(services, config, limits).await.expect("the server starts");
        // A keep-alive connection would be one more place that a test has to think of.
        let http = Client::builder().redirect(Policy::none()).pool_max_idle_per_host(0).timeout(Duration::from_secs(60)).build().expect("a client");
        Self { running, http, folder, _redis: redis }
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    /// A request by nobody.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, self.url(path))
    }

    /// A GET by nobody.
    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    /// A POST of JSON by nobody.
    pub(crate) fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.request(Method::POST, path).json(body)
    }

    /// The API's document.
    pub(crate) async fn document(&self) -> Value {
        call(self.get("/api/openapi.json")).await.1
    }
}

/// Sends a request; gives its status and its body as JSON, or as text where it is none.
pub(crate) async fn call(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.expect("the server answers");
    let status = response.status().as_u16();
    let text = response.text().await.expect("the body arrives");
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}
