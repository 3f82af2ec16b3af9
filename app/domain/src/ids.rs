//! Every id is a type of its own, so that one can never stand where another is meant.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $inner:ty) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = <$inner as FromStr>::Err;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }
    };
}

id!(
    /// A shop: the unit of tenancy. Small integers keep the fact tables narrow.
    MerchantId, i64
);
id!(
    /// A person who signs in; may belong to several merchants.
    UserId, Uuid
);
id!(
    /// One signed-in device: the `sid` of its access tokens.
    SessionId, Uuid
);
id!(
    /// An invitation link that has not been used yet.
    InvitationId, Uuid
);
id!(
    /// A key with which a program calls the JSON API.
    ApiKeyId, Uuid
);
id!(
    /// A file that a member brought.
    UploadId, Uuid
);
id!(
    /// A piece of background work.
    JobId, Uuid
);
id!(
    /// A product, counted per merchant.
    ProductId, i64
);
id!(
    /// A customer, counted per merchant.
    CustomerId, i64
);
id!(
    /// An order, counted per merchant.
    OrderId, i64
);
id!(
    /// A source of facts (one vendor's export, one till's file shape), counted per merchant.
    SourceId, i32
);
id!(
    /// Another tool's board inside ours.
    EmbedId, Uuid
);
id!(
    /// A board that somebody of the shop made.
    BoardId, Uuid
);
id!(
    /// A public link to a board.
    LinkId, Uuid
);
id!(
    /// A sentence about some days.
    AnnotationId, Uuid
);
