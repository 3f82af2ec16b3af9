//! What pages know of the signed-in person, below the frame.

use domain::accounts::{Me, MerchantSummary};
use domain::{Permission, Role};
use leptos::prelude::*;
use leptos::reactive::graph::Observer;

/// The signed-in person and their shop, below the frame.
#[derive(Clone, Copy)]
pub struct Session {
    me: RwSignal<Me>,
}

impl Session {
    /// The session of a person.
    pub fn new(me: Me) -> Self {
        Self { me: RwSignal::new(me) }
    }

    /// Who is asking; tracked where something can be told of a change.
    pub fn me(self) -> Me {
        self.read(Me::clone)
    }

    /// The shop; tracked like [`Session::me`].
    pub fn merchant(self) -> MerchantSummary {
        self.read(|me| me.merchant.clone())
    }

    /// The role in this shop; tracked like [`Session::me`].
    pub fn role(self) -> Role {
        self.read(|me| me.role)
    }

    /// Whether this is a visitor of the demo shop, who has no account; tracked like [`Session::me`].
    pub fn is_visitor(self) -> bool {
        self.read(|me| me.is_visitor)
    }

    /// The largest file the server takes, in bytes; tracked like [`Session::me`].
    pub fn upload_max_bytes(self) -> u64 {
        self.read(|me| me.upload_max_bytes)
    }

    fn read<T>(self, part: impl FnOnce(&Me) -> T) -> T {
        if Observer::get().is_some() { self.me.with(part) } else { self.me.with_untracked(part) }
    }

    /// Whether an action should be offered. The use case decides again.
    pub fn can(self, permission: Permission) -> bool {
        self.role().can(permission)
    }

    /// The shop as it is after its settings were saved.
    pub fn set_merchant(self, merchant: MerchantSummary) {
        self.me.update(|me| {
            for choice in &mut me.merchants {
                if choice.id == merchant.id {
                    choice.name.clone_from(&merchant.name);
                }
            }
            me.merchant = merchant;
        });
    }
}

/// The session of the page; only below [`crate::shell::Frame`].
pub fn use_session() -> Session {
    expect_context()
}
