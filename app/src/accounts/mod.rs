//! Signing up and in, invitations, forgotten passwords.

use leptos::prelude::*;

#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Forgot password" /> }
}

#[component]
pub fn InvitationPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Invitation" /> }
}

#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Reset password" /> }
}

#[component]
pub fn SignInPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Sign in" /> }
}

#[component]
pub fn SignUpPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Sign up" /> }
}
