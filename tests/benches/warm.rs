//! warm

mod project;

use std::time::Instant;

use stepladder::disk;
use stepladder::site::{Memory, Options};
use stepladder::tree::TreePath;
use tempfile::TempDir;

fn main() {
    for pages in [100, 1_000, 10_000] {
        let folder = TempDir::new().expect("a temporary folder");
        let root = folder.path().join("project");
        project::generate(&root, pages);
        let options = Options { drafts: false, today: jiff::civil::date(2026, 11, 22) };
        let mut tree = disk::read(&root).unwrap();
        let mut memory = Memory::new(options);
        let t = Instant::now();
        let mut site = memory.site(&tree).value;
        println!("{pages} cold {:?}", t.elapsed());
        for (file, from, to) in [
            ("content/articles/a7.md", "##", "##"),
            ("content/t0/l5.md", "- ", "- "),
            ("content/articles/a7.md", "title: ", "title: X"),
            ("content/t0/l5.md", "title: ", "title: X"),
        ] {
            let path = TreePath::known(file);
            let mut times = Vec::new();
            let mut renders = Vec::new();
            for n in 0..15 {
                let text = String::from_utf8(tree.bytes(&path).unwrap().to_vec()).unwrap();
                let text = text.replacen(from, to, 1) + &format!("\nMore {n} words.\n");
                tree.insert(path.clone(), text);
                let t = Instant::now();
                let next = memory.site(&tree).value;
                times.push(t.elapsed());
                let t = Instant::now();
                let html = TreePath::known(&file.replace("content/", "").replace(".md", ".html"));
                let _ = next.render(&html).unwrap().unwrap();
                renders.push(t.elapsed());
                site = next;
            }
            times.sort();
            renders.sort();
            println!("{pages} {file} {to}: site {:?} render {:?}", times[7], renders[7]);
        }
        drop(site);
    }
}
