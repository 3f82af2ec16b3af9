//! The first rows of a file with a question above each column.

use super::api::{ColumnAnswers, map_upload};
use super::mapping_facts::MappingFacts;
use crate::ui::{Button, ButtonKind, Notice, RadioGroup, RadioOption, Tone, sentence};
use domain::AppError;
use domain::sources::{Channel, ColumnMeaning, DateOrder, FileKind, Mapping, MappingPreview};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// What a person has answered so far.
#[derive(Clone, Copy)]
struct Answers {
    meanings: RwSignal<Vec<Option<ColumnMeaning>>>,
    date_order: RwSignal<Option<DateOrder>>,
    decimal_comma: RwSignal<Option<bool>>,
    channel: RwSignal<Channel>,
    kind: RwSignal<FileKind>,
}

impl Answers {
    fn of_guess(headers: &[String], guess: &Mapping) -> Self {
        let meaning = |header: &String| guess.columns.iter().find(|(_, own)| *own == header).map(|(meaning, _)| *meaning);
        Self {
            meanings: RwSignal::new(headers.iter().map(meaning).collect()),
            date_order: RwSignal::new(guess.date_order),
            decimal_comma: RwSignal::new(guess.decimal_comma),
            channel: RwSignal::new(guess.channel),
            kind: RwSignal::new(guess.kind),
        }
    }

    /// One meaning belongs to one column: a second column that claims it takes it from the first.
    fn set(self, column: usize, meaning: Option<ColumnMeaning>) {
        self.meanings.update(|meanings| {
            for other in meanings.iter_mut().filter(|other| meaning.is_some() && **other == meaning) {
                *other = None;
            }
            if let Some(own) = meanings.get_mut(column) {
                *own = meaning;
            }
        });
    }

    fn mapping(self, headers: &[String], guess: &Mapping) -> Mapping {
        let columns = self
            .meanings
            .with(|meanings| headers.iter().zip(meanings).filter_map(|(header, meaning)| meaning.map(|meaning| (meaning, header.clone()))).collect());
        Mapping {
            columns,
            date_order: self.date_order.get(),
            decimal_comma: self.decimal_comma.get(),
            channel: self.channel.get(),
            kind: self.kind.get(),
            order_values_on_first_row: guess.order_values_on_first_row,
            ..guess.clone()
        }
    }
}

#[component]
pub(super) fn MappingForm(preview: MappingPreview) -> impl IntoView {
    let facts = view! { <MappingFacts preview=preview.clone() /> };
    let MappingPreview { upload, headers, rows, guess, .. } = preview;
    let id = upload.id;
    let answers = Answers::of_guess(&headers, &guess);
    let mapping = {
        let headers = headers.clone();
        Memo::new(move |_| answers.mapping(&headers, &guess))
    };
    let error = RwSignal::new(None::<AppError>);
    let navigate = use_navigate();
    let submit = Action::new(move |mapping: &Mapping| {
        let (mapping, navigate) = (mapping.clone(), navigate.clone());
        async move {
            match map_upload(ColumnAnswers { id, mapping }).await {
                Ok(_) => navigate(&format!("/data/uploads/{id}"), leptos_router::NavigateOptions::default()),
                Err(problem) => error.set(Some(problem)),
            }
        }
    });
    let missing = Signal::derive(move || mapping.with(Mapping::missing));
    view! {
        {facts}
        <Kinds answers />
        <ColumnsTable file_name=upload.file_name headers rows answers />
        <div class="mapping-readings">
            <DateOrders answers />
            <Decimals answers />
            <Channels answers />
        </div>
        <div class="mapping-foot" aria-live="polite">
            <Missing missing />
            {move || error.get().map(|error| view! { <Notice tone=Tone::Bad>{sentence(&error.message)}</Notice> })}
            <Button
                kind=ButtonKind::Primary
                icon="check"
                busy=submit.pending()
                disabled=Signal::derive(move || !missing.with(Vec::is_empty))
                on:click=move |_| { submit.dispatch(mapping.get_untracked()); }
            >
                "Read the file like this"
            </Button>
        </div>
    }
}

/// What the rows are: it decides what is needed.
#[component]
fn Kinds(answers: Answers) -> impl IntoView {
    let options = FileKind::ALL.map(|kind| {
        view! { <option value=kind.as_str() selected=move || answers.kind.get() == kind>{kind.label()}</option> }
    });
    view! {
        <div class="field mapping-kind">
            <label for="file-kind">"What is in the file?"</label>
            <select
                class="input select"
                id="file-kind"
                on:change:target=move |event| answers.kind.set(FileKind::parse(&event.target().value()).unwrap_or_default())
            >
                {options.into_iter().collect_view()}
            </select>
        </div>
    }
}

#[component]
fn Missing(missing: Signal<Vec<&'static str>>) -> impl IntoView {
    view! {
        <Show
            when=move || !missing.with(Vec::is_empty)
            fallback=|| view! { <Notice tone=Tone::Good>"That is all we need. The rest is welcome but not needed."</Notice> }
        >
            <Notice tone=Tone::Warning>{move || format!("Still missing: {}. Choose the column that holds it.", missing.get().join("; "))}</Notice>
        </Show>
    }
}

#[component]
fn ColumnsTable(file_name: String, headers: Vec<String>, rows: Vec<Vec<String>>, answers: Answers) -> impl IntoView {
    let questions =
        headers.iter().enumerate().map(|(column, header)| view! { <th scope="col"><ColumnQuestion column header=header.clone() answers /></th> });
    let questions = questions.collect_view();
    let width = headers.len();
    let rows = rows.into_iter().map(|row| {
        let cells = (0..width).map(|column| {
            let text = row.get(column).cloned().unwrap_or_default();
            view! { <td class:column-unused=move || answers.meanings.with(|meanings| meanings.get(column).copied().flatten().is_none())>{text}</td> }
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let caption = format!("The first rows of {file_name}, with a choice above each column");
    let region = caption.clone();
    view! {
        <div class="table-scroll mapping-table" role="region" aria-label=region tabindex="0">
            <table class="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>{questions}</tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn ColumnQuestion(column: usize, header: String, answers: Answers) -> impl IntoView {
    let meaning = move || answers.meanings.with(|meanings| meanings.get(column).copied().flatten());
    let chosen = move || meaning().map_or("", ColumnMeaning::as_str);
    let id = format!("column-{column}");
    let options = ColumnMeaning::ALL.iter().copied().map(move |option| {
        view! { <option value=option.as_str() selected=move || meaning() == Some(option)>{option.label()}</option> }
    });
    let on_change = move |value: String| answers.set(column, ColumnMeaning::ALL.iter().copied().find(|meaning| meaning.as_str() == value));
    let header = if header.trim().is_empty() { "(no heading)".to_owned() } else { header };
    view! {
        <label for=id.clone()>{header}</label>
        <select
            class="input select"
            class:column-used=move || meaning().is_some()
            id=id
            prop:value=chosen
            on:change:target=move |event| on_change(event.target().value())
        >
            <option value="" selected=move || meaning().is_none()>"Not needed"</option>
            {options.collect_view()}
        </select>
    }
}

#[component]
fn DateOrders(answers: Answers) -> impl IntoView {
    let options = vec![
        RadioOption::new("", "Find out from the column", "Right for almost every file."),
        RadioOption::new("ymd", "2011-12-09", "Year, month, day."),
        RadioOption::new("dmy", "09/12/2011", "Day, month, year."),
        RadioOption::new("mdy", "12/09/2011", "Month, day, year."),
    ];
    let selected = Signal::derive(move || {
        match answers.date_order.get() {
            None => "",
            Some(DateOrder::YearMonthDay) => "ymd",
            Some(DateOrder::DayMonthYear) => "dmy",
            Some(DateOrder::MonthDayYear) => "mdy",
        }
        .to_owned()
    });
    let on_change = Callback::new(move |value: String| {
        answers.date_order.set(match value.as_str() {
            "ymd" => Some(DateOrder::YearMonthDay),
            "dmy" => Some(DateOrder::DayMonthYear),
            "mdy" => Some(DateOrder::MonthDayYear),
            _ => None,
        });
    });
    view! { <RadioGroup legend="The ninth of December is written" name="date-order" options selected on_change /> }
}

#[component]
fn Decimals(answers: Answers) -> impl IntoView {
    let options = vec![
        RadioOption::new("", "Find out from the column", "Right for almost every file."),
        RadioOption::new("point", "1,234.50", "A point before the decimals."),
        RadioOption::new("comma", "1.234,50", "A comma before the decimals."),
    ];
    let selected = Signal::derive(move || {
        match answers.decimal_comma.get() {
            None => "",
            Some(false) => "point",
            Some(true) => "comma",
        }
        .to_owned()
    });
    let on_change = Callback::new(move |value: String| {
        answers.decimal_comma.set(match value.as_str() {
            "point" => Some(false),
            "comma" => Some(true),
            _ => None,
        });
    });
    view! { <RadioGroup legend="Amounts are written" name="decimals" options selected on_change /> }
}

#[component]
fn Channels(answers: Answers) -> impl IntoView {
    let options = vec![
        RadioOption::new("online", "Online", "A web shop or marketplace."),
        RadioOption::new("offline", "In a shop", "A till, a market stall, a wholesaler’s report."),
    ];
    let selected = Signal::derive(move || answers.channel.get().as_str().to_owned());
    let on_change = Callback::new(move |value: String| {
        if let Some(channel) = Channel::parse(&value) {
            answers.channel.set(channel);
        }
    });
    view! { <RadioGroup legend="These orders were made" name="channel" options selected on_change /> }
}
