// SPDX-License-Identifier: Apache-2.0
//! Three allocators over pages of `mmap`, to choose from as a program's `#[global_allocator]`:
//!
//! | | allocate | free | memory comes back |
//! | --- | --- | --- | --- |
//! | [`Bump`] | a few instructions | nothing | only the newest block |
//! | [`LinkedList`] | searches a list | searches a list, merges neighbours | always |
//! | [`FixedBlocks`] | a few instructions | a few instructions | for blocks of the same size |
//!
//! ```ignore
//! #[global_allocator]
//! static HEAP: FixedBlocks = FixedBlocks::new(syscalls::mmap);
//! ```
//!
//! A page is never given back to the kernel, which takes none. Every task has a copy of the
//! program's statics and so a heap of its own; blocks must not be freed by another task.

mod bump;
mod fixed_blocks;
mod linked_list;
#[cfg(test)]
mod tests;

pub use bump::Bump;
pub use fixed_blocks::FixedBlocks;
pub use linked_list::LinkedList;

use core::cell::UnsafeCell;
use core::ptr::NonNull;

/// Where pages come from: the next power of two of so many bytes, at least 1 MiB, aligned to its
/// size. `syscalls::mmap` on the machine.
pub type PageSource = fn(usize) -> Option<NonNull<u8>>;

const SMALLEST_PAGE: usize = 1 << 20;

/// What only one task uses, and never while it uses it already.
struct OneTask<T>(UnsafeCell<T>);

// SAFETY: a program's statics belong to one task (the loader gives each task a copy of its own),
// and an allocator neither calls back nor runs in an interrupt.
unsafe impl<T> Sync for OneTask<T> {}

impl<T> OneTask<T> {
    const fn new(value: T) -> Self {
        OneTask(UnsafeCell::new(value))
    }

    fn with<R>(&self, action: impl FnOnce(&mut T) -> R) -> R {
        // SAFETY: nobody else has a reference, see above.
        action(unsafe { &mut *self.0.get() })
    }
}

fn align_up(address: usize, align: usize) -> Option<usize> {
    Some(address.checked_add(align - 1)? & !(align - 1))
}
