//! Bundles from elsewhere: fetched once, then used without the network.

use std::fs;
use std::process::Command;

use super::server::Server;
use super::{Desk, key};
use crate::support::Folder;

const LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";

/// That nothing was kept, and that the run ended in exit 2 with the reason.
fn assert_refused(desk: &Desk, arguments: &[&str], reason: &str) {
    let run = desk.run(arguments);
    assert_eq!((run.code, &*run.stdout), (2, ""), "{reason}: {}", run.stderr);
    assert!(run.stderr.contains(reason), "{reason}: {}", run.stderr);
    assert_eq!(desk.cached(), 0, "{reason}: it is in the cache");
}

#[test]
fn artifact_is_locked_and_then_used_without_its_registry() {
    let desk = Desk::new("bundle-oci");
    let server = Server::start();
    let source = server.push(&desk.bytes(), LAYER);
    let lock = desk.run(&["bundle", "lock", &source]);
    assert_eq!(lock.code, 0, "{}", lock.stderr);
    assert!(lock.stdout.starts_with("new  oci://"), "{}", lock.stdout);
    let text = fs::read_to_string(desk.lock()).unwrap();
    assert!(
        text.contains(&format!("source = \"{source}\"\nrevision = \"sha256:")),
        "{text}"
    );
    assert!(desk.run(&["bundle", "lock"]).stdout.starts_with("unchanged  oci://"));
    drop(server);
    let run = desk.check(&source, &[]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.contains("it has no name of ours"), "{}", run.stdout);
    assert_eq!(
        desk.run(&["bundle", "fetch"]).code,
        0,
        "all that is locked is in the cache"
    );
    let nowhere = desk.folder.path("empty");
    let run = desk.check(&source, &["--cache", &nowhere]);
    assert_eq!((run.code, &*run.stdout), (2, ""));
    for part in [source.as_str(), "is not in the cache", "run `plangate bundle fetch"] {
        assert!(run.stderr.contains(part), "{part}: {}", run.stderr);
    }
    let run = desk.run(&["bundle", "fetch", "--cache", &nowhere]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("cannot be fetched: the registry cannot be reached"),
        "{}",
        run.stderr
    );
}

#[test]
fn artifact_that_was_replaced_is_not_taken() {
    let desk = Desk::new("bundle-oci-replaced");
    let server = Server::start();
    let source = server.push(&desk.bytes(), LAYER);
    assert_eq!(desk.run(&["bundle", "lock", &source]).code, 0);
    fs::remove_dir_all(desk.folder.path("cache")).unwrap();
    let text = fs::read_to_string(desk.lock()).unwrap();
    let revision = text.lines().find(|line| line.starts_with("revision")).unwrap();
    desk.build(&["--revision", "2"]);
    server.push(&desk.bytes(), LAYER);
    fs::write(desk.lock(), text.replace(revision, "")).unwrap();
    assert_refused(&desk, &["bundle", "fetch"], "plangate.lock wants sha256:");
    assert!(desk.run(&["bundle", "lock"]).stdout.starts_with("changed  oci://"));
    assert_eq!(desk.check(&source, &[]).code, 1);
}

#[test]
fn artifact_that_is_no_bundle() {
    let desk = Desk::new("bundle-oci-other");
    let server = Server::start();
    let source = server.push(b"x", "application/vnd.cncf.openpolicyagent.policy.layer.v1+rego");
    assert_refused(&desk, &["bundle", "lock", &source], "policy.layer.v1+rego");
    let source = server.push(b"x", LAYER);
    assert_refused(&desk, &["bundle", "lock", &source], "no tar archive");
}

#[test]
fn archive_of_a_web_server_is_pinned_or_locked() {
    let desk = Desk::new("bundle-http");
    let server = Server::start();
    let source = server.serve("/b.tar.gz", desk.bytes());
    assert_refused(&desk, &["bundle", "fetch", &source], "is not locked");
    let digest = plangate::pack::bundle::Digest::of(&desk.bytes());
    let pinned = format!("{source}#{digest}");
    let run = desk.check(&pinned, &[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("is not in the cache"), "{}", run.stderr);
    let fetched = desk.run(&["bundle", "fetch", &pinned]);
    assert_eq!((fetched.code, fetched.stdout), (0, format!("{digest}  {source}\n")));
    drop(server);
    assert_eq!(desk.check(&pinned, &[]).code, 1);
}

#[test]
fn what_a_web_server_should_not_send() {
    let desk = Desk::new("bundle-http-wrong");
    let server = Server::start();
    let good = server.serve("/b.tar.gz", desk.bytes());
    let digest = plangate::pack::bundle::Digest::of(&desk.bytes());
    let mut changed = desk.bytes();
    changed[20] ^= 1;
    for (source, reason) in [
        (server.serve("/changed", changed), "its source wants sha256:"),
        (server.serve_without_end("/endless"), "it is longer than 33554432 bytes"),
        (
            server.send_on("/elsewhere", "http://192.0.2.1/b.tar.gz"),
            "not encrypted",
        ),
        (
            server.send_on("/round", &format!("http://{}/round", server.address)),
            "round and round",
        ),
        (good.replace("/b.tar.gz", "/none"), "404"),
    ] {
        let mut run = desk.run(&["bundle", "fetch", &format!("{source}#{digest}")]);
        run.stderr = run.stderr.to_lowercase();
        assert_eq!((run.code, &*run.stdout), (2, ""), "{source}: {}", run.stderr);
        assert!(run.stderr.contains(reason), "{source}, {reason}: {}", run.stderr);
        assert_eq!(desk.cached(), 0, "{source}");
    }
    let sent_on = server.send_on("/moved", &good);
    assert_eq!(desk.run(&["bundle", "fetch", &format!("{sent_on}#{digest}")]).code, 0);
}

#[test]
fn unsigned_bundles_are_not_kept_where_a_signature_is_demanded() {
    let desk = Desk::new("bundle-http-unsigned");
    let server = Server::start();
    let source = server.serve("/b.tar.gz", desk.bytes());
    let demand = ["--verification-key", &key("rsa.pub.pem")];
    assert_refused(
        &desk,
        &[&["bundle", "lock", &source][..], &demand].concat(),
        "has no signature",
    );
    assert_eq!(
        fs::read_to_string(desk.lock()).unwrap(),
        "version = 1\n",
        "nothing is locked either"
    );
}

#[test]
fn damaged_cache_is_as_good_as_empty() {
    let desk = Desk::new("bundle-damaged");
    let server = Server::start();
    let source = server.serve("/b.tar.gz", desk.bytes());
    assert_eq!(desk.run(&["bundle", "lock", &source]).code, 0);
    let cached = fs::read_dir(desk.folder.path("cache/bundles")).unwrap().next().unwrap();
    fs::write(cached.unwrap().path(), b"x").unwrap();
    let run = desk.check(&source, &[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("is not in the cache"), "{}", run.stderr);
    assert_eq!(desk.run(&["bundle", "fetch"]).code, 0);
    assert_eq!(desk.check(&source, &[]).code, 1);
}

fn git(folder: &str, arguments: &[&str]) -> bool {
    let identity = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@acme.test",
        "-c",
        "init.defaultBranch=main",
    ];
    let mut git = Command::new("git");
    git.current_dir(folder).args(identity).args(arguments);
    git.output().is_ok_and(|output| output.status.success())
}

#[test]
fn tag_of_a_repository_is_locked_at_its_commit() {
    let desk = Desk::new("bundle-git");
    let repository = Folder::new("bundle-git-repository");
    let policy = fs::read_to_string(format!("{}demo/named/named.rego", desk.policies)).unwrap();
    repository.write("policies/demo/named/named.rego", &policy);
    repository.write("README.md", "Ours.");
    let path = repository.path("");
    let path = path.trim_end_matches('/');
    if !git(path, &["init", "--quiet"]) {
        crate::beside::skipped("git does not run");
        return;
    }
    let commit = || git(path, &["add", "--all"]) && git(path, &["commit", "--quiet", "--message", "Ours"]);
    assert!(commit() && git(path, &["tag", "v1"]));
    let source = format!("git+file://{path}//policies?ref=v1");
    assert_refused(
        &desk,
        &["bundle", "lock", &source.replace("v1", "v2")],
        "git fetch fails",
    );
    assert_refused(
        &desk,
        &["bundle", "lock", &source.replace("//policies", "//none")],
        "no folder `none`",
    );
    let lock = desk.run(&["bundle", "lock", &source]);
    assert_eq!(lock.code, 0, "{}", lock.stderr);
    assert_eq!(desk.check(&source, &[]).code, 1);
    assert_eq!(
        fs::read_dir(desk.folder.path("cache")).unwrap().count(),
        1,
        "no clone is left"
    );
    fs::remove_dir_all(desk.folder.path("cache")).unwrap();
    repository.write("policies/demo/named/named.rego", &policy.replace("ours", "theirs"));
    assert!(commit() && git(path, &["tag", "--force", "v1"]));
    assert_refused(&desk, &["bundle", "fetch"], "find out who moved it");
    assert!(desk.run(&["bundle", "lock"]).stdout.starts_with("changed  git+file://"));
}
