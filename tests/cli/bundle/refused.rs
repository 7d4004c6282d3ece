//! Bundles that are refused: exit 2, the reason, and nothing of them is evaluated or kept.

use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Desk, key};

/// A tar with one file of that name and type, by its own bytes, since no program makes it.
fn tar(name: &str, kind: u8, text: &[u8]) -> Vec<u8> {
    let mut header = [0; 512];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, name.as_bytes());
    put(100, b"0000644\0");
    put(124, format!("{:011o}\0", text.len()).as_bytes());
    put(136, b"00000000000\0");
    put(148, b"        ");
    put(156, &[kind]);
    put(157, if kind == b'0' { b"" } else { b"/etc/passwd" });
    put(257, b"ustar\x0000");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let mut tar = header.to_vec();
    tar.extend_from_slice(text);
    tar.resize(tar.len().next_multiple_of(512) + 1024, 0);
    tar
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// That a check by this bundle ends in exit 2 with the reason, and judges nothing.
fn assert_refused(desk: &Desk, source: &str, more: &[&str], reason: &str) {
    for arguments in [&[][..], &["--format", "json"]] {
        let run = desk.check(source, &[more, arguments].concat());
        assert_eq!((run.code, &*run.stdout), (2, ""), "{reason}: {}", run.stderr);
        assert!(run.stderr.contains(reason), "{reason}: {}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    }
}

#[test]
fn archives_that_no_bundle_is() {
    let desk = Desk::new("bundle-archives");
    let source = desk.bundle();
    let end = b"package a\n";
    for (bytes, reason) in [
        (gzip(&tar("../a.rego", b'0', end)), "`../a.rego`, which leads out of it"),
        (gzip(&tar("a/../../b.rego", b'0', end)), "which leads out of it"),
        (gzip(&tar("a.rego", b'2', b"")), "has a link, `a.rego`"),
        (gzip(&tar("a.rego", b'1', b"")), "has a link, `a.rego`"),
        (gzip(&tar("a.rego", b'3', b"")), "neither a file nor a folder"),
        (
            gzip(&tar("a.rego", b'0', &vec![b'x'; 80 << 20])),
            "unpacks to more than 67108864 bytes",
        ),
        (
            gzip(&tar("a.rego", b'0', b"package a.b"))[..40].to_vec(),
            "no tar archive that can be read",
        ),
        (b"{}".to_vec(), "no tar archive that can be read"),
        (gzip(&tar("a.txt", b'0', b"")), "holds no policy"),
    ] {
        fs::write(&source, bytes).unwrap();
        assert_refused(&desk, &source, &[], reason);
    }
}

#[test]
fn another_digest_than_the_pinned_or_locked_one() {
    let desk = Desk::new("bundle-digest");
    let source = desk.bundle();
    let lock = desk.run(&["bundle", "lock", &source]);
    assert_eq!(lock.code, 0, "{}", lock.stderr);
    assert_eq!(desk.check(&source, &[]).code, 1);
    let mut bytes = desk.bytes();
    // The byte that says which system packed it: what it unpacks to stays the same.
    bytes[9] ^= 1;
    fs::write(&source, bytes).unwrap();
    assert_refused(&desk, &source, &[], "plangate.lock wants sha256:");
    fs::write(desk.lock(), "version = 1\n").unwrap();
    let other = format!("{source}#sha256:{}", "0".repeat(64));
    assert_refused(&desk, &other, &[], "its source wants sha256:0000");
    assert_refused(&desk, &format!("{source}#sha256:12"), &[], "is no digest");
}

#[test]
fn pin_that_the_lock_file_contradicts() {
    let desk = Desk::new("bundle-contradiction");
    let source = desk.bundle();
    assert_eq!(desk.run(&["bundle", "lock", &source]).code, 0);
    let other = format!("{source}#sha256:{}", "0".repeat(64));
    assert_refused(&desk, &other, &[], "change one of them");
}

#[test]
fn unsigned_or_by_another_key_where_a_signature_is_demanded() {
    let desk = Desk::new("bundle-signature");
    let source = desk.bundle();
    let demand = ["--verification-key", &key("rsa.pub.pem")];
    assert_refused(&desk, &source, &demand, "has no signature");
    desk.build(&["--signing-key", &key("ec.pem")]);
    assert_refused(&desk, &source, &demand, "is not by the given key");
    assert_refused(
        &desk,
        &source,
        &["--verification-key", &key("rsa.pem")],
        "is a private key",
    );
    assert_refused(
        &desk,
        &source,
        &["--verification-key", "none.pem"],
        "none.pem cannot be read",
    );
    desk.build(&["--signing-key", &key("rsa.pem")]);
    assert_eq!(desk.check(&source, &demand).code, 1);
    let scoped = [&demand[..], &["--signature-scope", "write"]].concat();
    assert_refused(&desk, &source, &scoped, "`write` is wanted");
    let unchecked = desk.check(&source, &[]);
    assert_eq!(unchecked.code, 1);
    assert!(
        unchecked
            .stderr
            .contains("nothing was checked: give --verification-key"),
        "{}",
        unchecked.stderr
    );
}

#[test]
fn file_changed_after_it_was_signed() {
    let desk = Desk::new("bundle-changed");
    desk.build(&["--signing-key", &key("rsa.pem")]);
    let mut unpacked = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&desk.bytes()[..]), &mut unpacked).unwrap();
    let at = unpacked.windows(4).position(|window| window == b"ours").unwrap();
    unpacked[at] = b'O';
    fs::write(desk.bundle(), gzip(&unpacked)).unwrap();
    let demand = ["--verification-key", &key("rsa.pub.pem")];
    assert_refused(&desk, &desk.bundle(), &demand, "is of another `demo/named/named.rego`");
}

#[test]
fn sources_and_lock_files_that_are_wrong() {
    let desk = Desk::new("bundle-wrong");
    for (source, reason) in [
        ("none.tar.gz", "the bundle none.tar.gz cannot be read"),
        ("http://acme.test/b.tar.gz", "is not encrypted: write https://"),
        ("ftp://acme.test/b", "is no source of bundles"),
        ("git+https://acme.test/r", "names no revision: end it in ?ref="),
        (
            "oci://acme.test/p:1",
            "is not locked: run `plangate bundle lock 'oci://acme.test/p:1'`",
        ),
    ] {
        assert_refused(&desk, source, &[], reason);
    }
    for (text, reason) in [
        ("version = 9\n", "is of version 9"),
        ("version = 1\nbundel = 1\n", "bundel"),
    ] {
        fs::write(desk.lock(), text).unwrap();
        assert_refused(&desk, &desk.bundle(), &[], reason);
    }
}
