// SPDX-License-Identifier: Apache-2.0
//! A program that needs a heap, the same for each of the three allocators.

extern crate alloc;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use trainsos::println;

const STATIONS: u32 = 200;

/// Uses vectors, strings and a map, and prints what must be the same on every heap.
pub fn use_heap(allocator: &str) {
    let mut timetable: BTreeMap<u32, String> = BTreeMap::new();
    for station in 0..STATIONS {
        timetable.insert(station * 7 % STATIONS, format!("station {station}"));
    }
    timetable.retain(|_, name| name.ends_with('3'));
    let names: Vec<&str> = timetable.values().map(String::as_str).take(3).collect();
    println!("{allocator}: {} stations left, first {}", timetable.len(), names.join(", "));

    // A vector that grows moves from block to block, and gives the old ones back.
    let squares: Vec<u64> = (0..100_000).map(|n| n * n).collect();
    println!("{allocator}: squares add up to {}", squares.iter().sum::<u64>());
}
