/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a program and a process of the host share: a heartbeat and a ring of bytes in each
 * direction. Each ring has one writer and one reader; each position is written by one side alone
 * and published by a store-release, so no lock and no compare-and-swap is needed. (The emulator's
 * exclusive loads and stores are not atomic towards the host.)
 */
#ifndef SHARED_H
#define SHARED_H

#include <stdbool.h>
#include <stdint.h>

/* Behind the kernel's page pool, which ends at 0x7E000000: RAM that no task is ever given. */
#define SHARED_ADDRESS 0x7E000000ul

enum { RING_BYTES = 1024, SHARED_FILE_BYTES = 4096 };

struct ring {
    _Alignas(64) uint32_t written; /* bytes, modulo 2^32; the writer's */
    _Alignas(64) uint32_t taken;   /* bytes, modulo 2^32; the reader's */
    _Alignas(64) uint8_t bytes[RING_BYTES];
};

struct shared {
    uint64_t heartbeat; /* ticks that the guest has lived */
    uint32_t stop;      /* set by the host */
    struct ring to_guest;
    struct ring to_host;
};

_Static_assert(sizeof(struct shared) <= SHARED_FILE_BYTES, "the file is one page");

/* False when the ring is full. */
static inline bool ring_put(struct ring *ring, uint8_t byte) {
    uint32_t written = ring->written;
    if (written - __atomic_load_n(&ring->taken, __ATOMIC_ACQUIRE) >= RING_BYTES) {
        return false;
    }
    ring->bytes[written % RING_BYTES] = byte;
    __atomic_store_n(&ring->written, written + 1, __ATOMIC_RELEASE);
    return true;
}

/* -1 when the ring is empty. */
static inline int ring_take(struct ring *ring) {
    uint32_t taken = ring->taken;
    if (__atomic_load_n(&ring->written, __ATOMIC_ACQUIRE) == taken) {
        return -1;
    }
    uint8_t byte = ring->bytes[taken % RING_BYTES];
    __atomic_store_n(&ring->taken, taken + 1, __ATOMIC_RELEASE);
    return byte;
}

#endif
