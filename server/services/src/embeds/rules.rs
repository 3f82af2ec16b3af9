//! What a board's settings must keep to, besides the lengths that the inputs themselves know.

use std::collections::BTreeMap;

use domain::embeds::{DateParameters, EmbedHeight, EmbedTool, LockedParameter, ParameterValue, SecretField, secret_fields};
use domain::ids::{MerchantId, UserId};
use domain::{AppError, FieldError, Role};
use entity::membership;
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};

use crate::Result;
use crate::db::Tx;

/// Longer than any tool's secret, id or parameter.
const LONGEST: usize = 2_000;

/// A board is shared with roles or with members of this shop.
pub(super) async fn check_sharing(tx: &Tx, merchant: MerchantId, roles: &[Role], members: &[UserId]) -> Result<()> {
    if roles.is_empty() && members.is_empty() {
        return Err(AppError::invalid("roles", "nobody would see this board; choose a role or a member, or switch it off").into());
    }
    let ids: std::collections::BTreeSet<_> = members.iter().map(|user| user.0).collect();
    let wanted = ids.len();
    let found = membership::find(merchant).filter(membership::Column::UserId.is_in(ids)).count(&**tx).await?;
    if usize::try_from(found).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    Err(AppError::invalid("members", "someone on this list is no member of this shop; choose from the members").into())
}

/// Locked parameters have distinct names, and a token to stand in.
pub(super) fn check_locked(tool: EmbedTool, is_signed: bool, locked: &[LockedParameter]) -> Result<(), AppError> {
    if locked.is_empty() {
        return Ok(());
    }
    if !is_signed || !tool.takes_locked_parameters() {
        let words = format!("{} boards are only locked when they are signed; without a secret, viewers could change any parameter", tool.label());
        return Err(AppError::invalid("locked", words));
    }
    let wrong = |index: usize, words: &str| Err(AppError::invalid(format!("locked[{index}]"), words));
    for (index, parameter) in locked.iter().enumerate() {
        let fixed = if let ParameterValue::Fixed(text) = &parameter.value { text.as_str() } else { "" };
        if parameter.name.trim().is_empty() {
            return wrong(index, "name the tool's parameter that is locked");
        }
        if parameter.name.len().max(fixed.len()) > LONGEST || parameter.name.chars().chain(fixed.chars()).any(char::is_control) {
            return wrong(index, "use a shorter name and value, without line breaks");
        }
        if locked[..index].iter().any(|other| other.name == parameter.name) {
            return wrong(index, "this parameter is locked twice; leave one of the two");
        }
    }
    Ok(())
}

/// Names and proportions that make sense.
pub(super) fn check_shape(dates: Option<&DateParameters>, height: EmbedHeight) -> Result<(), AppError> {
    let is_name = |name: &str| !name.trim().is_empty() && name.len() <= 200 && !name.chars().any(char::is_control);
    if dates.is_some_and(|dates| !is_name(&dates.from) || !is_name(&dates.to)) {
        return Err(AppError::invalid("dates", "name the tool's parameters for the first and the last day"));
    }
    match height {
        EmbedHeight::Ratio { width, height } if !(1..=100).contains(&width) || !(1..=100).contains(&height) => {
            Err(AppError::invalid("height", "choose proportions between 1 and 100, such as 16 to 9"))
        }
        _ => Ok(()),
    }
}

/// The fields that the tool's secret has, each filled; spaces around them are an accident of copying.
pub(super) fn checked_secret(tool: EmbedTool, given: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, AppError> {
    let known = secret_fields(tool);
    if known.is_empty() {
        return Err(AppError::invalid("secret", format!("{} boards are shown without a secret; leave it out", tool.label())));
    }
    let unknown = given.keys().filter(|name| !known.iter().any(|field| field.name == **name));
    let mut problems: Vec<FieldError> = unknown.map(|name| wrong(name, format!("{} has no such field", tool.label()))).collect();
    let mut fields = BTreeMap::new();
    for field in known {
        let text = given.get(&field.name).map(|text| text.trim()).unwrap_or_default();
        problems.extend(problem_of(&field, text).map(|sentence| wrong(&field.name, sentence)));
        if !text.is_empty() {
            fields.insert(field.name, text.to_owned());
        }
    }
    if problems.is_empty() { Ok(fields) } else { Err(AppError::validation(problems)) }
}

fn problem_of(field: &SecretField, text: &str) -> Option<String> {
    if text.is_empty() {
        return field.is_required.then(|| format!("enter the {}. {}", field.label, field.hint));
    }
    (text.len() > LONGEST || text.chars().any(char::is_control)).then(|| format!("this is no {}; copy it once more", field.label))
}

fn wrong(field: &str, message: String) -> FieldError {
    FieldError { field: format!("secret.{field}"), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(name: &str) -> LockedParameter {
        LockedParameter { name: name.to_owned(), value: ParameterValue::Store }
    }

    #[test]
    fn what_is_not_signed_cannot_be_locked() {
        assert!(check_locked(EmbedTool::MetabaseSigned, true, &[lock("store"), lock("shop")]).is_ok());
        assert!(check_locked(EmbedTool::MetabaseSigned, true, &[lock("store"), lock("store")]).is_err());
        assert!(check_locked(EmbedTool::MetabaseSigned, true, &[lock(" ")]).is_err());
        assert!(check_locked(EmbedTool::Tableau, false, &[lock("store")]).is_err());
        assert!(check_locked(EmbedTool::Generic, false, &[lock("store")]).is_err());
        assert!(check_locked(EmbedTool::Generic, false, &[]).is_ok());
    }

    #[test]
    fn a_secret_has_the_tools_fields_and_no_others() {
        let given = |pairs: &[(&str, &str)]| pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect::<BTreeMap<_, _>>();
        let fields = checked_secret(EmbedTool::MetabaseSigned, &given(&[("secret", " abc\n")])).unwrap();
        assert_eq!(fields, given(&[("secret", "abc")]));
        let refused = checked_secret(EmbedTool::Tableau, &given(&[("secret", "x"), ("password", "y")])).unwrap_err();
        let names: Vec<&str> = refused.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(names, ["secret.password", "secret.client_id", "secret.secret_id"]);
        assert!(checked_secret(EmbedTool::Generic, &given(&[("secret", "x")])).is_err());
    }
}
