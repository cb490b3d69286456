/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entry: TOTAL tasks (500) come and go, and no more than ALIVE (190) exist at
 * once, the idle task, the name server and this program's own two included.
 *
 * A maker of low priority creates workers of higher priority, so each worker
 * runs until it has sent its number to the entry. The entry keeps workers
 * waiting for their reply until as many exist as may; then it lets them all
 * go, and they are gone before the maker runs again.
 */
#include "trainsos.h"

enum {
    ENTRY_TID = 1,
    WORKER_PRIORITY = 1,
    MAKER_PRIORITY = 2,
    MOST_WORKERS = 700, /* a program's 1 MiB is never given back, and there are 990 */
    MOST_ALIVE = 190,
    OTHER_TASKS = 4,
};

struct roll {
    bool seen[MOST_WORKERS];
    int waiting[MOST_ALIVE];
    uint64_t waiting_count;
    uint64_t checked_in;
    uint64_t most_waiting;
};

static struct roll roll;

static void create_role(int priority, const char *role, const char *key, uint64_t value) {
    struct argument_block block;
    block.length = 0;
    argument_add(&block, "PROGRAM", "user_entry");
    argument_add(&block, "ROLE", role);
    argument_add_number(&block, key, value);
    int tid = create_with(priority, &block);
    if (tid < 0) {
        fail("many_tasks: cannot create %s %lu: %d\r\n", role, value, tid);
    }
}

static void send_number(uint64_t number) {
    char none;
    ke_send(ENTRY_TID, (const char *)&number, sizeof number, &none, 0);
}

static void make(uint64_t total) {
    for (uint64_t i = 0; i < total; i++) {
        create_role(WORKER_PRIORITY, "worker", "NUMBER", i);
    }
    send_number(MOST_WORKERS);
}

static void let_go(void) {
    for (uint64_t i = 0; i < roll.waiting_count; i++) {
        ke_reply(roll.waiting[i], NULL, 0);
    }
    roll.waiting_count = 0;
}

static void check_in(int tid, uint64_t number, uint64_t alive) {
    roll.checked_in += !roll.seen[number];
    roll.seen[number] = true;
    roll.waiting[roll.waiting_count++] = tid;
    if (roll.waiting_count > roll.most_waiting) {
        roll.most_waiting = roll.waiting_count;
    }
    if (roll.waiting_count == alive - OTHER_TASKS) {
        let_go();
    }
}

static void run(uint64_t total, uint64_t alive) {
    create_role(MAKER_PRIORITY, "maker", "TOTAL", total);
    for (;;) {
        int tid;
        uint64_t number;
        ke_recv(&tid, (char *)&number, sizeof number);
        if (number >= MOST_WORKERS) {
            ke_reply(tid, NULL, 0);
            break;
        }
        check_in(tid, number, alive);
    }
    let_go();
    print("many_tasks: %lu of %lu tasks checked in, at most %lu alive at once\r\n",
          roll.checked_in, total, roll.most_waiting + OTHER_TASKS);
}

void program_main(const struct arguments *args) {
    const char *role = argument_text(args, "ROLE", "entry");
    uint64_t total = argument_number(args, "TOTAL", 500, 1, MOST_WORKERS);
    if (text_equal(role, "worker")) {
        send_number(argument_number(args, "NUMBER", 0, 0, MOST_WORKERS - 1));
    } else if (text_equal(role, "maker")) {
        make(total);
    } else {
        run(total, argument_number(args, "ALIVE", MOST_ALIVE, OTHER_TASKS + 1, MOST_ALIVE));
    }
}
