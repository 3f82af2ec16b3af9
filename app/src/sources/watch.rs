//! Following an upload while it is read: server-sent events, and asking again and again where they do not get through.

use super::api::get_upload;
use domain::ids::UploadId;
use domain::sources::UploadSummary;
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventSource, MessageEvent};

const ASK_EVERY: Duration = Duration::from_secs(1);

type OnChange = Rc<dyn Fn(UploadSummary)>;
type HeardNews = Closure<dyn FnMut(MessageEvent)>;
type HeardFailure = Closure<dyn FnMut(Event)>;

/// A running watch; dropped, it ends.
pub(super) struct Watch(#[expect(dead_code, reason = "what it holds ends with it")] Rc<Sources>);

/// Where news comes from: the stream at first, the interval once the stream has failed.
#[derive(Default)]
struct Sources {
    stream: RefCell<Option<EventSource>>,
    interval: RefCell<Option<IntervalHandle>>,
    news: RefCell<Option<HeardNews>>,
    failure: RefCell<Option<HeardFailure>>,
}

impl Sources {
    fn end(&self) {
        if let Some(stream) = self.stream.borrow().as_ref() {
            stream.close();
        }
        if let Some(interval) = self.interval.borrow_mut().take() {
            interval.clear();
        }
    }

    /// Passes news on, and ends the watch with the last of it.
    fn tell(&self, upload: UploadSummary, on_change: &OnChange) {
        if upload.status.is_settled() {
            self.end();
        }
        on_change(upload);
    }
}

impl Drop for Sources {
    fn drop(&mut self) {
        self.end();
    }
}

impl Watch {
    /// Follows an upload until it is settled.
    pub(super) fn start(id: UploadId, on_change: impl Fn(UploadSummary) + 'static) -> Self {
        let sources = Rc::new(Sources::default());
        let on_change: OnChange = Rc::new(on_change);
        if listen(&sources, id, on_change.clone()).is_err() {
            ask(&sources, id, on_change);
        }
        Self(sources)
    }
}

fn listen(sources: &Rc<Sources>, id: UploadId, on_change: OnChange) -> Result<(), JsValue> {
    let stream = EventSource::new(&format!("/api/v1/uploads/{id}/events"))?;
    let news = {
        let (sources, on_change) = (Rc::downgrade(sources), on_change.clone());
        HeardNews::new(move |event: MessageEvent| {
            let upload = event.data().as_string().and_then(|text| serde_json::from_str(&text).ok());
            if let (Some(sources), Some(upload)) = (sources.upgrade(), upload) {
                sources.tell(upload, &on_change);
            }
        })
    };
    let failed = {
        let (sources, stream) = (Rc::downgrade(sources), stream.clone());
        HeardFailure::new(move |_| {
            // A stream that broke off connects again by itself; one that was refused stays closed.
            if let (Some(sources), EventSource::CLOSED) = (sources.upgrade(), stream.ready_state()) {
                ask(&sources, id, on_change.clone());
            }
        })
    };
    stream.set_onmessage(Some(news.as_ref().unchecked_ref()));
    stream.set_onerror(Some(failed.as_ref().unchecked_ref()));
    *sources.stream.borrow_mut() = Some(stream);
    *sources.news.borrow_mut() = Some(news);
    *sources.failure.borrow_mut() = Some(failed);
    Ok(())
}

fn ask(sources: &Rc<Sources>, id: UploadId, on_change: OnChange) {
    let weak: Weak<Sources> = Rc::downgrade(sources);
    let tick = move || {
        let (weak, on_change) = (weak.clone(), on_change.clone());
        spawn_local(async move {
            if let (Ok(upload), Some(sources)) = (get_upload(id).await, weak.upgrade()) {
                sources.tell(upload, &on_change);
            }
        });
    };
    if let (true, Ok(interval)) = (sources.interval.borrow().is_none(), set_interval_with_handle(tick, ASK_EVERY)) {
        *sources.interval.borrow_mut() = Some(interval);
    }
}
