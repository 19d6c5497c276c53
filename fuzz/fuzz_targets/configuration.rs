//! Any bytes as the configuration.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| stepladder_fuzz::check("stepladder.yaml", bytes));
