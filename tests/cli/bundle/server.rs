//! A web server and registry on loopback, for as long as a test needs it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::{Arc, Mutex};
use std::thread;

use tiny_http::{Header, Response, Server as Http};

type Pages = Arc<Mutex<BTreeMap<String, Page>>>;

enum Page {
    Bytes(&'static str, Vec<u8>),
    MovedTo(String),
    WithoutEnd,
}

/// The server; it is gone when this is.
pub(super) struct Server {
    http: Arc<Http>,
    pages: Pages,
    pub(super) address: String,
}

impl Server {
    pub(super) fn start() -> Self {
        let http = Arc::new(Http::http("127.0.0.1:0").unwrap());
        let address = http.server_addr().to_string();
        let pages = Pages::default();
        let server = (Arc::clone(&http), Arc::clone(&pages));
        thread::spawn(move || {
            let (http, pages) = server;
            for request in http.incoming_requests() {
                let pages = pages.lock().unwrap();
                let with_type = |kind: &str| Header::from_bytes("Content-Type", kind).unwrap();
                // A client that has seen enough hangs up, which is no fault of the test.
                let _ = match pages.get(request.url()) {
                    Some(Page::Bytes(kind, bytes)) => {
                        request.respond(Response::from_data(bytes.clone()).with_header(with_type(kind)))
                    }
                    Some(Page::MovedTo(other)) => {
                        let to = Header::from_bytes("Location", other.as_str()).unwrap();
                        request.respond(Response::empty(302).with_header(to))
                    }
                    Some(Page::WithoutEnd) => {
                        let zeros = std::io::repeat(0).take(1 << 30);
                        request.respond(Response::new(200.into(), Vec::new(), zeros, None, None))
                    }
                    None => request.respond(Response::new(404.into(), Vec::new(), Cursor::new(""), Some(0), None)),
                };
            }
        });
        Server { http, pages, address }
    }

    fn put(&self, path: &str, page: Page) -> String {
        self.pages.lock().unwrap().insert(path.to_owned(), page);
        format!("http://{}{path}", self.address)
    }

    /// Serves bytes at a path; its address.
    pub(super) fn serve(&self, path: &str, bytes: Vec<u8>) -> String {
        self.put(path, Page::Bytes("application/gzip", bytes))
    }

    /// Sends on from a path; its address.
    pub(super) fn send_on(&self, path: &str, other: &str) -> String {
        self.put(path, Page::MovedTo(other.to_owned()))
    }

    /// Serves more than anybody wants; its address.
    pub(super) fn serve_without_end(&self, path: &str) -> String {
        self.put(path, Page::WithoutEnd)
    }

    /// Serves an artifact of one layer as `acme/policies:1`; its source.
    pub(super) fn push(&self, layer: &[u8], media_type: &str) -> String {
        let digest = sha256(layer);
        let empty = sha256(b"{}");
        let manifest = format!(
            r#"{{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
            "config":{{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{empty}","size":2}},
            "layers":[{{"mediaType":"{media_type}","digest":"{digest}","size":{}}}]}}"#,
            layer.len()
        );
        const TYPE: &str = "application/vnd.oci.image.manifest.v1+json";
        let base = "/v2/acme/policies";
        self.put("/v2/", Page::Bytes("application/json", b"{}".to_vec()));
        for name in ["1", &sha256(manifest.as_bytes())] {
            let page = Page::Bytes(TYPE, manifest.clone().into_bytes());
            self.put(&format!("{base}/manifests/{name}"), page);
        }
        self.put(
            &format!("{base}/blobs/{empty}"),
            Page::Bytes("application/json", b"{}".to_vec()),
        );
        self.serve(&format!("{base}/blobs/{digest}"), layer.to_vec());
        format!("oci://{}/acme/policies:1", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.http.unblock();
    }
}

fn sha256(bytes: &[u8]) -> String {
    plangate::pack::bundle::Digest::of(bytes).to_string()
}
