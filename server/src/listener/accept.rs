//! The accept loop: caps, deadlines and a graceful end, none of which `axum::serve` has.

use super::caps::AddressCaps;
use super::connection;
use hyper_util::server::graceful::GracefulShutdown;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

/// What a connection may take before it is dropped.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Open connections in all; more wait in the system's backlog.
    pub connections: usize,
    /// Open connections from one address; more are closed at once. `None` behind a proxy, where all come from one.
    pub connections_per_address: Option<usize>,
    /// From accepting to knowing the protocol, and from a request's first byte to the end of its headers.
    pub header_deadline: Duration,
    /// Without a byte in either direction.
    pub idle: Duration,
    /// How long `/readyz` says that the end is near before the door closes, so that load balancers notice.
    pub notice: Duration,
    /// For requests in flight once the end has begun.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            connections_per_address: Some(256),
            header_deadline: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            notice: Duration::from_millis(500),
            grace: Duration::from_secs(30),
        }
    }
}

/// Serves until `stop` is cancelled, then lets requests in flight finish.
pub async fn serve(listener: TcpListener, router: axum::Router, limits: Limits, stop: CancellationToken) {
    let permits = Arc::new(Semaphore::new(limits.connections));
    let addresses = AddressCaps::new(limits.connections_per_address);
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = stop.cancelled() => break,
            accepted = accept(&listener, &permits) => accepted,
        };
        let Some((stream, remote, permit)) = accepted else { continue };
        let Some(place) = addresses.take(remote.ip()) else {
            metrics::counter!("http_connections_refused_total").increment(1);
            continue;
        };
        let serving = connection::serve(stream, remote, router.clone(), limits, graceful.watcher());
        tokio::spawn(async move {
            serving.await;
            drop((permit, place));
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.grace, graceful.shutdown()).await.is_err() {
        tracing::warn!(grace_seconds = limits.grace.as_secs(), "some requests did not finish in time and were cut");
    }
}

/// The next connection; `None` after an error that passes (too many open files, a client that went away).
async fn accept(listener: &TcpListener, permits: &Arc<Semaphore>) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let permit = Arc::clone(permits).acquire_owned().await.expect("the semaphore is never closed");
    match listener.accept().await {
        Ok((stream, remote)) => Some((stream, remote, permit)),
        Err(error) => {
            tracing::warn!(%error, "a connection could not be accepted");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}
