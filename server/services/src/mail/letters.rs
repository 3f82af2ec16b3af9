//! What our mails say.

use domain::ids::MerchantId;

use super::NewMail;
pub use super::upload_letter::upload_settled;

/// To someone invited to a shop.
pub fn invitation(merchant_id: MerchantId, to: &str, shop: &str, inviter: &str, link: &str) -> NewMail {
    NewMail {
        merchant_id: Some(merchant_id),
        to: to.to_owned(),
        subject: format!("{inviter} invites you to {shop}"),
        body: format!(
            "Hello,\n\n{inviter} would like you to see the figures of {shop} in Tradepost.\n\nJoin with this link:\n\n{link}\n\n\
             It works for a week and for you alone. If you do not know {inviter}, do nothing: without the link nobody joins.\n"
        ),
    }
}

/// To someone who forgot their password.
pub fn password_reset(to: &str, link: &str) -> NewMail {
    NewMail {
        merchant_id: None,
        to: to.to_owned(),
        subject: "Choose a new password for Tradepost".to_owned(),
        body: format!(
            "Hello,\n\nsomeone, most likely you, asked to set a new password for this address.\n\nChoose it here:\n\n{link}\n\n\
             The link works once, within an hour. Setting a new password signs you out everywhere. \
             If you did not ask, do nothing: your password stays as it is.\n"
        ),
    }
}
