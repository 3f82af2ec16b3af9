//! Who may see a board: to everybody else it is not there.

use domain::dashboards::{audience, audience_words};
use domain::ids::{BoardId, UserId};
use domain::{AppError, Role};
use entity::board;
use sea_orm::sea_query::Expr;

use crate::accounts::{Event, record};
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// Who may see a board.
#[derive(Clone, Debug)]
pub(in crate::dashboards) struct Audience {
    /// From the least to the most allowed.
    pub(in crate::dashboards) roles: Vec<Role>,
    author: Option<UserId>,
}

impl Audience {
    /// Everybody in the shop.
    pub(in crate::dashboards) fn everybody() -> Self {
        Self { roles: Role::ALL.to_vec(), author: None }
    }

    /// Who may see a board that is being made.
    pub(super) fn new(author: &Actor) -> Self {
        Self { author: author.user_id, ..Self::everybody() }
    }

    /// Who may see a stored board. What cannot be read is for those who manage the shop.
    pub(super) fn of(row: &board::Model) -> Self {
        let chosen = row.roles.as_deref().map_or_else(
            || Role::ALL.to_vec(),
            |json| {
                serde_json::from_str(json).unwrap_or_else(|error| {
                    tracing::error!(board.id = %row.id, error.cause = %error, "the roles of a board cannot be read");
                    Vec::new()
                })
            },
        );
        Self { roles: audience(&chosen), author: row.author.map(UserId) }
    }

    /// Whether a role may, or the person who has it.
    pub(in crate::dashboards) fn includes(&self, role: Role, user: Option<UserId>) -> bool {
        self.roles.contains(&role) || (user.is_some() && self.author == user)
    }

    /// The same board for other roles. Nobody shuts themselves out.
    pub(super) fn chosen(self, actor: &Actor, roles: &[Role]) -> Result<Self> {
        let chosen = Self { roles: audience(roles), ..self };
        if chosen.includes(actor.role, actor.user_id) {
            return Ok(chosen);
        }
        Err(AppError::invalid("roles", format!("you would no longer see this board yourself; leave {} in", actor.role)).into())
    }

    /// As it is stored: nothing for everybody.
    pub(super) fn stored(&self) -> Result<Option<String>> {
        Ok(if self.roles == Role::ALL { None } else { Some(serde_json::to_string(&self.roles)?) })
    }
}

/// Writes who may see a board, for one who may build boards; what was for them already is left as it is.
pub(super) async fn set_audience(services: &Services, tx: &Tx, actor: &Actor, row: &board::Model, roles: &[Role]) -> Result<()> {
    let before = Audience::of(row);
    let after = before.clone().chosen(actor, roles)?;
    if after.roles == before.roles {
        return Ok(());
    }
    let update = board::update(actor.merchant_id, BoardId(row.id)).col_expr(board::Column::Roles, Expr::value(after.stored()?));
    update.exec(&**tx).await?;
    let who = audience_words(&after.roles).unwrap_or("everybody in the shop");
    record(tx, services, Event::by(actor, "board.shared", format!("{}: {who}", row.title))).await
}
