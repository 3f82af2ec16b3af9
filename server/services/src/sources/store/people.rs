//! Customers of a customer file: known by address, else by the source's number.

use super::customers;
use super::other_facts::{Ground, Outcome};
use crate::error::Result;
use crate::sources::history::{CUSTOMER, FileClaim, claim_facts};
use crate::sources::records::CustomerFact;
use domain::ids::MerchantId;
use entity::customer::Model;
use std::collections::BTreeMap;

/// Stores customers.
pub(super) async fn store(ground: &mut Ground<'_>, facts: &[CustomerFact]) -> Result<Vec<Outcome>> {
    let owner = MerchantId(ground.merchant.id);
    let keys: Vec<String> = facts.iter().map(|fact| key(fact, ground.target.source_id)).collect();
    let mut rows = customers::rows(ground.tx, owner, &keys).await?;
    let (mut outcomes, mut claims, mut written) = (Vec::with_capacity(facts.len()), Vec::with_capacity(facts.len()), BTreeMap::new());
    for (fact, key) in facts.iter().zip(&keys) {
        let (row, outcome) = match rows.get(key) {
            Some(known) => {
                let row = merged(known, fact);
                let outcome = ground.outcome_of(row == *known, known.upload_id);
                (row, outcome)
            }
            None => {
                let id = ground.merchant.next_customer_id;
                ground.merchant.next_customer_id += 1;
                (merged(&customers::blank(owner.0, id, key.clone()), fact), Outcome::New)
            }
        };
        outcomes.push(outcome);
        claims.push(FileClaim { key: key.clone(), fact: serde_json::to_string(fact)? });
        if matches!(outcome, Outcome::New | Outcome::Updated) {
            let row = Model { upload_id: Some(ground.target.upload_id), ..row };
            rows.insert(key.clone(), row.clone());
            written.insert(row.id, row);
        }
    }
    customers::write(ground.tx, ground.db, owner, written.into_values()).await?;
    claim_facts(ground.tx, ground.db, ground.claimant, CUSTOMER, ground.as_of, claims).await?;
    Ok(outcomes)
}

fn key(fact: &CustomerFact, source_id: i32) -> String {
    match (&fact.email, &fact.external_id, &fact.phone) {
        (Some(email), ..) => format!("email:{email}"),
        (None, Some(id), _) => format!("id:{source_id}:{id}"),
        (None, None, phone) => format!("phone:{}", phone.as_deref().unwrap_or_default()),
    }
}

/// What is known, with what the file tells: what it does not tell stays.
pub(crate) fn merged(known: &Model, fact: &CustomerFact) -> Model {
    let newer = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    Model {
        external_id: newer(&fact.external_id, &known.external_id),
        email: newer(&fact.email, &known.email),
        name: newer(&fact.name, &known.name),
        country: newer(&fact.country, &known.country),
        city: newer(&fact.city, &known.city),
        phone: newer(&fact.phone, &known.phone),
        accepts_marketing: fact.accepts_marketing.or(known.accepts_marketing),
        tags: newer(&fact.tags, &known.tags),
        ..known.clone()
    }
}
