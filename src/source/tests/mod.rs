mod evaluate;
mod planned;
mod read;
mod stacks;
mod terraform;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::module::Module;
use super::parse;

/// The module of one file.
fn module(text: &str) -> Module {
    let mut module = Module::default();
    module.declare(parse::parse(&Arc::from("main.tf"), text).unwrap());
    module
}

/// A folder of the given files, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let root = std::env::temp_dir().join(format!("plangate-source-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&root);
        for (path, text) in files {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        std::fs::create_dir_all(&root).unwrap();
        Folder(root)
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
