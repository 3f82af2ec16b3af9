//! What Prometheus reads.

use ::metrics::{describe_counter, describe_gauge, describe_histogram, gauge};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Bounds in seconds that OpenTelemetry advises for requests.
const SECONDS: [f64; 14] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];
/// Jobs take longer than requests.
const JOB_SECONDS: [f64; 12] = [0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0];

const KEEP_UP: Duration = Duration::from_secs(10);

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

/// Starts counting; at most once a process.
pub fn start() {
    HANDLE.get_or_init(|| {
        let recorder = PrometheusBuilder::new()
            .set_buckets(&SECONDS)
            .and_then(|builder| builder.set_buckets_for_metric(Matcher::Full("job_duration_seconds".to_owned()), &JOB_SECONDS))
            .expect("there are bounds")
            .build_recorder();
        let handle = recorder.handle();
        if ::metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("something else counts already; /metrics stays empty");
        }
        describe_histogram!("http_server_request_duration_seconds", "How long requests take, by route.");
        describe_gauge!("http_server_active_requests", "Requests under way.");
        describe_counter!("http_connections_refused_total", "Connections closed at once: their address had too many.");
        describe_counter!("http_connections_stalled_total", "Connections dropped: nothing moved on them in time.");
        describe_counter!("upload_bytes_total", "Bytes of files that came in.");
        describe_gauge!("process_resident_memory_bytes", "Memory that the process holds.");
        handle
    });
}

/// Sums measurements up now and then: otherwise they would pile up where nobody reads them.
pub async fn keep_up(stop: CancellationToken) {
    while stop.run_until_cancelled(tokio::time::sleep(KEEP_UP)).await.is_some() {
        if let Some(handle) = HANDLE.get() {
            handle.run_upkeep();
        }
    }
}

/// The metrics as text.
pub fn render() -> String {
    let Some(handle) = HANDLE.get() else { return String::new() };
    if let Some(bytes) = resident_bytes() {
        gauge!("process_resident_memory_bytes").set(bytes);
    }
    handle.run_upkeep();
    handle.render()
}

/// `VmRSS` of Linux; elsewhere unknown.
fn resident_bytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024.0)
}
