//! A socket that fails once nothing moves on it: hyper's own timers do not cover the first bytes, nor a peer that stops reading.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

/// What every HTTP/2 connection begins with. Until a peer's bytes differ from it, hyper-util waits without a deadline.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// A TCP stream with a deadline for the first bytes and one for silence in both directions.
pub(super) struct Stalling {
    stream: TcpStream,
    idle: Duration,
    deadline: Pin<Box<Sleep>>,
    /// How many bytes of the preface came so far; `None` once the protocol is known.
    preface: Option<usize>,
}

impl Stalling {
    pub(super) fn new(stream: TcpStream, first_bytes: Duration, idle: Duration) -> Self {
        Self { stream, idle, deadline: Box::pin(tokio::time::sleep(first_bytes)), preface: Some(0) }
    }

    /// Notes bytes that came; bytes that could still be the preface's win no time.
    fn received(&mut self, bytes: &[u8]) {
        if let Some(seen) = self.preface {
            let rest = &PREFACE[seen..];
            if bytes.len() < rest.len() && rest.starts_with(bytes) {
                self.preface = Some(seen + bytes.len());
                return;
            }
            self.preface = None;
        }
        self.moved();
    }

    fn moved(&mut self) {
        if self.preface.is_none() {
            self.deadline.as_mut().reset(Instant::now() + self.idle);
        }
    }

    fn check(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        ready!(self.deadline.as_mut().poll(context));
        metrics::counter!("http_connections_stalled_total").increment(1);
        Poll::Ready(io::Error::new(io::ErrorKind::TimedOut, "nothing moved on the connection"))
    }
}

impl AsyncRead for Stalling {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        match Pin::new(&mut this.stream).poll_read(context, buffer) {
            Poll::Ready(result) => {
                this.received(&buffer.filled()[before..]);
                Poll::Ready(result)
            }
            Poll::Pending => this.check(context).map(Err),
        }
    }
}

impl AsyncWrite for Stalling {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        match Pin::new(&mut this.stream).poll_write(context, bytes) {
            Poll::Ready(result) => {
                this.moved();
                Poll::Ready(result)
            }
            Poll::Pending => this.check(context).map(Err),
        }
    }

    fn poll_write_vectored(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        match Pin::new(&mut this.stream).poll_write_vectored(context, bytes) {
            Poll::Ready(result) => {
                this.moved();
                Poll::Ready(result)
            }
            Poll::Pending => this.check(context).map(Err),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
