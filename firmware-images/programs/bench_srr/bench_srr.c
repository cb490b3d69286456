/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entry: N round trips (2000000) of SIZE bytes (4), nothing printed before the
 * end. The receiver is a child of the same program and priority. The first bytes
 * of each message are its number, and each reply is checked.
 */
#include "trainsos.h"

enum { LARGEST_MESSAGE = 4096, ENTRY_PRIORITY = 0 };

static _Alignas(16) char message[LARGEST_MESSAGE];
static _Alignas(16) char reply[LARGEST_MESSAGE];

static void echo(void) {
    int sender;
    int length;
    do {
        length = ke_recv(&sender, message, sizeof message);
        ke_reply(sender, message, (size_t)length);
    } while (length > 0);
}

static uint64_t count_round_trips(int receiver, uint64_t rounds, size_t size) {
    volatile uint32_t *number = (volatile uint32_t *)(void *)message;
    volatile uint32_t *answer = (volatile uint32_t *)(void *)reply;
    uint64_t good = 0;
    for (uint64_t i = 1; i <= rounds; i++) {
        *number = (uint32_t)i;
        int length = ke_send(receiver, message, size, reply, size);
        good += length == (int)size && *answer == (uint32_t)i;
    }
    return good;
}

void program_main(const struct arguments *args) {
    if (text_equal(argument_text(args, "ROLE", "entry"), "echo")) {
        echo();
        return;
    }
    uint64_t rounds = argument_number(args, "N", 2000000, 1, 1000000000);
    size_t size = argument_number(args, "SIZE", 4, sizeof(uint32_t), LARGEST_MESSAGE);
    struct argument_block block;
    block.length = 0;
    argument_add(&block, "PROGRAM", "user_entry");
    argument_add(&block, "ROLE", "echo");
    int receiver = create_with(ENTRY_PRIORITY, &block);
    if (receiver < 0) {
        fail("bench_srr: cannot create the echo task\r\n");
    }
    uint64_t good = count_round_trips(receiver, rounds, size);
    ke_send(receiver, message, 0, reply, 0);
    print("bench_srr: %lu of %lu round trips of %lu bytes\r\n", good, rounds, (uint64_t)size);
}
