// SPDX-License-Identifier: Apache-2.0
//! What `shared_memory_rust` and a process of the host share: `programs/shared_memory/shared.h` in
//! Rust, member by member the same, so that either side may be written in either language.
//!
//! The other side writes while this one reads, which no plain reference allows: every member that
//! the host touches is an atomic. Each ring has one writer and one reader, so loads, stores and
//! their order are enough. (The emulator's exclusive loads and stores are not atomic towards the
//! host, so `fetch_add` and `compare_exchange` are not for this memory.)

use core::mem::{offset_of, size_of};
use core::sync::atomic::{AtomicU32, AtomicU64, AtomicU8, Ordering};

/// Where the file is mapped: behind the kernel's page pool, RAM that no task is ever given.
pub const ADDRESS: usize = 0x7E00_0000;

/// The bytes that a ring holds.
pub const RING_BYTES: usize = 1024;

/// A ring of bytes. Positions count up modulo 2^32; writer, reader and bytes lie in cache lines of
/// their own, so that the two sides do not take each other's line away.
#[repr(C, align(64))]
pub struct ByteRing {
    /// Bytes written, ever; the writer's.
    pub written: AtomicU32,
    /// The rest of the cache line, named so that `layout` compares it.
    pub unused_04: [u8; 60],
    /// Bytes taken, ever; the reader's.
    pub taken: AtomicU32,
    /// As above.
    pub unused_44: [u8; 60],
    /// The bytes, each at its position modulo their number.
    pub bytes: [AtomicU8; RING_BYTES],
}

/// The shared memory.
#[repr(C)]
pub struct SharedMem {
    /// Ticks that the guest has lived.
    pub heartbeat: AtomicU64,
    /// Set by the host.
    pub stop: AtomicU32,
    /// The rest of the cache line.
    pub unused_0c: [u8; 52],
    /// What the host writes and the guest takes.
    pub to_guest: ByteRing,
    /// The other way round.
    pub to_host: ByteRing,
}

const _: () = assert!(offset_of!(SharedMem, to_guest) == 64 && size_of::<ByteRing>() == 1152);

impl ByteRing {
    /// Whether the writer must wait.
    pub fn is_full(&self) -> bool {
        let written = self.written.load(Ordering::Relaxed);
        written.wrapping_sub(self.taken.load(Ordering::Acquire)) as usize >= RING_BYTES
    }

    /// For the writer: whether there was room for the byte. The acquire above keeps the byte from
    /// being written before the reader has taken the one in its place; the release keeps the
    /// position from being seen before the byte.
    pub fn put(&self, byte: u8) -> bool {
        if self.is_full() {
            return false;
        }
        let written = self.written.load(Ordering::Relaxed);
        self.bytes[written as usize % RING_BYTES].store(byte, Ordering::Relaxed);
        self.written.store(written.wrapping_add(1), Ordering::Release);
        true
    }

    /// For the reader: the next byte, if there is one. Whatever the other side wrote as a position,
    /// the index stays inside the ring.
    pub fn take(&self) -> Option<u8> {
        let taken = self.taken.load(Ordering::Relaxed);
        if self.written.load(Ordering::Acquire) == taken {
            return None;
        }
        let byte = self.bytes[taken as usize % RING_BYTES].load(Ordering::Relaxed);
        self.taken.store(taken.wrapping_add(1), Ordering::Release);
        Some(byte)
    }
}
