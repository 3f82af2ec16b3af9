//! The schema's history. Imports no entity: what a migration meant must not change when an entity does.

mod m20261120_000001_accounts;
mod m20261120_000002_jobs_and_mail;
mod m20261120_000003_sources_and_facts;
mod m20261121_000004_embeds;
mod m20261121_000005_other_facts;
mod m20261121_000006_history;
mod m20261121_000007_upload_lives;
mod m20261121_000009_boards;
mod m20261121_000010_columns;
mod m20261121_000011_board_links;
mod m20261121_000012_annotations;
mod m20261121_000015_board_roles_and_years;
mod m20261122_000016_line_discounts;
mod m20261122_000017_refunds_once;
mod m20261122_000020_stores;
mod m20261122_000021_returned_pieces;
mod step;

use sea_orm_migration::MigrationTrait;
pub use sea_orm_migration::MigratorTrait;

/// Brings a database to the newest schema.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261120_000001_accounts::STEP),
            Box::new(m20261120_000002_jobs_and_mail::STEP),
            Box::new(m20261120_000003_sources_and_facts::STEP),
            Box::new(m20261121_000004_embeds::STEP),
            Box::new(m20261121_000005_other_facts::STEP),
            Box::new(m20261121_000006_history::STEP),
            Box::new(m20261121_000007_upload_lives::STEP),
            Box::new(m20261121_000009_boards::STEP),
            Box::new(m20261121_000010_columns::STEP),
            Box::new(m20261121_000011_board_links::STEP),
            Box::new(m20261121_000012_annotations::STEP),
            Box::new(m20261121_000015_board_roles_and_years::STEP),
            Box::new(m20261122_000016_line_discounts::STEP),
            Box::new(m20261122_000017_refunds_once::STEP),
            Box::new(m20261122_000020_stores::STEP),
            Box::new(m20261122_000021_returned_pieces::STEP),
        ]
    }
}

/// Every table with rows of merchants: on PostgreSQL each has forced row-level security.
pub fn tenant_tables() -> Vec<&'static str> {
    let steps = [
        m20261120_000001_accounts::STEP,
        m20261120_000002_jobs_and_mail::STEP,
        m20261120_000003_sources_and_facts::STEP,
        m20261121_000004_embeds::STEP,
        m20261121_000005_other_facts::STEP,
        m20261121_000006_history::STEP,
        m20261121_000007_upload_lives::STEP,
        m20261121_000009_boards::STEP,
        m20261121_000010_columns::STEP,
        m20261121_000011_board_links::STEP,
        m20261121_000012_annotations::STEP,
        m20261121_000015_board_roles_and_years::STEP,
        m20261122_000016_line_discounts::STEP,
        m20261122_000017_refunds_once::STEP,
        m20261122_000020_stores::STEP,
        m20261122_000021_returned_pieces::STEP,
    ];
    steps.into_iter().flat_map(|step| step.secured.iter().map(|secured| secured.table)).collect()
}
