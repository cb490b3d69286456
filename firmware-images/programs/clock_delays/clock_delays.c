/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entry: four tasks wait DELAY ticks, WAITS times each, and print at each
 * waking. The order shows both the clock and the priorities: of two tasks that
 * wake at the same tick, the one of higher priority prints first. When all are
 * through, the clock is stopped and the run comes to its end.
 */
#include "services.h"

struct waiter {
    int priority;
    uint64_t delay;
    uint64_t waits;
};

static const struct waiter WAITERS[] = {{3, 10, 20}, {4, 23, 9}, {5, 33, 6}, {6, 71, 3}};

enum { WAITER_COUNT = sizeof WAITERS / sizeof WAITERS[0], CLOCK_PRIORITY = 0 };

static void wait_in_rhythm(const struct arguments *args) {
    uint64_t delay = argument_number(args, "DELAY", 1, 1, 1000);
    uint64_t waits = argument_number(args, "WAITS", 1, 1, 1000);
    int tid = ke_my_tid();
    int clock_tid = name_require("clock_server");
    for (uint64_t i = 1; i <= waits; i++) {
        clock_wait(clock_tid, delay);
        print("task %d: %2lu ticks, %lu of %lu\r\n", tid, delay, i, waits);
    }
    char nothing;
    ke_send(ke_my_parent_tid(), &nothing, 0, &nothing, 0);
}

static void create_waiter(const struct waiter *waiter) {
    struct argument_block block;
    block.length = 0;
    argument_add(&block, "PROGRAM", "user_entry");
    argument_add(&block, "ROLE", "waiter");
    argument_add_number(&block, "DELAY", waiter->delay);
    argument_add_number(&block, "WAITS", waiter->waits);
    if (create_with(waiter->priority, &block) < 0) {
        fail("clock_delays: cannot create a task\r\n");
    }
}

void program_main(const struct arguments *args) {
    if (text_equal(argument_text(args, "ROLE", "entry"), "waiter")) {
        wait_in_rhythm(args);
        return;
    }
    int clock_tid = create_program(CLOCK_PRIORITY, "clock_server");
    if (clock_tid < 0) {
        fail("clock_delays: cannot create clock_server\r\n");
    }
    clock_now(clock_tid);
    for (int i = 0; i < WAITER_COUNT; i++) {
        create_waiter(&WAITERS[i]);
    }
    for (int i = 0; i < WAITER_COUNT; i++) {
        int tid;
        ke_recv(&tid, NULL, 0);
        ke_reply(tid, NULL, 0);
    }
    clock_stop(clock_tid);
    print("all tasks are through, the clock has stopped\r\n");
}
