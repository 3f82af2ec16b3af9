//! What can be told of a board without loading it: the server never fetches a pasted address. The browser adds how the frame loads.

use domain::Permission;
use domain::embeds::{CheckOutcome, CheckStep};
use domain::ids::EmbedId;
use engine::embeds::{MintProblem, Viewer};
use entity::embed::{self, Column};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};

use super::board::{Board, find_board};
use super::secrets::{self, Standing};
use super::signing::{self, SigningProblem};
use super::{allowed_hosts, frame_policy::frame_policy};
use crate::accounts::{Event, record};
use crate::{Actor, Result, Services};

/// Checks a board step by step, and remembers what was found.
pub async fn check_embed(services: &Services, actor: &Actor, id: EmbedId) -> Result<Vec<CheckStep>> {
    actor.require(Permission::ManageBoards)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let board = find_board(&tx, actor.merchant_id, id).await?;
    let hosts = allowed_hosts::hosts(&tx, actor.merchant_id).await?;
    let standing = secrets::standing(&tx, services, actor.merchant_id, id).await?;
    let viewer = signing::viewer(&tx, actor).await?;
    drop(tx);
    let mut steps = vec![address(&board), sharing(&board), host(&board, &hosts)];
    let origins = frame_policy(services, actor).await?.origins;
    steps.push(policy(&board, &origins));
    if board.tool.needs_secret() || standing.newest.is_some() {
        steps.extend(signed(services, &board, &standing, &viewer).await);
        steps.push(clock(services));
    }
    let tx = services.db.write(actor.merchant_id).await?;
    embed::update(actor.merchant_id)
        .filter(Column::Id.eq(id.0))
        .col_expr(Column::LastCheckedAt, Expr::value(services.clock.now_ms()))
        .col_expr(Column::LastCheck, Expr::value(serde_json::to_string(&steps)?))
        .exec(&*tx)
        .await?;
    let failed = steps.iter().filter(|step| step.outcome == CheckOutcome::Failed).count();
    record(&tx, services, Event::by(actor, "embed.checked", format!("{}: {failed} of {} steps failed", board.row.title, steps.len()))).await?;
    tx.commit().await?;
    Ok(steps)
}

fn step(name: &str, outcome: CheckOutcome, sentence: impl Into<String>) -> CheckStep {
    CheckStep { name: name.to_owned(), outcome, sentence: sentence.into() }
}

fn passed_if(name: &str, is_fine: bool, fine: String, wrong: String) -> CheckStep {
    if is_fine { step(name, CheckOutcome::Passed, fine) } else { step(name, CheckOutcome::Failed, wrong) }
}

fn address(board: &Board) -> CheckStep {
    let fine = format!("The address is {}’s, over https.", board.tool.label());
    if board.row.url.starts_with("https://") {
        return step("address", CheckOutcome::Passed, fine);
    }
    step("address", CheckOutcome::Passed, "The address is on this computer, where plain http is fine.")
}

fn sharing(board: &Board) -> CheckStep {
    let roles: Vec<&str> = board.roles.iter().map(|role| role.as_str()).collect();
    let who = match (roles.is_empty(), board.members.len()) {
        (false, 0) => format!("It is switched on and shared with: {}.", roles.join(", ")),
        (true, members) => format!("It is switched on and shared with {members} members by name."),
        (false, members) => format!("It is switched on and shared with: {}; and with {members} members by name.", roles.join(", ")),
    };
    passed_if("sharing", board.row.enabled, who, "It is switched off, so nobody sees it. Switch it on when it is ready.".to_owned())
}

fn host(board: &Board, hosts: &[String]) -> CheckStep {
    let fine = if hosts.is_empty() { "Boards may come from any host.".to_owned() } else { "Its host is among the allowed.".to_owned() };
    let wrong = format!("{} is not among the allowed hosts ({}). Add it there, or remove the board.", board.row.origin, hosts.join(", "));
    passed_if("host", allowed_hosts::is_allowed(hosts, &board.row.origin), fine, wrong)
}

fn policy(board: &Board, origins: &[String]) -> CheckStep {
    let origin = &board.row.origin;
    let fine = format!("Pages of Tradepost may show frames from {origin}. Pages that were open before need a reload.");
    let wrong = format!("Pages of Tradepost may not show frames from {origin}, because the board is switched off or its host is not allowed.");
    passed_if("frame_policy", origins.contains(origin), fine, wrong)
}

/// Whether the secrets open and a token can be made. The token is thrown away.
async fn signed(services: &Services, board: &Board, standing: &Standing, viewer: &Viewer) -> Vec<CheckStep> {
    let Some(newest) = &standing.newest else {
        return vec![step("secret", CheckOutcome::Failed, "There is no secret yet. Enter it, and views are signed with it.")];
    };
    let merchant = domain::ids::MerchantId(board.row.merchant_id);
    if let Err(error) = secrets::opened(services, merchant, newest) {
        return vec![step("secret", CheckOutcome::Failed, sentence(error))];
    }
    let opens = match &standing.previous {
        Some(_) => "The secret opens. The one before it still stands by.",
        None => "The secret opens.",
    };
    let token = match signing::sign(services, board, viewer, &board.row.url, newest).await {
        Ok(minted) => {
            let seconds = minted.expires_at_s - services.clock.now_ms() / 1000;
            step("token", CheckOutcome::Passed, format!("A token for you was made and thrown away; it would have lived {seconds} seconds."))
        }
        Err(SigningProblem::Mint(MintProblem::NoValue(name))) => {
            let words =
                format!("“{name}” has no value for you, so you would see nothing; members who have one would. Give yourself a store to try it.");
            step("token", CheckOutcome::Unknown, words)
        }
        Err(problem) => step("token", CheckOutcome::Failed, sentence(problem.into())),
    };
    vec![step("secret", CheckOutcome::Passed, opens), token]
}

/// We cannot see the tool's clock; a person can.
fn clock(services: &Services) -> CheckStep {
    let now = chrono::DateTime::from_timestamp_millis(services.clock.now_ms()).map(|now| now.format("%Y-%m-%d %H:%M:%S").to_string());
    let words =
        format!("It is {} UTC on this server. Tools refuse tokens when their clock differs by more than a minute or so.", now.unwrap_or_default());
    step("clock", CheckOutcome::Unknown, words)
}

fn sentence(error: crate::ServiceError) -> String {
    let message = error.into_app().message;
    let mut letters = message.chars();
    letters.next().map(|first| format!("{}{}.", first.to_uppercase(), letters.as_str())).unwrap_or_default()
}
