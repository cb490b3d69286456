/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a program and a process of the host share: a heartbeat and a ring of bytes in each
 * direction. Each ring has one writer and one reader; each position is written by one side alone
 * and published by a store-release, so no lock and no compare-and-swap is needed. (The emulator's
 * exclusive loads and stores are not atomic towards the host.)
 *
 * programs/rust/src/shared_memory.rs has the same in Rust, Host.java in Java. What lies between
 * the members has names too, so that `roundhouse layout` can compare all of it.
 */
#ifndef SHARED_H
#define SHARED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Behind the kernel's page pool, which ends at 0x7E000000: RAM that no task is ever given. */
#define SHARED_ADDRESS 0x7E000000ul

enum { RING_BYTES = 1024, SHARED_FILE_BYTES = 4096 };

/* Writer, reader and bytes lie in cache lines of their own (Cortex-A72 TRM, 6.1: 64 bytes), so that
 * the two sides do not take each other's line away. */
typedef struct {
    _Alignas(64) uint32_t written; /* bytes, modulo 2^32; the writer's */
    uint8_t unused_04[60];
    uint32_t taken; /* bytes, modulo 2^32; the reader's */
    uint8_t unused_44[60];
    uint8_t bytes[RING_BYTES];
} ByteRing;

typedef struct {
    uint64_t heartbeat; /* ticks that the guest has lived */
    uint32_t stop;      /* set by the host */
    uint8_t unused_0c[52];
    ByteRing to_guest;
    ByteRing to_host;
} SharedMem;

_Static_assert(offsetof(SharedMem, to_guest) == 64 && sizeof(ByteRing) == 1152, "as in Rust");
_Static_assert(sizeof(SharedMem) <= SHARED_FILE_BYTES, "the file is one page");

static inline bool ring_is_full(const ByteRing *ring) {
    return ring->written - __atomic_load_n(&ring->taken, __ATOMIC_ACQUIRE) >= RING_BYTES;
}

/* For the writer. False when the ring is full. The acquire keeps the byte from being written before
 * the reader has taken the one in its place; the release keeps the position from being seen before
 * the byte. */
static inline bool ring_put(ByteRing *ring, uint8_t byte) {
    uint32_t written = ring->written;
    if (ring_is_full(ring)) {
        return false;
    }
    ring->bytes[written % RING_BYTES] = byte;
    __atomic_store_n(&ring->written, written + 1, __ATOMIC_RELEASE);
    return true;
}

/* For the reader. -1 when the ring is empty. */
static inline int ring_take(ByteRing *ring) {
    uint32_t taken = ring->taken;
    if (__atomic_load_n(&ring->written, __ATOMIC_ACQUIRE) == taken) {
        return -1;
    }
    uint8_t byte = ring->bytes[taken % RING_BYTES];
    __atomic_store_n(&ring->taken, taken + 1, __ATOMIC_RELEASE);
    return byte;
}

#endif
