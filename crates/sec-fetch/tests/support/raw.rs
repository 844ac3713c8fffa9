//! A server that sends bytes as they are, for answers that no proper server gives.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    time::sleep,
};

/// Sends one of these bytes per connection, the last again and again, and hangs up.
pub(crate) async fn raw_server(answers: Vec<Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for number in 0.. {
            let (mut connection, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let _ = connection.read(&mut request).await;
            let _ = connection.write_all(&answers[number.min(answers.len() - 1)]).await;
            let _ = connection.shutdown().await;
        }
    });
    address
}

/// Sends this, then one byte after each pause, without end.
pub(crate) async fn dripping_server(head: &'static str, pause: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut connection, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let _ = connection.read(&mut request).await;
                let mut sent = connection.write_all(head.as_bytes()).await;
                while sent.is_ok() {
                    sleep(pause).await;
                    sent = connection.write_all(b"x").await;
                }
            });
        }
    });
    address
}
