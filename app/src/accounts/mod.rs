//! Signing up and in, invitations, forgotten passwords.

mod api;
mod demo_door;
mod entry;
mod forgot_password_page;
mod guess;
mod invitation_page;
#[cfg(any(feature = "ssr", test))]
mod next;
mod reset_password_page;
mod shop_fields;
mod sign_in_page;
mod sign_up_page;

pub use api::{AcceptInvitation, DemoIsOpen, EnterDemo, ForgotPassword, ListTimeZones, PreviewInvitation, ResetPassword, SignIn, SignUp};
pub use forgot_password_page::ForgotPasswordPage;
pub use invitation_page::InvitationPage;
pub use reset_password_page::ResetPasswordPage;
pub use sign_in_page::SignInPage;
pub use sign_up_page::SignUpPage;

pub(crate) use api::list_time_zones;
pub(crate) use demo_door::DemoDoor;
pub(crate) use shop_fields::{currency_groups, time_zone_groups};
