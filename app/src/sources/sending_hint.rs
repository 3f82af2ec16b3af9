use super::queue::{Queue, Sending};
use crate::ui::Icon;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// On other pages than that of the files: that one is on its way.
#[component]
pub(crate) fn SendingHint() -> impl IntoView {
    let queue: Queue = expect_context();
    let path = use_location().pathname;
    let words = Memo::new(move |_| {
        let is_elsewhere = path.with(|path| path != "/data/add");
        let (item, sending) = queue.on_its_way().filter(|_| is_elsewhere)?;
        Some(said(&item.file_name(), sending))
    });
    let is_shown = Memo::new(move |_| words.with(Option::is_some));
    view! {
        <Show when=move || is_shown.get()>
            <a class="sending-hint" href="/data/add">
                <Icon name="file-up" />
                <span>{move || words.get()}</span>
            </a>
        </Show>
    }
}

fn said(file_name: &str, Sending { sent, total, .. }: Sending) -> String {
    let percent = if total > 0.0 { (sent / total * 100.0) as i32 } else { 0 };
    format!("Sending {file_name}, {percent}\u{a0}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hint_names_the_file_and_how_far_it_is() {
        let half = Sending { sent: 5.0, total: 10.0, per_second: 1.0 };
        assert_eq!(said("sales.csv", half), "Sending sales.csv, 50\u{a0}%");
        assert_eq!(said("empty.csv", Sending::default()), "Sending empty.csv, 0\u{a0}%");
    }
}
