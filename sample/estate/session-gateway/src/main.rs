mod cookie;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

fn main() -> std::io::Result<()> {
    let identity = std::env::var("IDENTITY_URL").unwrap_or("http://identity:8080".into());
    eprintln!("keys from {identity}/oauth/keys");

    for stream in TcpListener::bind("0.0.0.0:8443")?.incoming() {
        let mut stream = stream?;
        let lines = BufReader::new(stream.try_clone()?).lines().map_while(Result::ok);
        let header = lines.take_while(|l| !l.is_empty()).find(|l| l.starts_with("cookie:"));
        let session = header.and_then(|h| cookie::value(&h[7..], "session"));
        let status = if session.is_some() { "200 OK" } else { "401 Unauthorized" };
        write!(stream, "HTTP/1.1 {status}\r\n\r\n")?;
    }
    Ok(())
}
