//! Who sees a board of questions, and the month in which a shop's fiscal year begins.

use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261121_000015_board_roles_and_years",
    // Boards that were there stay for everybody; whoever saved the first version, where that is still kept, is their author.
    up: r"
ALTER TABLE boards ADD COLUMN roles TEXT;
ALTER TABLE boards ADD COLUMN author {uuid};
ALTER TABLE merchants ADD COLUMN fiscal_year_start SMALLINT NOT NULL DEFAULT 1;
{as_system};
UPDATE boards SET author = (SELECT u.id FROM users u JOIN board_versions v ON v.saved_by = u.email WHERE v.merchant_id = boards.merchant_id AND v.board_id = boards.id AND v.version = 1);
",
    tables: &[],
    secured: &[],
};
