/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shares memory with a process of the host (shared.h; host.c is such a process): counts a heartbeat
 * each 10 ms, and answers each byte of one ring in capitals in the other, until the host says stop
 * or BEATS ticks are over.
 *
 *   truncate --size 4096 page
 *   cc -o host host.c && ./host page &
 *   roundhouse run shared_memory.elf clock_server.elf clock_notifier.elf \
 *     --shared-memory page@0x7E000000 --realtime
 */
#include "services.h"
#include "shared.h"

static uint8_t in_capitals(int byte) {
    return (uint8_t)(byte >= 'a' && byte <= 'z' ? byte - 'a' + 'A' : byte);
}

/* As long as there are questions and room for their answers. Gives how many bytes it answered. */
static uint64_t answer(SharedMem *shared) {
    uint64_t answered = 0;
    while (!ring_is_full(&shared->to_host)) {
        int byte = ring_take(&shared->to_guest);
        if (byte < 0) {
            break;
        }
        ring_put(&shared->to_host, in_capitals(byte));
        answered++;
    }
    return answered;
}

void program_main(const struct arguments *args) {
    uint64_t most = argument_number(args, "BEATS", 6000, 1, 1000000);
    SharedMem *shared = (SharedMem *)SHARED_ADDRESS;
    int clock = create_program(0, "clock_server");
    if (clock < 0) {
        fail("shared_memory: cannot create clock_server\r\n");
    }
    uint64_t beats = 0;
    uint64_t answered = 0;
    while (beats < most && !__atomic_load_n(&shared->stop, __ATOMIC_ACQUIRE)) {
        clock_wait(clock, 1);
        __atomic_store_n(&shared->heartbeat, ++beats, __ATOMIC_RELEASE);
        answered += answer(shared);
    }
    bool stopped = shared->stop != 0;
    clock_stop(clock);
    print("shared_memory: %lu bytes answered, %s\r\n", answered,
          stopped ? "stopped by the host" : "nobody said stop");
}
