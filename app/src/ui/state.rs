//! What stands where data cannot: nothing yet, an error, a closed door, a remark.

use crate::ui::{Button, Icon, Tone, sentence};
use domain::{AppError, ErrorKind, Permission};
use leptos::prelude::*;

/// Nothing here yet: what will be here, and the one thing to do.
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(default = "sparkles")] icon: &'static str,
    /// The one thing to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="state">
            <span class="state-icon"><Icon name=icon /></span>
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="state-action">{children()}</div> })}
        </section>
    }
}

/// Something failed: what, why, and what to do.
#[component]
pub fn ErrorState(
    #[prop(into)] error: AppError,
    /// Offered as "Try again".
    #[prop(optional)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let title = match error.kind {
        ErrorKind::Unauthorized => "Your session has ended",
        ErrorKind::Forbidden => "This is not open to your role",
        ErrorKind::NotFound => "There is nothing here",
        ErrorKind::Unavailable => "The server did not answer",
        ErrorKind::RateLimited => "Too many tries for now",
        ErrorKind::Internal => "Something went wrong on our side",
        _ => "That did not work",
    };
    let needs_sign_in = error.kind == ErrorKind::Unauthorized;
    view! {
        <section class="state state-error" role="alert">
            <span class="state-icon"><Icon name="triangle-alert" /></span>
            <h2>{title}</h2>
            <p>{sentence(&error.message)}</p>
            <div class="state-action">
                {needs_sign_in.then(|| view! { <a class="button button-primary" href="/sign-in" rel="external">"Sign in"</a> })}
                {retry.map(|retry| view! { <Button icon="refresh-cw" on:click=move |_| retry.run(())>"Try again"</Button> })}
            </div>
        </section>
    }
}

/// The role does not allow it; says who can.
#[component]
pub fn DeniedState(permission: Permission) -> impl IntoView {
    let who = match permission.lowest_role() {
        domain::Role::Owner => "An owner",
        domain::Role::Admin => "An admin or owner",
        _ => "An analyst, admin or owner",
    };
    view! {
        <section class="state">
            <span class="state-icon"><Icon name="lock" /></span>
            <h2>"This is not open to your role"</h2>
            <p>{format!("{who} of this shop can do this, and an admin or owner can change your role under Members.")}</p>
        </section>
    }
}

/// A remark beside the content.
#[component]
pub fn Notice(#[prop(optional)] tone: Tone, #[prop(optional)] live: bool, children: Children) -> impl IntoView {
    let icon = match tone {
        Tone::Good => "circle-check",
        Tone::Warning | Tone::Bad => "triangle-alert",
        _ => "info",
    };
    view! {
        <div class=format!("notice notice-{}", tone.class()) role=live.then_some("status")>
            <Icon name=icon />
            <div>{children()}</div>
        </div>
    }
}
