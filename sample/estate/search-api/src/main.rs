mod index;

use std::io::{Read, Write};
use std::net::TcpListener;

fn main() -> std::io::Result<()> {
    let index = index::Index::open(std::env::args().nth(2).as_deref().unwrap_or("/var/index"));
    let listener = TcpListener::bind("0.0.0.0:7700")?;

    for stream in listener.incoming() {
        let mut stream = stream?;
        let mut buffer = [0; 2048];
        let n = stream.read(&mut buffer)?;
        let request = String::from_utf8_lossy(&buffer[..n]);
        let hits = index.search(request.split_whitespace().nth(1).unwrap_or(""));
        write!(stream, "HTTP/1.1 200 OK\r\n\r\n{}", hits.join("\n"))?;
    }
    Ok(())
}
