//! What a pasted text names, with this installation's own address and rules.

use domain::embeds::{Pasted, RecogniseInput, recognise_paste};
use domain::{AppError, Permission};
use garde::Validate;

use crate::config::ServicesConfig;
use crate::{Actor, Result, Services};

/// What a pasted text names. Its host must be one of the allowed. Nothing is fetched.
pub async fn recognise(services: &Services, actor: &Actor, paste: &str) -> Result<Pasted> {
    actor.require(Permission::ManageBoards)?;
    let input = RecogniseInput { paste: paste.to_owned() };
    input.validate()?;
    let pasted = pasted(services, &input.paste)?;
    let tx = services.db.read(actor.merchant_id).await?;
    super::allowed_hosts::require_allowed(&tx, actor.merchant_id, &pasted.origin).await?;
    Ok(pasted)
}

/// What a pasted text names, or the sentence that says what to copy instead.
pub(super) fn pasted(services: &Services, paste: &str) -> Result<Pasted> {
    let own = &services.config.public_url;
    let pasted = recognise_paste(paste, own, is_on_this_computer(&services.config));
    Ok(pasted.map_err(|problem| AppError::invalid("paste", problem.to_string()))?)
}

/// Boards of this computer over plain `http:` are for development and tests: only when people reach Tradepost the same way.
fn is_on_this_computer(config: &ServicesConfig) -> bool {
    let host = config.public_url.strip_prefix("http://").unwrap_or_default();
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|local| host.strip_prefix(local).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_server_of_this_computer_takes_boards_of_this_computer() {
        let at = |public_url: &str| is_on_this_computer(&ServicesConfig { public_url: public_url.to_owned(), ..ServicesConfig::embedded("data") });
        assert!(at("http://127.0.0.1:3000") && at("http://localhost") && at("http://[::1]:3000"));
        for elsewhere in ["https://shop.example", "http://127.0.0.1.example", "http://localhost.example", "http://192.168.0.2"] {
            assert!(!at(elsewhere), "{elsewhere}");
        }
    }
}
