/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entry: microseconds for a round trip of send, receive and reply, as CS452
 * asks for: 4, 64 and 256 bytes, with the sender or the receiver coming first.
 * Who comes first is a matter of priority. N is the number of round trips.
 */
#include "board.h"
#include "trainsos.h"

enum { LARGEST_MESSAGE = 256, EARLIER = 1, LATER = 2 };

struct measurement {
    const char *order;
    int sender_priority;
    int receiver_priority;
    uint32_t size;
};

static const struct measurement MEASUREMENTS[] = {
    {"sender", EARLIER, LATER, 4},   {"sender", EARLIER, LATER, 64},
    {"sender", EARLIER, LATER, 256}, {"receiver", LATER, EARLIER, 4},
    {"receiver", LATER, EARLIER, 64}, {"receiver", LATER, EARLIER, 256},
};

enum { MEASUREMENT_COUNT = sizeof MEASUREMENTS / sizeof MEASUREMENTS[0] };

/* A task of its own, so that its priority can be chosen. Its parent gets the
 * microseconds (u32) that all round trips together took. */
static void send_messages(const struct arguments *args) {
    static _Alignas(16) char message[LARGEST_MESSAGE];
    static _Alignas(16) char reply[LARGEST_MESSAGE];
    uint64_t rounds = argument_number(args, "N", 0, 1, UINT32_MAX);
    size_t size = argument_number(args, "SIZE", 0, 1, LARGEST_MESSAGE);
    int receiver = (int)argument_number(args, "RECEIVER", 0, 1, INT32_MAX);
    uint32_t start = microseconds();
    for (uint64_t i = 0; i < rounds; i++) {
        ke_send(receiver, message, size, reply, size);
    }
    uint32_t elapsed = microseconds() - start;
    ke_send(receiver, message, 0, reply, 0);
    ke_send(ke_my_parent_tid(), (const char *)&elapsed, sizeof elapsed, reply, 0);
}

static uint32_t measure(const struct measurement *what, uint64_t rounds) {
    int receiver = create_program(what->receiver_priority, "srr_echo");
    struct argument_block block;
    block.length = 0;
    argument_add(&block, "PROGRAM", "user_entry");
    argument_add(&block, "ROLE", "sender");
    argument_add_number(&block, "N", rounds);
    argument_add_number(&block, "SIZE", what->size);
    argument_add_number(&block, "RECEIVER", (uint64_t)receiver);
    if (receiver < 0 || create_with(what->sender_priority, &block) < 0) {
        fail("srr_timing: cannot create the tasks\r\n");
    }
    int sender;
    uint32_t elapsed = 0;
    ke_recv(&sender, (char *)&elapsed, sizeof elapsed);
    ke_reply(sender, NULL, 0);
    return elapsed;
}

void program_main(const struct arguments *args) {
    if (text_equal(argument_text(args, "ROLE", "entry"), "sender")) {
        send_messages(args);
        return;
    }
    uint64_t rounds = argument_number(args, "N", 1000, 1, 10000000);
    print("send-receive-reply, %lu round trips each\r\n", rounds);
    for (int i = 0; i < MEASUREMENT_COUNT; i++) {
        const struct measurement *what = &MEASUREMENTS[i];
        uint64_t nanoseconds = (uint64_t)measure(what, rounds) * 1000 / rounds;
        print("%3u bytes, %-8s first: %lu.%03lu us\r\n", what->size, what->order,
              nanoseconds / 1000, nanoseconds % 1000);
    }
}
