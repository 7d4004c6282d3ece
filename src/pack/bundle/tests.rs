#![allow(clippy::unwrap_used)]
//! Bundles: what is read, what is refused, and signatures.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{Builder, EntryType, Header};

use super::*;

const POLICY: &str = "\
# METADATA
# title: Title
# description: Why.
# scope: package
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_s3_bucket]
#   remediation: Mend it.
package acme.load

deny := set()
";

fn read(bytes: &[u8]) -> Result<Bundle, String> {
    Bundle::read("b.tar.gz", bytes, &Limits::default()).map_err(|error| error.to_string())
}

fn tar(files: &[(&str, &str)]) -> Vec<u8> {
    let files = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    canonical_tar(&files.collect()).unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A tar with one entry of that kind and name, whatever a builder would refuse.
fn entry(kind: EntryType, name: &str, text: &[u8]) -> Vec<u8> {
    let mut header = Header::new_gnu();
    header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
    header.set_entry_type(kind);
    header.set_size(text.len() as u64);
    header.set_mode(0o644);
    if kind.is_symlink() || kind.is_hard_link() {
        header.set_link_name("/etc/passwd").unwrap();
    }
    header.set_cksum();
    let mut tar = Builder::new(Vec::new());
    tar.append(&header, text).unwrap();
    tar.into_inner().unwrap()
}

fn pack_of(files: &[(&str, &str)]) -> Result<Pack, String> {
    let bundle = read(&tar(files)).unwrap();
    bundle.pack().map_err(|error| error.to_string())
}

fn embedded() -> Pack {
    Pack::from_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/policies")).unwrap()
}

#[test]
fn what_is_built_is_read_and_the_same_bytes_each_time() {
    let pack = embedded();
    let bytes = write(&pack, "7", None).unwrap();
    assert_eq!(bytes, write(&pack, "7", None).unwrap());
    let bundle = read(&bytes).unwrap();
    assert_eq!((bundle.manifest.revision.as_str(), bundle.is_signed()), ("7", false));
    assert_eq!(bundle.manifest.roots, ["aws", "lib", "terraform"]);
    let again = bundle.pack().unwrap();
    let of = |pack: &Pack| -> Vec<(Arc<str>, String, Option<Value>, bool)> {
        let policies = pack.policies.iter();
        let policies = policies.map(|p| (p.id.clone(), p.text.to_string(), p.data.clone(), p.tests.is_some()));
        let libraries = pack.libraries.iter();
        let libraries = libraries.map(|l| (l.package.clone(), l.text.to_string(), l.data.clone(), l.tests.is_some()));
        policies.chain(libraries).collect()
    };
    assert_eq!(of(&again), of(&pack));
}

#[test]
fn folder_that_all_stands_in_is_left_out_and_data_goes_to_its_policy() {
    let pack = pack_of(&[
        ("policies/acme/load/load.rego", POLICY),
        ("data.json", r#"{"acme": {"load": {"limits": [1]}}}"#),
        ("plan.json", "{}"),
    ])
    .unwrap();
    assert_eq!(&*pack.policies[0].id, "acme.load");
    let limits = Value::Array(vec![serde_json::from_str("1").unwrap()]);
    assert_eq!(pack.policies[0].data, Some(Value::object([("limits", limits)])));
}

#[test]
fn what_would_be_passed_over_is_refused() {
    let file = ("acme/load/load.rego", POLICY);
    for (files, reason) in [
        (
            vec![file, ("data.json", r#"{"acme": {"other": {"x": 1}}}"#)],
            "data.acme.other.x",
        ),
        (vec![file, ("acme/load/data.yaml", "x: 1")], "YAML"),
        (vec![file, ("policy.wasm", "")], "WebAssembly"),
        (
            vec![file, (".manifest", r#"{"roots": ["other"]}"#)],
            "outside of the bundle's roots (other)",
        ),
        (vec![("data.json", "{}")], "holds no policy"),
        (vec![file, ("data.json", "[]")], "must be an object"),
        (
            vec![
                file,
                ("acme/data.json", r#"{"load": 1}"#),
                ("acme/load/data.json", r#"{"x": 1}"#),
            ],
            "no object",
        ),
        (
            vec![
                file,
                ("data.json", r#"{"acme": {"load": {"x": 1}}}"#),
                ("acme/load/data.json", r#"{"x": 1}"#),
            ],
            "`x`",
        ),
        (vec![("elsewhere/load.rego", POLICY)], "acme/load/load.rego"),
    ] {
        let error = pack_of(&files).unwrap_err();
        assert!(error.contains(reason), "{reason}: {error}");
    }
}

#[test]
fn archives_that_lead_out_are_refused() {
    let big = vec![0; 70 << 20];
    let many = (0..10_001).map(|index| (format!("{index}.rego"), Vec::new()));
    let many = canonical_tar(&many.collect::<BTreeMap<_, _>>()).unwrap();
    let file = |name: &str| entry(EntryType::Regular, name, b"x");
    let twice: Vec<u8> = [&file("a.rego")[..512 * 2], &file("/a.rego")].concat();
    for (bytes, reason) in [
        (file("../a.rego"), "leads out"),
        (file("a/../../a.rego"), "leads out"),
        (file("/../a.rego"), "leads out"),
        (file("//a.rego"), "leads out"),
        (file("a\\b.rego"), "leads out"),
        (file("C:/a.rego"), "leads out"),
        (entry(EntryType::Symlink, "a.rego", b""), "a link"),
        (entry(EntryType::Link, "a.rego", b""), "a link"),
        (entry(EntryType::Char, "a.rego", b""), "neither a file"),
        (entry(EntryType::Fifo, "a.rego", b""), "neither a file"),
        (twice, "twice"),
        (many, "more than 10000 entries"),
        (gzip(&entry(EntryType::Regular, "a.rego", &big)), "unpacks to more than"),
        (gzip(&big), "no file in it"),
        (vec![0x1f, 0x8b, 0, 1], "no tar archive"),
        (b"not an archive".to_vec(), "no tar archive"),
        (Vec::new(), "no file in it"),
        (vec![0; 33 << 20], "bytes long"),
    ] {
        let error = read(&bytes).map(|bundle| bundle.digest).unwrap_err();
        assert!(error.contains(reason), "{reason}: {error}");
    }
}

#[test]
fn gzip_without_end_is_given_up() {
    // Zeros are headers that end an archive, so that each member of the gzip looks like more of the same.
    let mut bytes = gzip(&entry(EntryType::Regular, "a.rego", b"x")[..1024]);
    let member = gzip(&vec![0; 8 << 20]);
    for _ in 0..20 {
        bytes.extend_from_slice(&member);
    }
    assert!(read(&bytes).is_ok(), "what stands after the end is not read");
}

#[test]
fn damaged_archives_never_panic() {
    let good = write(&pack_of(&[("acme/load/load.rego", POLICY)]).unwrap(), "", None).unwrap();
    let mut random = 88_172_645_463_325_252_u64;
    let mut next = |most: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % most as u64).unwrap()
    };
    let unpacked = {
        let mut tar = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&good[..]), &mut tar).unwrap();
        tar
    };
    for round in 0..2000 {
        let mut bytes = if round % 2 == 0 { good.clone() } else { unpacked.clone() };
        for _ in 0..=next(4) {
            let at = next(bytes.len());
            bytes[at] = u8::try_from(next(256)).unwrap();
        }
        bytes.truncate(bytes.len() - next(2) * next(bytes.len()));
        let _ = read(&bytes);
    }
}

const RSA: (&str, &str) = (
    include_str!("../../../testdata/bundle/rsa.pem"),
    include_str!("../../../testdata/bundle/rsa.pub.pem"),
);
const EC: (&str, &str) = (
    include_str!("../../../testdata/bundle/ec.pem"),
    include_str!("../../../testdata/bundle/ec.pub.pem"),
);

fn signed(key: &str) -> Bundle {
    let pack = pack_of(&[
        ("acme/load/load.rego", POLICY),
        ("acme/load/data.json", r#"{"x": [1.50, "é"]}"#),
    ])
    .unwrap();
    let key = SigningKey::read(key.as_bytes(), "default").unwrap();
    read(&write(&pack, "", Some(&key)).unwrap()).unwrap()
}

fn key(text: &str) -> VerificationKey {
    VerificationKey::read(text.as_bytes(), None).unwrap()
}

#[test]
fn signature_holds_by_its_key_alone() {
    for (private, public) in [RSA, EC, ("secret", "secret\n")] {
        signed(private).verify(&key(public)).unwrap();
        for other in [RSA.1, EC.1, "other"].iter().filter(|other| **other != public) {
            let error = signed(private).verify(&key(other)).unwrap_err().to_string();
            assert!(error.contains("is not by the given key"), "{error}");
        }
    }
}

#[test]
fn keys_are_taken_for_what_they_are() {
    assert!(
        VerificationKey::read(RSA.0.as_bytes(), None).is_err(),
        "a private key verifies nothing"
    );
    assert!(VerificationKey::read(b"-----BEGIN PUBLIC KEY-----\nx\n", None).is_err());
    assert!(SigningKey::read(RSA.1.as_bytes(), "x").is_err() && SigningKey::read(b" \n", "x").is_err());
}

#[test]
fn signature_covers_every_file_as_it_is() {
    let good = signed(RSA.0);
    type Files = BTreeMap<String, Vec<u8>>;
    let with = |change: &dyn Fn(&mut Files)| {
        let mut bundle = good.clone();
        change(&mut bundle.files);
        bundle.verify(&key(RSA.1)).map_err(|error| error.to_string())
    };
    let text = |text: &str| text.as_bytes().to_vec();
    with(&|files| {
        files.insert("acme/load/data.json".to_owned(), text("{ \"x\":[1.5,\"\\u00e9\"] }"));
    })
    .unwrap();
    for (changed, reason) in [
        (
            with(&|files| drop(files.insert("acme/load/load.rego".to_owned(), text("package acme.load")))),
            "another `acme",
        ),
        (
            with(&|files| drop(files.insert("acme/load/data.json".to_owned(), text("{\"x\": 2}")))),
            "another `acme",
        ),
        (
            with(&|files| drop(files.insert(".manifest".to_owned(), text("{}")))),
            "another `.manifest",
        ),
        (
            with(&|files| drop(files.insert("new.rego".to_owned(), text("x")))),
            "does not cover `new.rego`",
        ),
        (
            with(&|files| drop(files.remove("acme/load/data.json"))),
            "covers `acme/load/data.json`",
        ),
        (
            with(&|files| drop(files.remove(".signatures.json"))),
            "has no signature",
        ),
        (
            with(&|files| drop(files.insert(".signatures.json".to_owned(), text("{\"signatures\": []}")))),
            "no single one",
        ),
        (
            with(&|files| drop(files.insert(".signatures.json".to_owned(), text("{\"signatures\": [\"a.b.c\"]}")))),
            "given key",
        ),
    ] {
        let error = changed.unwrap_err();
        assert!(error.contains(reason), "{reason}: {error}");
    }
}

#[test]
fn scope_must_be_the_one_that_is_wanted() {
    let wanted = VerificationKey::read(RSA.1.as_bytes(), Some("write".to_owned())).unwrap();
    let error = signed(RSA.0).verify(&wanted).unwrap_err().to_string();
    assert!(error.contains("the scope none, and `write` is wanted"), "{error}");
}
