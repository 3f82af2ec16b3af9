//! What every handler can reach.

use crate::config::Config;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use services::Services;
use std::ops::Deref;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// The running program, cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts of it.
pub struct Parts {
    /// The use cases.
    pub services: Services,
    /// What the program was told.
    pub config: Config,
    /// How pages find their scripts and styles.
    pub leptos: LeptosOptions,
    /// Cancelled once the end has begun.
    pub draining: CancellationToken,
}

impl App {
    /// Over use cases that are ready.
    pub fn new(services: Services, config: Config, leptos: LeptosOptions) -> Self {
        Self(Arc::new(Parts { services, config, leptos, draining: CancellationToken::new() }))
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl FromRef<App> for Services {
    fn from_ref(app: &App) -> Self {
        app.services.clone()
    }
}

impl FromRef<App> for LeptosOptions {
    fn from_ref(app: &App) -> Self {
        app.leptos.clone()
    }
}
