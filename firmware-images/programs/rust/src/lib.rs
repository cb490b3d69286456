// SPDX-License-Identifier: Apache-2.0
//! What several of the Rust programs share.
#![no_std]

pub mod shared_memory;
pub mod test_framework;
pub mod trains;
