use crate::ui::{ErrorState, Skeleton};
use domain::AppError;
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

/// Data on its way: a skeleton, then the data or what went wrong. While it is loaded anew the old data stay.
#[component]
pub fn Loaded<T, F>(
    resource: Resource<Result<T, AppError>>,
    render: F,
    /// Lines of the skeleton.
    #[prop(default = 4)]
    lines: usize,
) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Fn(T) -> AnyView + Clone + Send + Sync + 'static,
{
    let retry = Callback::new(move |()| resource.refetch());
    view! {
        <Transition fallback=move || view! { <Skeleton lines /> }>
            {move || {
                resource
                    .get()
                    .map(|result| match result {
                        Ok(data) => render(data),
                        Err(error) => view! { <ErrorState error retry /> }.into_any(),
                    })
            }}
        </Transition>
    }
}
