//! One record of a file becomes one fact, or the reason why not. Shipping, fees and payouts become movements of money, never products.

use crate::sources::records::{AdFact, CustomerFact, Fact, MovementFact, MovementKind, ProductFact, StockFact, StockLevel, StockTold, code};
use domain::sources::{ColumnMeaning as M, FileKind};
use engine::ingestion::{CleaningKind, CleaningLog, LocalTime, ParsedRecord, StockAtPlace, movement_word};

/// Why a record is none, and in which column.
pub(super) struct Unfit(pub(super) Option<M>, pub(super) &'static str);

/// Makes facts of records, in the file's order.
pub(super) struct FactMaker {
    kind: FileKind,
    /// The product whose variants and pictures follow: what belongs to the whole product stands on its first row only.
    head: Option<ProductFact>,
    /// What movements are of which no column says it.
    movements: Option<MovementKind>,
    /// What the last row brings beside its fact.
    beside: Option<Fact>,
}

impl FactMaker {
    /// For files of a kind with these columns.
    pub(super) fn new(kind: FileKind, headers: &[String]) -> Self {
        Self { kind, head: None, movements: movement_word(headers).map(MovementKind::of), beside: None }
    }

    /// What the last row brings beside its fact: what of its payment was given back.
    pub(super) fn beside(&mut self) -> Option<Fact> {
        self.beside.take()
    }

    /// The fact of a record.
    pub(super) fn fact(&mut self, record: &ParsedRecord, log: &mut CleaningLog) -> Result<Fact, Unfit> {
        match self.kind {
            FileKind::Products => self.product(record, log),
            FileKind::Customers => customer(record),
            FileKind::Inventory => stock(record),
            FileKind::AdSpend => ad(record),
            FileKind::Payouts => {
                let movement = movement(record, self.movements, log)?;
                self.beside = refund_of(&movement, record).map(Fact::RefundBeside);
                Ok(Fact::Movement(movement))
            }
            FileKind::Orders | FileKind::SellOut | FileKind::Refunds => Ok(Fact::Nothing),
        }
    }

    fn product(&mut self, record: &ParsedRecord, log: &mut CleaningLog) -> Result<Fact, Unfit> {
        let mut product = product(record);
        if product.sku.is_none() && product.title.is_none() && product.handle.is_none() {
            return Err(Unfit(Some(M::ProductName), "the product has neither a code nor a name"));
        }
        let is_of = |head: &&ProductFact| head.handle.is_some() && head.handle == product.handle;
        let Some(head) = self.head.as_ref().filter(is_of) else {
            self.head = Some(product.clone());
            return Ok(Fact::Product(product));
        };
        let is_picture = product.sku.is_none() && product.variant.is_none() && product.price_minor.is_none() && product.title.is_none();
        let handle = head.handle.as_deref().unwrap_or_default();
        if is_picture {
            log.note(CleaningKind::PicturesPassed, record.row_line, "", || (handle, "no product of its own"));
            return Ok(Fact::Nothing);
        }
        let mut is_filled = false;
        let mut down = |own: &mut Option<String>, of_head: &Option<String>| {
            if own.is_none() && of_head.is_some() {
                own.clone_from(of_head);
                is_filled = true;
            }
        };
        down(&mut product.title, &head.title);
        down(&mut product.category, &head.category);
        down(&mut product.brand, &head.brand);
        down(&mut product.status, &head.status);
        if is_filled {
            log.note(CleaningKind::FilledFromProduct, record.row_line, "", || (handle, product.title.clone().unwrap_or_default()));
        }
        Ok(Fact::Product(product))
    }
}

fn text(record: &ParsedRecord, meaning: M) -> Option<String> {
    record.text(meaning).map(str::to_owned)
}

fn product(record: &ParsedRecord) -> ProductFact {
    let money = |meaning: M| record.number(meaning);
    let (price_minor, compare_at_minor, cost_minor) = (money(M::Price).or(money(M::UnitPrice)), money(M::CompareAtPrice), money(M::Cost));
    let has_money = price_minor.or(compare_at_minor).or(cost_minor).is_some();
    ProductFact {
        sku: text(record, M::Sku),
        title: text(record, M::ProductName),
        handle: text(record, M::Handle),
        variant: text(record, M::VariantName),
        category: text(record, M::Category),
        brand: text(record, M::Brand),
        barcode: text(record, M::Barcode),
        price_minor,
        compare_at_minor,
        cost_minor,
        currency: has_money.then(|| code(record.currency)),
        status: text(record, M::ProductStatus),
        stock: stock_told(record, record.number(M::Stock)),
    }
}

/// The stock of each place, or the quantity that the row tells of its own.
fn stock_told(record: &ParsedRecord, quantity_milli: Option<i64>) -> StockTold {
    let Some(places) = record.stock_by_place() else { return StockTold::at(text(record, M::Location), quantity_milli) };
    let level = |at: &StockAtPlace| StockLevel { location: at.place.clone(), quantity_milli: at.quantity_milli };
    StockTold { levels: places.iter().map(level).collect(), is_by_column: true }
}

fn customer(record: &ParsedRecord) -> Result<Fact, Unfit> {
    let names = [record.text(M::FirstName), record.text(M::LastName)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let customer = CustomerFact {
        external_id: text(record, M::CustomerId),
        email: record.text(M::CustomerEmail).map(str::to_lowercase),
        name: text(record, M::CustomerName).or(Some(names).filter(|names| !names.is_empty())),
        country: record.country.map(|code| code.iter().map(|&letter| char::from(letter)).collect()),
        city: text(record, M::City),
        phone: text(record, M::Phone),
        accepts_marketing: record.text(M::AcceptsMarketing).and_then(yes_or_no),
        tags: text(record, M::Tags),
    };
    if customer.email.is_none() && customer.external_id.is_none() && customer.phone.is_none() {
        return Err(Unfit(Some(M::CustomerEmail), "the customer has neither an address nor a number"));
    }
    Ok(Fact::Customer(customer))
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" | "y" | "subscribed" | "evet" | "ja" | "oui" | "sí" | "si" => Some(true),
        "no" | "false" | "0" | "n" | "unsubscribed" | "not_subscribed" | "hayır" | "nein" | "non" => Some(false),
        _ => None,
    }
}

fn stock(record: &ParsedRecord) -> Result<Fact, Unfit> {
    let product = ProductFact { stock: StockTold::default(), ..product(record) };
    if product.sku.is_none() && product.title.is_none() && product.handle.is_none() {
        return Err(Unfit(Some(M::Sku), "the product has neither a code nor a name"));
    }
    let stock = stock_told(record, record.number(M::Stock).or(record.number(M::Quantity)));
    if stock.is_nothing() {
        return Err(Unfit(Some(M::Stock), "the stock is missing"));
    }
    Ok(Fact::Stock(StockFact { product, stock }))
}

fn when(record: &ParsedRecord) -> Result<(i64, LocalTime), Unfit> {
    record.moment.ok_or(Unfit(Some(M::OrderedAt), "the date is missing"))
}

fn ad(record: &ParsedRecord) -> Result<Fact, Unfit> {
    let (_, local) = when(record)?;
    let count = |meaning: M| record.number(meaning).map(|milli| milli / 1_000);
    Ok(Fact::Ad(AdFact {
        day: local.day.0,
        campaign: text(record, M::Campaign).unwrap_or_default(),
        ad_group: text(record, M::AdGroup).unwrap_or_default(),
        currency: code(record.currency),
        spend_minor: record.number(M::Spend).or(record.number(M::Amount)).ok_or(Unfit(Some(M::Spend), "the spend is missing"))?,
        impressions: count(M::Impressions),
        clicks: count(M::Clicks),
        conversions_milli: record.number(M::Conversions),
        rows: 1,
    }))
}

fn movement(record: &ParsedRecord, of_export: Option<MovementKind>, log: &mut CleaningLog) -> Result<MovementFact, Unfit> {
    let (occurred_at, local) = when(record)?;
    let (amount_minor, fee_minor, net_minor) = amounts(record)?;
    if let (Some(before), Some(after)) = (record.number(M::Fee), fee_minor)
        && before == -after
        && before != 0
    {
        log.note(CleaningKind::SignsTurned, record.row_line, M::Fee.label(), || (before.to_string(), after.to_string()));
    }
    let transaction_type = text(record, M::TransactionType);
    let (order_number, payout_id) = (text(record, M::OrderNumber), text(record, M::PayoutId));
    let description = text(record, M::ProductName);
    // A settlement parts an order into its price, its shipping and its fees by a word or two; more words are a product's name.
    let part = description.as_deref().filter(|text| text.split_whitespace().count() <= 2).map_or(MovementKind::Other, MovementKind::of);
    let kind = match (MovementKind::of(transaction_type.as_deref().unwrap_or_default()), part) {
        (MovementKind::Sale | MovementKind::Refund | MovementKind::Other, MovementKind::Fee | MovementKind::Tax | MovementKind::Shipping) => part,
        (MovementKind::Other, part) => part,
        (kind, _) => kind,
    };
    let is_told = kind == MovementKind::Other && of_export.is_some();
    let kind = match kind {
        MovementKind::Other if is_told => of_export.unwrap_or(kind),
        // A list of payouts does not say so in each row.
        MovementKind::Other if transaction_type.is_none() && payout_id.is_some() && order_number.is_none() => MovementKind::Payout,
        kind => kind,
    };
    Ok(MovementFact {
        // A settlement's number stands on all of its rows; only a payout itself is known by it, and a payment in a list of payments.
        external_id: payout_id.clone().filter(|_| is_told || (kind == MovementKind::Payout && order_number.is_none())),
        kind,
        transaction_type,
        occurred_at,
        day: local.day.0,
        currency: code(record.currency),
        amount_minor,
        fee_minor,
        net_minor,
        order_number,
        payout_id,
        sku: text(record, M::Sku),
        quantity_milli: record.number(M::Quantity),
        description,
    })
}

/// What of a payment was given back, where its row says so: money that moved the other way.
fn refund_of(payment: &MovementFact, record: &ParsedRecord) -> Option<MovementFact> {
    let refunded = record.number(M::Refunded).filter(|refunded| *refunded != 0)?;
    let amount_minor = -refunded.abs();
    Some(MovementFact { kind: MovementKind::Refund, amount_minor, fee_minor: None, net_minor: amount_minor, quantity_milli: None, ..payment.clone() })
}

/// Amount, fee and net. Vendors write fees with either sign: where the net amount stands beside, it tells.
fn amounts(record: &ParsedRecord) -> Result<(i64, Option<i64>, i64), Unfit> {
    let too_large = Unfit(Some(M::Amount), "the amounts add up to more than can be counted");
    let amount = record.number(M::Amount).or(record.number(M::LineAmount)).or(record.number(M::OrderTotal));
    match (amount, record.number(M::Fee), record.number(M::Net)) {
        (Some(amount), fee, Some(net)) => Ok((amount, fee.map(|_| net.checked_sub(amount)).map(|fee| fee.ok_or(too_large)).transpose()?, net)),
        (Some(amount), Some(fee), None) => Ok((amount, Some(-fee.abs()), amount.checked_sub(fee.abs()).ok_or(too_large)?)),
        (Some(amount), None, None) => Ok((amount, None, amount)),
        (None, Some(fee), net) => Ok((0, Some(fee), net.unwrap_or(fee))),
        (None, None, Some(net)) => Ok((net, None, net)),
        (None, None, None) => Err(Unfit(Some(M::Amount), "the amount is missing")),
    }
}
