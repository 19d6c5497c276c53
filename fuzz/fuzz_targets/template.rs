//! Any bytes as a template.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| stepladder_fuzz::check("themes/default/templates/partials/footer.html", bytes));
