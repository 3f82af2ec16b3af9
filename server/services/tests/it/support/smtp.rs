//! A mail server that gives each receiver the answer a test wants.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Listens on a free port until the test ends.
pub(crate) struct Smtp {
    pub(crate) url: String,
    letters: Arc<Mutex<Vec<String>>>,
}

impl Smtp {
    /// Answers `RCPT TO` with that line.
    pub(crate) async fn start(answer_to_receiver: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let letters = Arc::new(Mutex::new(Vec::new()));
        let taken = letters.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if let Some(letter) = converse(stream, answer_to_receiver).await {
                    taken.lock().expect("no test panicked").push(letter);
                }
            }
        });
        Self { url, letters }
    }

    /// What was taken.
    pub(crate) fn letters(&self) -> Vec<String> {
        self.letters.lock().expect("no test panicked").clone()
    }
}

async fn converse(stream: TcpStream, answer_to_receiver: &str) -> Option<String> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let mut letter = None::<String>;
    writer.write_all(b"220 test\r\n").await.ok()?;
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "RCPT" => answer_to_receiver,
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await.ok()?;
                let mut text = String::new();
                while let Some(line) = lines.next_line().await.ok()?.filter(|line| line != ".") {
                    text.push_str(&line);
                    text.push('\n');
                }
                letter = Some(text);
                "250 taken"
            }
            "QUIT" => break,
            _ => "250 fine",
        };
        writer.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        if letter.is_some() {
            break;
        }
    }
    letter
}
