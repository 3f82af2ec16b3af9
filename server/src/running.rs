//! A server that runs: started on an address, stopped gracefully. `serve` and the tests start it alike.

use crate::config::Config;
use crate::listener::{self, Limits};
use crate::state::App;
use crate::{metrics, pages, router};
use anyhow::Context as _;
use services::Services;
use services::jobs::{Worker, WorkerHandle};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// A server that answers.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// What its handlers reach.
    pub app: App,
    stop: CancellationToken,
    serving: JoinHandle<()>,
    worker: Option<WorkerHandle>,
    notice: Duration,
    grace: Duration,
}

impl Running {
    /// Listens, connects, brings the schema up to date and answers.
    pub async fn start(config: Config, limits: Limits) -> anyhow::Result<Self> {
        let services = Services::start(config.services.clone()).await?;
        Self::start_over(services, config, limits).await
    }

    /// Listens and answers over services that have started.
    pub async fn start_over(services: Services, config: Config, limits: Limits) -> anyhow::Result<Self> {
        metrics::start();
        let listener = TcpListener::bind(config.address)
            .await
            .with_context(|| format!("TRADEPOST_ADDRESS={} cannot be listened on; is another program there?", config.address))?;
        let address = listener.local_addr()?;
        let worker = (config.services.worker_threads > 0).then(|| Worker::start(services.clone()));
        let limits = if config.trust_proxy { Limits { connections_per_address: None, ..limits } } else { limits };
        let leptos = pages::leptos_options(&config.site_dir);
        let app = App::new(services, config, leptos);
        let stop = CancellationToken::new();
        tokio::spawn(metrics::keep_up(stop.clone()));
        let serving = tokio::spawn(listener::serve(listener, router::router(app.clone()), limits, stop.clone()));
        Ok(Self { address, app, stop, serving, worker, notice: limits.notice, grace: limits.grace })
    }

    /// Lets requests and jobs in flight finish, then ends.
    pub async fn stop(self) {
        self.app.draining.cancel();
        tokio::time::sleep(self.notice).await;
        self.stop.cancel();
        let working = async {
            if let Some(worker) = self.worker {
                worker.stop(self.grace).await;
            }
        };
        let (served, ()) = tokio::join!(self.serving, working);
        if let Err(error) = served {
            tracing::error!(%error, "the accept loop failed");
        }
        self.app.services.tasks.close();
        if tokio::time::timeout(Duration::from_secs(5), self.app.services.tasks.wait()).await.is_err() {
            tracing::warn!("some background tasks did not finish in time");
        }
    }
}
