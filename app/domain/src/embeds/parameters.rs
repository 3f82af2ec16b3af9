//! Parameters of a tool's board that are not the viewer's to choose.

use serde::{Deserialize, Serialize};

/// A parameter filled in on the server, inside what is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LockedParameter {
    /// The parameter's name in the tool.
    pub name: String,
    /// Where its value comes from.
    pub value: ParameterValue,
}

/// Where a locked parameter's value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "from", content = "text")]
pub enum ParameterValue {
    /// Always this.
    Fixed(String),
    /// The shop's name.
    MerchantName,
    /// The shop's number.
    MerchantId,
    /// The viewing member's e-mail address.
    MemberEmail,
    /// The viewing member's role.
    MemberRole,
    /// The store that the viewing member belongs to.
    Store,
}

impl ParameterValue {
    /// The choices beside a fixed text.
    pub const FROM_MEMBER: [Self; 5] = [Self::MerchantName, Self::MerchantId, Self::MemberEmail, Self::MemberRole, Self::Store];

    /// The choice in words.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Fixed(_) => "Always the same",
            Self::MerchantName => "The shop's name",
            Self::MerchantId => "The shop's number",
            Self::MemberEmail => "The member's e-mail address",
            Self::MemberRole => "The member's role",
            Self::Store => "The member's store",
        }
    }
}

/// The tool's parameters that follow the page's range of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DateParameters {
    /// The name of the parameter that takes the first day.
    pub from: String,
    /// The name of the parameter that takes the last day; the same name where one parameter takes both.
    pub to: String,
}
