//! The sides from which the quality of a file is looked at.

use super::QualityFinding;

/// A side of a file's quality; a report has a section for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QualityAspect {
    /// Whether cells that should be filled are.
    Completeness,
    /// Whether cells hold what their column means.
    Validity,
    /// Whether rows stand there more than once.
    Duplicates,
    /// Whether values are far from the usual.
    Outliers,
    /// Whether days are missing.
    Days,
    /// Whether the file is like the earlier ones of its source.
    Drift,
}

impl QualityAspect {
    /// All of them, in the order of a report.
    pub const ALL: [Self; 6] = [Self::Completeness, Self::Validity, Self::Duplicates, Self::Outliers, Self::Days, Self::Drift];

    /// The side that a finding is about; none for the word that all is good.
    pub fn of(finding: &QualityFinding) -> Option<Self> {
        match finding.name.as_str() {
            "empty_cells" => Some(Self::Completeness),
            "rejected_rows" | "zero_prices" | "negative_prices" => Some(Self::Validity),
            "repeated_rows" => Some(Self::Duplicates),
            "price_outliers" | "prices_compared" => Some(Self::Outliers),
            "missing_days" | "partial_month" => Some(Self::Days),
            "drift" => Some(Self::Drift),
            _ => None,
        }
    }

    /// The word of files and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Completeness => "completeness",
            Self::Validity => "validity",
            Self::Duplicates => "duplicates",
            Self::Outliers => "outliers",
            Self::Days => "days",
            Self::Drift => "drift",
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Completeness => "Completeness",
            Self::Validity => "Validity",
            Self::Duplicates => "Duplicates",
            Self::Outliers => "Unusual prices",
            Self::Days => "Days",
            Self::Drift => "Against earlier files",
        }
    }

    /// What is said where nothing was found.
    pub fn when_good(self) -> &'static str {
        match self {
            Self::Completeness => "Every column that is read is filled, or all but.",
            Self::Validity => "Every row could be read, and no price is zero or below.",
            Self::Duplicates => "No row equals another in everything that is read.",
            Self::Outliers => "No price is about a hundred times above or below what its product usually costs.",
            Self::Days => "No gap in the days was found, and no month is there in part. Files of less than three weeks tell no gaps.",
            Self::Drift => {
                "Nothing changed much against the file before. The first file of a source, and files of fewer than fifty rows, are not compared."
            }
        }
    }
}
