//! One connection, from its first byte to its last.

use super::Limits;
use super::stalled::Stalling;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::Watcher;
use std::net::SocketAddr;
use tokio::net::TcpStream;
use tower::ServiceExt;

/// Requests one HTTP/2 connection may have open at once.
const STREAMS: u32 = 128;
/// Bytes of headers a request may have.
const HEADER_BYTES: u32 = 32 * 1024;

/// Serves one connection's requests until it ends; whatever ends it concerns nobody else.
pub(super) async fn serve(stream: TcpStream, remote: SocketAddr, router: axum::Router, limits: Limits, watcher: Watcher) {
    // Small answers leave at once; a socket that refuses the option still works.
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(remote));
        router.clone().oneshot(request)
    });
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(limits.header_deadline).max_buf_size(64 * 1024);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(HEADER_BYTES)
        .keep_alive_interval(limits.idle / 3)
        .keep_alive_timeout(limits.header_deadline);
    let io = TokioIo::new(Stalling::new(stream, limits.header_deadline, limits.idle));
    let connection = builder.serve_connection(io, service).into_owned();
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended early");
    }
}
