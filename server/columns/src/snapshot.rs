//! One version of a shop's copy, as queries read it.

use crate::context::context;
use crate::error::ColumnsError;
use crate::files::folder_of;
use crate::hot::Hot;
use crate::manifest::Manifest;
use datafusion::execution::runtime_env::RuntimeEnv;
use datafusion::prelude::SessionContext;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

/// One version of a shop's copy, as queries read it. Its files stay for as long as a query may run.
pub struct Snapshot {
    /// What it is made of.
    pub manifest: Manifest,
    pub(crate) context: SessionContext,
    pub(crate) stamp: Option<(SystemTime, u64)>,
}

impl Snapshot {
    /// The shop's copy as it is now; `None` where there is none.
    pub(crate) fn open(runtime: Arc<RuntimeEnv>, hot: &Arc<Hot>, root: &Path, merchant: i64) -> Result<Option<Self>, ColumnsError> {
        let folder = std::path::absolute(folder_of(root, merchant))?;
        // The stamp first: a manifest that is replaced between the two is read again next time.
        let stamp = Manifest::stamp(&folder);
        let Some(manifest) = Manifest::read(&folder)? else { return Ok(None) };
        // What was deleted from the shop stays in memory no longer than on disk.
        let current: HashSet<_> = manifest.files.iter().map(|file| folder.join(&file.name)).collect();
        hot.forget(&folder, |file| current.contains(file));
        let context = context(runtime, hot, &folder, merchant, &manifest)?;
        Ok(Some(Self { manifest, context, stamp }))
    }
}
