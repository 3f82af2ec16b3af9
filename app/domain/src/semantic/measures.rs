//! Every measure, one entry each.

use super::entries::{Additivity, MeasureEntry, Unit};
use super::{Facts, Measure};
use crate::role::Role;

/// Money made of sales. An entry starts from what it has in common with others.
const MONEY: MeasureEntry = MeasureEntry {
    measure: Measure::NetSales,
    name: "",
    label: "",
    synonyms: &[],
    definition: "",
    unit: Unit::Money,
    additivity: Additivity::Additive,
    facts: &[Facts::Sales],
    nothing_is_zero: true,
    more_is_better: true,
    lowest_role: Role::Viewer,
};

/// Money that orders may state besides their lines.
const STATED: MeasureEntry = MeasureEntry { facts: &[Facts::Orders], nothing_is_zero: false, ..MONEY };

/// Money divided by a count.
const AVERAGE: MeasureEntry = MeasureEntry { additivity: Additivity::None, nothing_is_zero: false, ..MONEY };

/// A count of things that sales name, of which each counts once.
const COUNT: MeasureEntry = MeasureEntry { unit: Unit::Number, additivity: Additivity::None, ..MONEY };

/// A share of sales.
const RATIO: MeasureEntry = MeasureEntry { unit: Unit::Ratio, nothing_is_zero: false, ..COUNT };

/// What tells purchase prices, which is not for everyone.
const PRODUCT_COST: MeasureEntry = MeasureEntry { facts: &[Facts::Lines], nothing_is_zero: false, lowest_role: Role::Analyst, ..MONEY };

/// Stock beside what was sold of it.
const IN_STOCK: MeasureEntry =
    MeasureEntry { unit: Unit::Number, additivity: Additivity::None, facts: &[Facts::Sales, Facts::Stock], nothing_is_zero: false, ..MONEY };

/// Advertising beside sales.
const ADVERTISED: MeasureEntry = MeasureEntry { unit: Unit::Ratio, facts: &[Facts::Sales, Facts::Advertising], ..IN_STOCK };

/// Every measure.
pub const MEASURES: &[MeasureEntry] = &[
    MeasureEntry {
        measure: Measure::NetSales,
        name: "net_sales",
        label: "Net sales",
        synonyms: &["net revenue", "revenue", "sales", "turnover"],
        definition: "Gross sales minus discounts and returns: the sum of all line amounts.",
        ..MONEY
    },
    MeasureEntry {
        measure: Measure::GrossSales,
        name: "gross_sales",
        label: "Gross sales",
        synonyms: &["gross revenue"],
        definition: "What was sold, before discounts and returns.",
        ..MONEY
    },
    MeasureEntry {
        measure: Measure::TotalSales,
        name: "total_sales",
        label: "Total sales",
        synonyms: &["order totals", "total revenue"],
        definition: "The sum of each order's total as its vendor states it, with shipping and tax; else the sum of its lines.",
        facts: &[Facts::Orders],
        ..MONEY
    },
    MeasureEntry {
        measure: Measure::Returns,
        name: "returns",
        label: "Returns",
        synonyms: &["refunds", "cancellations"],
        definition: "What was given back: lines with negative amounts, refunds that orders state, and what is left of cancelled orders.",
        more_is_better: false,
        ..MONEY
    },
    MeasureEntry {
        measure: Measure::ReturnRate,
        name: "return_rate",
        label: "Return rate",
        synonyms: &["refund rate", "share returned"],
        definition: "Returns divided by gross sales.",
        more_is_better: false,
        ..RATIO
    },
    MeasureEntry {
        measure: Measure::Discounts,
        name: "discounts",
        label: "Discounts",
        synonyms: &["discount", "reductions", "rebates"],
        definition: "What was taken off gross sales, for single lines or for whole orders; no value where nothing tells.",
        facts: &[Facts::Sales],
        more_is_better: false,
        ..STATED
    },
    MeasureEntry {
        measure: Measure::Tax,
        name: "tax",
        label: "Tax",
        synonyms: &["taxes", "vat", "sales tax"],
        definition: "The sum of the taxes that orders state; no value where none does.",
        ..STATED
    },
    MeasureEntry {
        measure: Measure::Shipping,
        name: "shipping",
        label: "Shipping",
        synonyms: &["postage", "delivery", "shipping revenue"],
        definition: "The sum of what orders state as paid for shipping; no value where none does.",
        ..STATED
    },
    MeasureEntry {
        measure: Measure::Fees,
        name: "fees",
        label: "Fees",
        synonyms: &["fee", "commission", "commissions", "payment fees"],
        definition: "The sum of the fees that orders state as kept by marketplaces and payment services; no value where none does.",
        more_is_better: false,
        ..STATED
    },
    MeasureEntry {
        measure: Measure::Orders,
        name: "orders",
        label: "Orders",
        synonyms: &["invoices", "order count", "transactions"],
        definition: "How many different orders have a line with a positive amount before discounts.",
        additivity: Additivity::OverOrders,
        ..COUNT
    },
    MeasureEntry {
        measure: Measure::Units,
        name: "units",
        label: "Units",
        synonyms: &["quantity", "items sold", "units sold"],
        definition: "The sum of quantities, returns taken off.",
        additivity: Additivity::Additive,
        ..COUNT
    },
    MeasureEntry {
        measure: Measure::AverageOrderValue,
        name: "average_order_value",
        label: "Average order value",
        synonyms: &["aov", "average basket", "basket value"],
        definition: "Gross sales minus discounts, divided by the number of orders.",
        ..AVERAGE
    },
    MeasureEntry {
        measure: Measure::UnitsPerOrder,
        name: "units_per_order",
        label: "Units per order",
        synonyms: &["items per order", "basket size"],
        definition: "Units divided by the number of orders.",
        nothing_is_zero: false,
        ..COUNT
    },
    MeasureEntry {
        measure: Measure::Customers,
        name: "customers",
        label: "Customers",
        synonyms: &["buyers", "clients", "shoppers"],
        definition: "How many different known customers have a line with a positive amount before discounts.",
        ..COUNT
    },
    MeasureEntry {
        measure: Measure::NewCustomers,
        name: "new_customers",
        label: "New customers",
        synonyms: &["first time customers", "first time buyers", "acquired customers"],
        definition: "How many of the customers bought here for the first time ever.",
        additivity: Additivity::OverTime,
        ..COUNT
    },
    MeasureEntry {
        measure: Measure::ReturningCustomers,
        name: "returning_customers",
        label: "Returning customers",
        synonyms: &["existing customers", "recurring customers"],
        definition: "Customers minus new customers: those whose first purchase lies before.",
        ..COUNT
    },
    MeasureEntry {
        measure: Measure::RepeatRate,
        name: "repeat_rate",
        label: "Repeat rate",
        synonyms: &["repeat purchase rate", "repurchase rate"],
        definition: "The share of the customers who ordered more than once within the days asked for.",
        ..RATIO
    },
    MeasureEntry {
        measure: Measure::RevenuePerCustomer,
        name: "revenue_per_customer",
        label: "Revenue per customer",
        synonyms: &["sales per customer", "average customer value"],
        definition: "Net sales to known customers divided by their number.",
        ..AVERAGE
    },
    MeasureEntry {
        measure: Measure::Cost,
        name: "cost",
        label: "Cost of goods",
        synonyms: &["cogs", "cost of goods sold", "purchase cost"],
        definition: "Units times what their product cost, as products state it today; no value where no sold product states it.",
        more_is_better: false,
        ..PRODUCT_COST
    },
    MeasureEntry {
        measure: Measure::GrossMargin,
        name: "gross_margin",
        label: "Gross margin",
        synonyms: &["gross profit", "margin", "profit"],
        definition: "Net sales minus cost, over the products whose cost is known.",
        ..PRODUCT_COST
    },
    MeasureEntry {
        measure: Measure::GrossMarginRate,
        name: "gross_margin_rate",
        label: "Gross margin rate",
        synonyms: &["margin rate", "gross margin percent", "profit margin"],
        definition: "Gross margin divided by the net sales of the products whose cost is known.",
        unit: Unit::Ratio,
        additivity: Additivity::None,
        ..PRODUCT_COST
    },
    MeasureEntry {
        measure: Measure::StockOnHand,
        name: "stock_on_hand",
        label: "Stock on hand",
        synonyms: &["stock", "inventory", "stock level"],
        definition: "How many pieces lie in stock, as sources told last; no value where none did.",
        additivity: Additivity::OverDimensions,
        facts: &[Facts::Stock],
        ..IN_STOCK
    },
    MeasureEntry {
        measure: Measure::DaysOfCover,
        name: "days_of_cover",
        label: "Days of cover",
        synonyms: &["cover", "days of stock", "days of inventory"],
        definition: "For how many days the stock lasts at the pace of the days asked for: stock divided by units sold a day.",
        ..IN_STOCK
    },
    MeasureEntry {
        measure: Measure::SellThrough,
        name: "sell_through",
        label: "Sell-through",
        synonyms: &["sell through rate", "sellthrough"],
        definition: "Units sold divided by units sold plus stock on hand.",
        unit: Unit::Ratio,
        ..IN_STOCK
    },
    MeasureEntry {
        measure: Measure::AdSpend,
        name: "ad_spend",
        label: "Advertising spend",
        synonyms: &["advertising spend", "marketing spend", "advertising cost"],
        definition: "What advertising cost; no value where no file tells.",
        unit: Unit::Money,
        additivity: Additivity::Additive,
        facts: &[Facts::Advertising],
        more_is_better: false,
        ..ADVERTISED
    },
    MeasureEntry {
        measure: Measure::ReturnOnAdSpend,
        name: "return_on_ad_spend",
        label: "Return on ad spend",
        synonyms: &["roas", "advertising return", "marketing efficiency"],
        definition: "Net sales divided by advertising spend.",
        ..ADVERTISED
    },
];
