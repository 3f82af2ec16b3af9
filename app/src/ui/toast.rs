use crate::ui::{Icon, IconButton, Tone, sentence};
use domain::AppError;
use leptos::prelude::*;
use std::time::Duration;

#[derive(Clone, Debug)]
struct Toast {
    id: u32,
    tone: Tone,
    text: String,
}

/// Short messages that come and go in a corner.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next_id: StoredValue<u32>,
}

impl Toasts {
    /// Says that something was done; goes away by itself.
    pub fn done(self, text: impl Into<String>) {
        let id = self.push(Tone::Good, text.into());
        set_timeout(move || self.close(id), Duration::from_secs(6));
    }

    /// Says that something failed; stays until it is closed.
    pub fn failed(self, error: &AppError) {
        self.push(Tone::Bad, sentence(&error.message));
    }

    /// The newest of what is said; what stands there already is not said twice.
    fn push(self, tone: Tone, text: String) -> u32 {
        let id = self.next_id.get_value();
        self.next_id.set_value(id.wrapping_add(1));
        self.list.update(|list| {
            list.retain(|toast| toast.tone != tone || toast.text != text);
            list.push(Toast { id, tone, text });
        });
        id
    }

    fn close(self, id: u32) {
        self.list.try_update(|list| list.retain(|toast| toast.id != id));
    }
}

/// Makes toasts available below the caller; the app does it once.
pub fn provide_toasts() {
    provide_context(Toasts { list: RwSignal::new(Vec::new()), next_id: StoredValue::new(0) });
}

/// The app's toasts.
pub fn use_toasts() -> Toasts {
    expect_context()
}

/// Where toasts appear; read aloud politely.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    let row = move |toast: Toast| {
        let icon = if toast.tone == Tone::Good { "circle-check" } else { "triangle-alert" };
        view! {
            <div class=format!("toast toast-{}", toast.tone.class())>
                <Icon name=icon />
                <p>{toast.text}</p>
                <IconButton label="Close this message" icon="x" on:click=move |_| toasts.close(toast.id) />
            </div>
        }
    };
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.list.get() key=|toast| toast.id children=row />
        </div>
    }
}
