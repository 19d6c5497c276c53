use crate::yaml::parse;

/// The message for some front matter, and the text of its span.
fn explained(text: &str) -> (String, &str) {
    let error = parse(text, 0..text.len()).unwrap_err();
    (error.message, &text[error.span])
}

#[track_caller]
fn assert_explained(text: &str, message: &str, marked: &str) {
    assert_eq!(explained(text), (message.to_owned(), marked));
}

#[test]
fn common_mistakes_are_explained() {
    assert_explained("title: One: two\n", "text that contains `: ` needs quotes", "One: two");
    assert_explained("title: One:\nsummary: x\n", "text that ends with `:` needs quotes", "One:");
    assert_explained("title: \"One\nsummary: x\n", "this quote is never closed", "\"One");
    assert_explained("title: 'It's'\n", "there's more text after the closing quote", "'It's'");
    assert_explained("a: 1\ntags: [one, two\nsummary: x\n", "this `[` is never closed", "[one, two");
    assert_explained("a: {b: 1\n", "this `{` is never closed", "{b: 1");
    assert_explained("title: [draft] A\nsummary: x\n", "text that begins with `[` needs quotes", "[draft] A");
    assert_explained("title: A\nsummary: @x\n", "text that begins with `@` needs quotes", "@x");
    assert_explained("title:A\nsummary: x\n", "a space is missing after this colon", "title:A");
    assert_explained("title = A\nsummary: x\n", "this line isn't a field", "title = A");
    assert_explained("title: A\njust a note\nowner: x\n", "this line isn't a field", "just a note");
    assert_explained("tags: [a]]\n", "this bracket was never opened", "]");
    assert_explained("a: [b, #c]\nd: 1\n", "the closing `]` is lost, because ` #` starts a comment", "#c]");
    assert_explained("title: A\nrank:3\nowner: x\n", "a space is missing after this colon", "rank:3");
    assert_explained("summary: A\nsecond line.\nrank: 3\n", "this line isn't a field", "second line.");
    assert_explained("a: \"One\nb: \"Two\"\n", "this quote is never closed", "\"One");
    assert_explained(
        "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n",
        "there's an unresolved merge conflict here",
        "<<<<<<< HEAD",
    );
    for value in ["\"\\q\"", "\"C:\\users\"", "\"\\xyz\""] {
        let message = "a `\\` in double quotes starts a special character";
        assert_explained(&format!("a: {value}\n"), message, value);
    }
}

#[test]
fn too_deep_lists_are_explained() {
    let text = format!("a: {}1{}\n", "[".repeat(40), "]".repeat(40));
    assert_eq!(explained(&text).0, "lists and fields are nested too deeply here, or there are too many of them");
}

#[test]
fn wrong_indentation_is_explained() {
    assert_explained("a:\n\tb: 1\n", "this line is indented with a tab", "\t");
    assert_explained("a: 1\n\tb: 1\n", "this line is indented with a tab", "\t");
    assert_explained("a: 1\n  b: 2\n", "this line is indented, but the field above already has a value", "b: 2");
    assert_explained(
        "a:\n    b: 1\n  c: 2\n",
        "this line is indented differently from the lines it belongs to",
        "c: 2",
    );
    assert_explained("a:\nb: 1\n  c: 2\n", "this line is indented differently from the one below it", "b: 1");
    assert_explained("a:\n  -b: 1\n    c: 2\n", "a space is missing after this hyphen", "-b: 1");
    let mixed = "list entries (`- …`) and fields (`name: …`) are mixed here";
    assert_explained("a:\n  - b: 1\n    c: 2\n  d: 3\n", mixed, "d: 3");
    assert_explained("a: 1\n- b\nc: 2\n", "this list doesn't belong to a field", "- b");
}
