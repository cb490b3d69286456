// SPDX-License-Identifier: Apache-2.0

use super::bump::Region;
use super::{LinkedList, OneTask, PageSource};
use core::alloc::{GlobalAlloc, Layout};
use core::ptr::null_mut;

const SIZES: [usize; 8] = [16, 32, 64, 128, 256, 512, 1024, 2048];

/// Blocks of eight sizes, 16 to 2048 bytes, each with a list of free ones; new ones are cut off a
/// page. Larger blocks come from a [`LinkedList`].
pub struct FixedBlocks {
    small: OneTask<Blocks>,
    large: LinkedList,
}

struct Blocks {
    free: [*mut Link; SIZES.len()],
    region: Region,
}

struct Link(*mut Link);

impl FixedBlocks {
    /// An empty heap that takes its first page when the first block is asked for.
    pub const fn new(pages: PageSource) -> Self {
        FixedBlocks {
            small: OneTask::new(Blocks {
                free: [null_mut(); SIZES.len()],
                region: Region::new(pages),
            }),
            large: LinkedList::new(pages),
        }
    }
}

/// The smallest size that the block fits into, which is also its alignment.
fn class(layout: Layout) -> Option<usize> {
    let needed = layout.size().max(layout.align());
    SIZES.iter().position(|size| *size >= needed)
}

impl Blocks {
    fn take(&mut self, class: usize) -> *mut u8 {
        let first = self.free[class];
        if first.is_null() {
            let layout = Layout::from_size_align(SIZES[class], SIZES[class]);
            return layout.ok().and_then(|layout| self.region.take(layout)).unwrap_or(null_mut());
        }
        // SAFETY: the list holds free blocks of this heap.
        self.free[class] = unsafe { (*first).0 };
        first.cast()
    }
}

// SAFETY: a block is in one list or handed out, never both.
unsafe impl GlobalAlloc for FixedBlocks {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        match class(layout) {
            Some(class) => self.small.with(|blocks| blocks.take(class)),
            // SAFETY: by the caller.
            None => unsafe { self.large.alloc(layout) },
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        match class(layout) {
            Some(class) => self.small.with(|blocks| {
                let link: *mut Link = block.cast();
                // SAFETY: the caller gives back a block of this size.
                unsafe { link.write(Link(blocks.free[class])) };
                blocks.free[class] = link;
            }),
            // SAFETY: by the caller.
            None => unsafe { self.large.dealloc(block, layout) },
        }
    }
}
