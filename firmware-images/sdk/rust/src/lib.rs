// SPDX-License-Identifier: Apache-2.0
//! The TrainsOS programming interface for Rust.
//!
//! A program is a `no_std` binary:
//!
//! ```ignore
//! #![no_std]
//! #![no_main]
//! use trainsos::{println, program, Arguments};
//!
//! program!(main);
//!
//! fn main(arguments: &Arguments) {
//!     println!("Hello, {}!", arguments.text("NAME").unwrap_or("TrainsOS"));
//! }
//! ```
//!
//! * [`syscalls`]: the fifteen system calls (guest only)
//! * [`Arguments`], [`ArgumentBlock`]: what a task was created with, and is created with
//! * [`message`]: messages that are built and read in place, checked, without a heap
//! * [`services`]: the name server and the clock server
//! * [`heap`]: three allocators over pages of `mmap`
//! * [`executor`]: cooperative `async` with timers, inside one task
//!
//! What does not need the machine compiles on the host too, where its tests run: `cargo test`.
#![cfg_attr(not(test), no_std)]
#![deny(unsafe_op_in_unsafe_fn, missing_docs)]

mod arguments;
pub mod executor;
pub mod heap;
pub mod message;
pub mod plain;
pub mod services;
mod text;

pub use arguments::{ArgumentBlock, Arguments, NoRoomForArgument};
pub use text::{Line, LineEnd};

#[cfg(target_os = "none")]
mod start;
#[cfg(target_os = "none")]
pub mod syscalls;

#[cfg(target_os = "none")]
pub use start::{arguments_at_start, end_run};
#[cfg(target_os = "none")]
pub use text::print_text;

/// A task's number. Tids count up from 1 and are never used again.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd)]
#[repr(transparent)]
pub struct Tid(pub i32);

impl Tid {
    /// The name server: the second task that the kernel makes.
    pub const NAME_SERVER: Tid = Tid(2);
}
