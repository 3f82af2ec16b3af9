//! The files a person brought, sent one after another and then watched while they are read.

use super::transfer::{Passage, Transfer};
use super::watch::Watch;
use domain::AppError;
use domain::sources::{UploadMode, UploadSummary, too_large};
use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use web_sys::File;

/// How far a file is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stage {
    /// Others go first.
    Waiting,
    /// On its way.
    Sending(Sending),
    /// With the server: waiting to be read, being read, or settled.
    Received(Box<UploadSummary>),
    /// The server said no.
    Refused(AppError),
    /// The connection broke.
    Lost,
    /// A person called it off before it was there.
    Cancelled,
}

/// How much of a file is through, and how fast.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sending {
    /// Bytes that are through.
    pub(super) sent: f64,
    /// Bytes in all.
    pub(super) total: f64,
    /// Bytes a second, since it began.
    pub(super) per_second: f64,
}

/// One file.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub(super) id: u32,
    pub(super) stage: RwSignal<Stage>,
    work: StoredValue<Work, LocalStorage>,
}

/// The browser's part of a file: the file itself and whatever runs for it.
struct Work {
    file: File,
    transfer: Option<Transfer>,
    watch: Option<Watch>,
}

impl Item {
    pub(super) fn file_name(self) -> String {
        self.work.with_value(|work| work.file.name())
    }

    pub(super) fn bytes(self) -> i64 {
        self.work.with_value(|work| work.file.size() as i64)
    }
}

/// All of them, in the order they were brought. It belongs to the frame: files go on being sent on every page.
#[derive(Clone, Copy)]
pub(crate) struct Queue {
    pub(super) items: RwSignal<Vec<Item>>,
    /// Which till or shop the next files are from, if a person said so.
    pub(super) source: RwSignal<String>,
    /// What the next files do to what is there.
    pub(super) mode: RwSignal<UploadMode>,
    /// The largest file the server takes, in bytes.
    most: u64,
    next_id: StoredValue<u32>,
    /// The frame: files live as long as it does, although they are made in event handlers.
    owner: StoredValue<Option<WeakOwner>>,
}

impl Queue {
    /// An empty queue of the frame that is being made.
    pub(crate) fn new(most: u64) -> Self {
        Self {
            items: RwSignal::new(Vec::new()),
            source: RwSignal::new(String::new()),
            mode: RwSignal::new(UploadMode::default()),
            most,
            next_id: StoredValue::new(0),
            owner: StoredValue::new(Owner::current().map(|owner| owner.downgrade())),
        }
    }

    /// Takes files in.
    pub(super) fn add(self, files: Vec<File>) {
        for file in files {
            let id = self.next_id.get_value();
            self.next_id.set_value(id + 1);
            let make = || Item { id, stage: RwSignal::new(Stage::Waiting), work: StoredValue::new_local(Work { file, transfer: None, watch: None }) };
            let item = self.owner.with_value(|owner| match owner.as_ref().and_then(WeakOwner::upgrade) {
                Some(owner) => owner.with(make),
                None => make(),
            });
            self.items.update(|items| items.push(item));
        }
        self.send_next();
    }

    /// Tries a file again that did not get through.
    pub(super) fn retry(self, item: Item) {
        item.stage.set(Stage::Waiting);
        self.send_next();
    }

    /// Calls off a file that has not been received.
    pub(super) fn cancel(self, item: Item) {
        item.work.update_value(|work| work.transfer = None);
        item.stage.set(Stage::Cancelled);
        self.send_next();
    }

    /// Whether a file is on its way, so that the page had better stay open.
    fn is_sending(self) -> bool {
        self.items
            .with_untracked(|items| items.iter().any(|item| item.stage.with_untracked(|stage| matches!(stage, Stage::Sending(_) | Stage::Waiting))))
    }

    /// The file that is on its way, and how far it is.
    pub(super) fn on_its_way(self) -> Option<(Item, Sending)> {
        self.items.with(|items| {
            items.iter().find_map(|item| match item.stage.get() {
                Stage::Sending(sending) => Some((*item, sending)),
                _ => None,
            })
        })
    }

    /// Takes what a person has seen the end of off the list.
    pub(super) fn forget_ended(self) {
        let goes_on = |item: &Item| {
            item.stage.with_untracked(|stage| match stage {
                Stage::Waiting | Stage::Sending(_) => true,
                Stage::Received(upload) => !upload.status.is_settled(),
                Stage::Refused(_) | Stage::Lost | Stage::Cancelled => false,
            })
        };
        self.items.update(|items| items.retain(goes_on));
    }

    /// The browser asks before it closes the program on a file that is on its way.
    pub(crate) fn warn_before_leaving(self) {
        let listener = window_event_listener(leptos::ev::beforeunload, move |event| {
            if self.is_sending() {
                event.prevent_default();
            }
        });
        on_cleanup(move || listener.remove());
    }

    fn send_next(self) {
        let stages = self.items.get_untracked();
        if stages.iter().any(|item| item.stage.with_untracked(|stage| matches!(stage, Stage::Sending(_)))) {
            return;
        }
        if let Some(item) = stages.into_iter().find(|item| item.stage.with_untracked(|stage| *stage == Stage::Waiting)) {
            self.send(item);
        }
    }

    fn send(self, item: Item) {
        // Half an hour of sending would end with the same words.
        if u64::try_from(item.bytes()).is_ok_and(|bytes| bytes > self.most) {
            item.stage.set(Stage::Refused(too_large(self.most)));
            return self.send_next();
        }
        item.stage.set(Stage::Sending(Sending { total: item.bytes() as f64, ..Sending::default() }));
        let began = js_sys::Date::now();
        let (source, mode) = (self.source.get_untracked(), self.mode.get_untracked());
        let on_passage = move |passage| self.advance(item, passage, began);
        let started = item.work.with_value(|work| Transfer::start(&work.file, &source, mode, on_passage));
        match started {
            Ok(transfer) => item.work.update_value(|work| work.transfer = Some(transfer)),
            Err(_) => self.advance(item, Passage::Lost, began),
        }
    }

    fn advance(self, item: Item, passage: Passage, began: f64) {
        let next = match passage {
            Passage::Sent(sent, total) => {
                let seconds = ((js_sys::Date::now() - began) / 1000.0).max(0.001);
                item.stage.set(Stage::Sending(Sending { sent, total, per_second: sent / seconds }));
                return;
            }
            Passage::Accepted(upload) => {
                self.watch(item, &upload);
                Stage::Received(upload)
            }
            Passage::Refused(error) => Stage::Refused(error),
            Passage::Lost => Stage::Lost,
        };
        item.stage.set(next);
        self.send_next();
    }

    fn watch(self, item: Item, upload: &UploadSummary) {
        if !upload.status.is_settled() {
            let watch = Watch::start(upload.id, move |upload| item.stage.set(Stage::Received(Box::new(upload))));
            item.work.update_value(|work| work.watch = Some(watch));
        }
    }
}
