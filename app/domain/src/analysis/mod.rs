//! Analyses: what one question cannot say. Customers by how they buy, cohorts, classes of products, what stands still, what is bought together.

mod abc;
mod asked;
mod baskets;
mod cohorts;
mod movers;
mod returning;
mod rfm;

pub use abc::{AbcClass, AbcInput, AbcResult, ClassShare, ClassedProduct, CurvePoint};
pub use asked::{Analysis, AnalysisAnswer, AnalysisFacts, AnalysisRequest, AnalysisResult};
pub use baskets::{BasketInput, BasketOrder, BasketResult, Pair};
pub use cohorts::{Cohort, CohortFigure, CohortMonth, CohortsInput, CohortsResult};
pub use movers::{SlowMover, SlowMoversInput, SlowMoversResult};
pub use returning::{NewAndReturning, NewAndReturningResult};
pub use rfm::{RfmCell, RfmCustomer, RfmInput, RfmResult, RfmSegment, SegmentShare};
