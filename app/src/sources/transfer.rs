//! One file on its way to the server. `fetch` cannot say how much has been sent, so this is an `XMLHttpRequest`.

use domain::sources::{UploadMode, UploadSummary};
use domain::{AppError, ErrorKind};
use serde::Deserialize;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{File, FormData, ProgressEvent, XmlHttpRequest};

/// What happens to a file on its way.
pub(super) enum Passage {
    /// So many bytes of so many are through.
    Sent(f64, f64),
    /// The server has it all; it will be read.
    Accepted(Box<UploadSummary>),
    /// The server said no.
    Refused(AppError),
    /// The connection broke.
    Lost,
}

type Heard = Closure<dyn FnMut(ProgressEvent)>;

/// A running request; dropped, it is called off.
pub(super) struct Transfer {
    request: XmlHttpRequest,
    _heard: [Heard; 3],
}

impl Transfer {
    /// Starts to send a file, with the name of its source and what it does to what is there, if a person said so.
    pub(super) fn start(file: &File, source: &str, mode: UploadMode, on_passage: impl Fn(Passage) + 'static) -> Result<Self, JsValue> {
        let request = XmlHttpRequest::new()?;
        let on_passage = Rc::new(on_passage);
        let progress = {
            let on_passage = on_passage.clone();
            Heard::new(move |event: ProgressEvent| on_passage(Passage::Sent(event.loaded(), event.total())))
        };
        let load = {
            let (on_passage, request) = (on_passage.clone(), request.clone());
            Heard::new(move |_| on_passage(answer_of(&request)))
        };
        let error = Heard::new(move |_| on_passage(Passage::Lost));
        request.upload()?.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        request.set_onload(Some(load.as_ref().unchecked_ref()));
        request.set_onerror(Some(error.as_ref().unchecked_ref()));
        let form = FormData::new()?;
        if !source.trim().is_empty() {
            form.append_with_str("source", source.trim())?;
        }
        if mode != UploadMode::default() {
            form.append_with_str("mode", mode.as_str())?;
        }
        form.append_with_blob_and_filename("file", file, &file.name())?;
        request.open("POST", "/api/v1/uploads")?;
        request.set_request_header("Accept", "application/json")?;
        request.send_with_opt_form_data(Some(&form))?;
        Ok(Self { request, _heard: [progress, load, error] })
    }
}

impl Drop for Transfer {
    fn drop(&mut self) {
        if let Ok(upload) = self.request.upload() {
            upload.set_onprogress(None);
        }
        self.request.set_onload(None);
        self.request.set_onerror(None);
        // Fails only when it is over already.
        let _ = self.request.abort();
    }
}

/// The part of the API's problem details (RFC 9457) that a person is told.
#[derive(Deserialize)]
struct Problem {
    detail: String,
}

fn answer_of(request: &XmlHttpRequest) -> Passage {
    let status = request.status().unwrap_or(0);
    let text = request.response_text().ok().flatten().unwrap_or_default();
    read_answer(status, &text)
}

fn read_answer(status: u16, text: &str) -> Passage {
    if (200..300).contains(&status)
        && let Ok(upload) = serde_json::from_str(text)
    {
        return Passage::Accepted(Box::new(upload));
    }
    let (kind, standard) = match status {
        401 => (ErrorKind::Unauthorized, "your session has ended; sign in again and bring the file once more"),
        403 => (ErrorKind::Forbidden, "your role does not allow adding data; an admin or owner can change it"),
        413 => (ErrorKind::TooLarge, "the file is larger than this server takes; split it by month and bring the parts"),
        422 => (ErrorKind::Validation, "the file was not accepted"),
        429 => (ErrorKind::RateLimited, "too many files at once; wait a minute and try again"),
        503 => (ErrorKind::Unavailable, "the server is busy or restarting; try again in a moment"),
        _ => (ErrorKind::Internal, "the server could not take the file; try again, and if it stays, tell your admin"),
    };
    let told = serde_json::from_str::<Problem>(text).ok().map(|problem| problem.detail).filter(|detail| !detail.is_empty());
    Passage::Refused(AppError::new(kind, told.unwrap_or_else(|| standard.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(status: u16, text: &str) -> AppError {
        match read_answer(status, text) {
            Passage::Refused(error) => error,
            _ => panic!("it was not refused"),
        }
    }

    #[test]
    fn the_servers_own_words_are_passed_on() {
        let error = refusal(422, r#"{"type":"x","title":"t","status":422,"detail":"the file is empty"}"#);
        assert_eq!((error.kind, error.message.as_str()), (ErrorKind::Validation, "the file is empty"));
    }

    #[test]
    fn an_answer_that_is_none_of_ours_still_has_words() {
        assert!(refusal(413, "<html>nginx</html>").message.contains("larger than this server takes"));
        assert_eq!(refusal(200, "not json").kind, ErrorKind::Internal);
    }
}
