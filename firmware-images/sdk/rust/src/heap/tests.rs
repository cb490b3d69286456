// SPDX-License-Identifier: Apache-2.0
use super::*;
use core::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;

thread_local! {
    static PAGES: Cell<usize> = const { Cell::new(0) };
}

/// Pages of the host's heap that are never given back, like the kernel's.
fn host_pages(size: usize) -> Option<NonNull<u8>> {
    PAGES.set(PAGES.get() + 1);
    let size = size.max(SMALLEST_PAGE).next_power_of_two();
    let layout = Layout::from_size_align(size, 1 << 20).unwrap();
    // SAFETY: the size is not zero.
    NonNull::new(unsafe { std::alloc::alloc(layout) })
}

fn no_pages(_: usize) -> Option<NonNull<u8>> {
    None
}

/// Allocates and frees at random; every block keeps its own pattern until it is freed.
fn stress(heap: &dyn GlobalAlloc) {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |limit: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit) as usize
    };
    let mut blocks: Vec<(*mut u8, Layout, u8)> = Vec::new();
    for turn in 0..20_000 {
        if blocks.len() > 100 || (!blocks.is_empty() && next(2) == 0) {
            let (block, layout, pattern) = blocks.swap_remove(next(blocks.len() as u64));
            for i in 0..layout.size() {
                assert_eq!(unsafe { *block.add(i) }, pattern);
            }
            unsafe { heap.dealloc(block, layout) };
        } else {
            let limit = if next(20) == 0 { 10_000 } else { 200 };
            let size = 1 + next(limit);
            let layout = Layout::from_size_align(size, 1 << next(8)).unwrap();
            let block = unsafe { heap.alloc(layout) };
            assert!(!block.is_null());
            assert_eq!(block as usize % layout.align(), 0);
            unsafe { block.write_bytes(turn as u8, size) };
            blocks.push((block, layout, turn as u8));
        }
    }
}

#[test]
fn blocks_of_the_bump_heap_do_not_overlap() {
    stress(&Bump::new(host_pages));
}

#[test]
fn blocks_of_the_linked_list_do_not_overlap_and_memory_comes_back() {
    PAGES.set(0);
    stress(&LinkedList::new(host_pages));
    assert_eq!(PAGES.get(), 1);
}

#[test]
fn blocks_of_fixed_size_do_not_overlap_and_memory_comes_back() {
    PAGES.set(0);
    stress(&FixedBlocks::new(host_pages));
    assert_eq!(PAGES.get(), 2);
}

#[test]
fn freed_neighbours_become_one_block_again() {
    PAGES.set(0);
    let heap = LinkedList::new(host_pages);
    let third = Layout::from_size_align(300 << 10, 16).unwrap();
    let all = Layout::from_size_align(900 << 10, 16).unwrap();
    for order in [[0usize, 1, 2], [2, 1, 0], [1, 0, 2], [0, 2, 1]] {
        let blocks = [0; 3].map(|_| unsafe { heap.alloc(third) });
        for i in order {
            unsafe { heap.dealloc(blocks[i], third) };
        }
        let whole = unsafe { heap.alloc(all) };
        unsafe { heap.dealloc(whole, all) };
    }
    assert_eq!(PAGES.get(), 1);
}

#[test]
fn a_heap_without_pages_says_so() {
    let layout = Layout::from_size_align(8, 8).unwrap();
    let huge = Layout::from_size_align(isize::MAX as usize - 64, 8).unwrap();
    for layout in [layout, huge] {
        assert!(unsafe { Bump::new(no_pages).alloc(layout) }.is_null());
        assert!(unsafe { LinkedList::new(no_pages).alloc(layout) }.is_null());
        assert!(unsafe { FixedBlocks::new(no_pages).alloc(layout) }.is_null());
    }
}
