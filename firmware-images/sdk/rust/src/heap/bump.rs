// SPDX-License-Identifier: Apache-2.0

use super::{align_up, OneTask, PageSource, SMALLEST_PAGE};
use core::alloc::{GlobalAlloc, Layout};
use core::ptr::null_mut;

/// Hands out one block behind the other. Only the newest block can be given back.
pub struct Bump(OneTask<Region>);

pub(super) struct Region {
    pages: PageSource,
    next: usize,
    end: usize,
}

impl Bump {
    /// An empty heap that takes its first page when the first block is asked for.
    pub const fn new(pages: PageSource) -> Self {
        Bump(OneTask::new(Region::new(pages)))
    }
}

impl Region {
    pub(super) const fn new(pages: PageSource) -> Self {
        Region { pages, next: 0, end: 0 }
    }

    pub(super) fn take(&mut self, layout: Layout) -> Option<*mut u8> {
        if let Some(block) = self.take_here(layout) {
            return Some(block);
        }
        // The rest of the old page is lost: that is the price of being simple.
        let size = layout.size().checked_add(layout.align())?.max(SMALLEST_PAGE);
        let size = size.checked_next_power_of_two()?;
        self.next = (self.pages)(size)?.as_ptr() as usize;
        self.end = self.next.checked_add(size)?;
        self.take_here(layout)
    }

    fn take_here(&mut self, layout: Layout) -> Option<*mut u8> {
        let block = align_up(self.next, layout.align())?;
        let end = block.checked_add(layout.size())?;
        if self.next == 0 || end > self.end {
            return None;
        }
        self.next = end;
        Some(block as *mut u8)
    }
}

// SAFETY: blocks lie one behind the other in pages that nobody else has.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.0.with(|region| region.take(layout).unwrap_or(null_mut()))
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        self.0.with(|region| {
            if block as usize + layout.size() == region.next {
                region.next = block as usize;
            }
        });
    }
}
