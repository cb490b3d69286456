// SPDX-License-Identifier: Apache-2.0

use super::{align_up, OneTask, PageSource, SMALLEST_PAGE};
use core::alloc::{GlobalAlloc, Layout};
use core::mem::size_of;
use core::ptr::null_mut;

/// Free blocks in a list by address: the first that is big enough is taken, what is left over goes
/// back, and a freed block is merged with free neighbours.
pub struct LinkedList(OneTask<FreeList>);

/// What stands in a free block. Blocks are multiples of its size, so each can hold one.
struct Free {
    size: usize,
    next: *mut Free,
}

const UNIT: usize = size_of::<Free>();

struct FreeList {
    pages: PageSource,
    first: *mut Free,
}

impl LinkedList {
    /// An empty heap that takes its first page when the first block is asked for.
    pub const fn new(pages: PageSource) -> Self {
        LinkedList(OneTask::new(FreeList { pages, first: null_mut() }))
    }
}

/// Rounds what is asked for up to whole units.
fn whole_units(layout: Layout) -> Option<(usize, usize)> {
    Some((align_up(layout.size().max(1), UNIT)?, layout.align().max(UNIT)))
}

impl FreeList {
    fn take(&mut self, layout: Layout) -> Option<*mut u8> {
        let (size, align) = whole_units(layout)?;
        if let Some(block) = self.take_first_that_fits(size, align) {
            return Some(block);
        }
        let page_size = size.checked_add(align)?.max(SMALLEST_PAGE).checked_next_power_of_two()?;
        let page = (self.pages)(page_size)?.as_ptr();
        // SAFETY: the page is new, so nobody else's, and aligned.
        unsafe { self.put_back(page as usize, page_size) };
        self.take_first_that_fits(size, align)
    }

    fn take_first_that_fits(&mut self, size: usize, align: usize) -> Option<*mut u8> {
        let mut link: *mut *mut Free = &mut self.first;
        // SAFETY: the list holds free blocks of this heap only, ended by null.
        unsafe {
            while !(*link).is_null() {
                let free = *link as usize;
                let free_end = free + (**link).size;
                let block = align_up(free, align)?;
                let end = block.checked_add(size)?;
                if end <= free_end {
                    *link = (**link).next;
                    self.put_back(free, block - free);
                    self.put_back(end, free_end - end);
                    return Some(block as *mut u8);
                }
                link = &mut (**link).next;
            }
        }
        None
    }

    /// # Safety
    ///
    /// The bytes are this heap's, whole units, and nobody uses them.
    unsafe fn put_back(&mut self, at: usize, size: usize) {
        if size == 0 {
            return;
        }
        let mut link: *mut *mut Free = &mut self.first;
        let mut before: *mut Free = null_mut();
        // SAFETY: by the caller, and because the list holds free blocks only.
        unsafe {
            while !(*link).is_null() && (*link as usize) < at {
                before = *link;
                link = &mut (**link).next;
            }
            let after = *link;
            let free = at as *mut Free;
            free.write(Free { size, next: after });
            *link = free;
            if !after.is_null() && at + size == after as usize {
                (*free).size += (*after).size;
                (*free).next = (*after).next;
            }
            if !before.is_null() && before as usize + (*before).size == at {
                (*before).size += (*free).size;
                (*before).next = (*free).next;
            }
        }
    }
}

// SAFETY: a block is taken out of the list before it is handed out.
unsafe impl GlobalAlloc for LinkedList {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.0.with(|list| list.take(layout).unwrap_or(null_mut()))
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if let Some((size, _)) = whole_units(layout) {
            // SAFETY: the caller gives back what it was handed out.
            self.0.with(|list| unsafe { list.put_back(block as usize, size) });
        }
    }
}
