//! Classes of products, and their curve.

use super::row::{int, share, text};
use crate::planning::Raw;
use domain::analysis::{AbcClass, AbcResult, ClassShare, ClassedProduct, CurvePoint};

/// Classes of the rows of [`crate::planning::compile_abc_classes`], and the products of [`crate::planning::compile_abc_products`].
pub fn abc(parts: &[Vec<Raw>], products: &[Vec<Raw>]) -> AbcResult {
    let count: i64 = parts.iter().map(|row| int(row, 2)).sum();
    let whole: i64 = parts.iter().map(|row| int(row, 4)).sum();
    let of_class = |class: AbcClass| {
        let own = || parts.iter().filter(move |row| letter(int(row, 0)) == class);
        let (products, revenue_minor): (i64, i64) = (own().map(|row| int(row, 2)).sum(), own().map(|row| int(row, 3)).sum());
        let product_share = share(products, count).filter(|share| *share > 0.0)?;
        Some(ClassShare { class, products, revenue_minor, product_share, revenue_share: share(revenue_minor, whole) })
    };
    let product = |row: &Vec<Raw>| ClassedProduct {
        product: text(row, 0).unwrap_or_else(|| "a product without a name".to_owned()),
        sku: text(row, 1),
        class: letter(int(row, 2)),
        revenue_minor: int(row, 3),
        cumulative_share: share(int(row, 4), whole),
        units_milli: int(row, 5),
    };
    AbcResult {
        products: count,
        revenue_minor: whole,
        classes: AbcClass::ALL.into_iter().filter_map(of_class).collect(),
        curve: curve(parts, count, whole),
        listed: products.iter().map(product).collect(),
    }
}

fn letter(class: i64) -> AbcClass {
    match class {
        1 => AbcClass::A,
        2 => AbcClass::B,
        _ => AbcClass::C,
    }
}

/// Parts stand in order; those that two classes share are one point.
fn curve(parts: &[Vec<Raw>], count: i64, whole: i64) -> Vec<CurvePoint> {
    let mut curve = vec![CurvePoint { product_share: 0.0, revenue_share: 0.0 }];
    let (mut products, mut revenue) = (0, 0);
    for (index, row) in parts.iter().enumerate() {
        products += int(row, 2);
        revenue += int(row, 4);
        let is_last_of_part = parts.get(index + 1).is_none_or(|next| int(next, 1) != int(row, 1));
        if let (true, Some(product_share), Some(revenue_share)) = (is_last_of_part, share(products, count), share(revenue, whole)) {
            curve.push(CurvePoint { product_share, revenue_share });
        }
    }
    curve
}
