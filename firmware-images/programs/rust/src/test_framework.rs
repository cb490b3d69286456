// SPDX-License-Identifier: Apache-2.0
//! A test framework of a few lines: named checks, a report over the UART and by the run's exit code.

use core::fmt::Debug;
use trainsos::println;

/// Counts what passed and what failed.
#[derive(Default)]
pub struct Report {
    passed: u32,
    failed: u32,
}

impl Report {
    /// Checks that two values are equal and says so.
    pub fn equal<T: PartialEq + Debug>(&mut self, name: &str, actual: T, expected: T) {
        if actual == expected {
            self.passed += 1;
            println!("ok   {name}");
        } else {
            self.failed += 1;
            println!("FAIL {name}: {actual:?} in place of {expected:?}");
        }
    }

    /// Prints the totals and ends the whole run: with 0 if nothing failed, else with 1.
    pub fn finish(&self) -> ! {
        println!("{} passed, {} failed", self.passed, self.failed);
        trainsos::end_run(u8::from(self.failed != 0))
    }
}
