/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The clock server: counts ticks of 10 ms that its notifier reports, and wakes
 * tasks whose time has come. Registered as "clock_server". Tasks that wait for
 * the same tick wake in the order in which they asked.
 */
#include "services.h"

enum { MOST_WAITERS = 256 };

struct waiter {
    uint64_t until;
    int tid;
};

struct clock {
    uint64_t tick;
    struct waiter waiters[MOST_WAITERS]; /* earliest first */
    size_t count;
    int stopper; /* the task that asked to stop, or 0 */
};

static struct clock clock;
static struct msgbox reply;

static void reply_waited(int tid) {
    MSGBOX_BEGIN(&reply, ClockWaitResp);
    msgbox_reply(tid, &reply);
}

static void wake_first(void) {
    int tid = clock.waiters[0].tid;
    clock.count--;
    for (size_t i = 0; i < clock.count; i++) {
        clock.waiters[i] = clock.waiters[i + 1];
    }
    reply_waited(tid);
}

static void wait(int tid, uint64_t ticks) {
    if (ticks == 0) {
        reply_waited(tid);
        return;
    }
    if (clock.count == MOST_WAITERS) {
        fail("clock_server: more than %d tasks wait\r\n", MOST_WAITERS);
    }
    uint64_t until = ticks > UINT64_MAX - clock.tick ? UINT64_MAX : clock.tick + ticks;
    size_t at = clock.count++;
    for (; at > 0 && clock.waiters[at - 1].until > until; at--) {
        clock.waiters[at] = clock.waiters[at - 1];
    }
    clock.waiters[at] = (struct waiter){until, tid};
}

/* The notifier goes on at once, so that the next tick is armed in time. */
static void advance(int notifier, uint64_t ticks) {
    MSGBOX_BEGIN(&reply, ClockNotifier);
    msgbox_reply(notifier, &reply);
    clock.tick += ticks;
    while (clock.count > 0 && clock.waiters[0].until <= clock.tick) {
        wake_first();
    }
}

/* The notifier exits on this answer, as it would arm the timer on another. */
static void stop(int notifier) {
    MSGBOX_BEGIN(&reply, ClockStopReq);
    msgbox_reply(notifier, &reply);
    while (clock.count > 0) {
        wake_first();
    }
    MSGBOX_BEGIN(&reply, ClockStopResp);
    msgbox_reply(clock.stopper, &reply);
    ke_exit();
}

static void serve(const struct msgbox *message, int sender) {
    const ClockNotifier *passed = MSGBOX_READ(message, ClockNotifier);
    const ClockWaitReq *wait_request = MSGBOX_READ(message, ClockWaitReq);
    if (passed != NULL && clock.stopper != 0) {
        stop(sender);
    } else if (passed != NULL) {
        advance(sender, passed->ticks);
    } else if (wait_request != NULL) {
        wait(sender, wait_request->ticks);
    } else if (MSGBOX_READ(message, ClockCurTickReq) != NULL) {
        ClockCurTickResp *response = MSGBOX_BEGIN(&reply, ClockCurTickResp);
        response->cur_tick = clock.tick;
        msgbox_reply(sender, &reply);
    } else if (MSGBOX_READ(message, ClockStopReq) != NULL) {
        clock.stopper = sender; /* answered at the next tick, with the notifier at hand */
    } else {
        print("clock_server: task %d sent a message that is no request\r\n", sender);
    }
}

void program_main(const struct arguments *args) {
    (void)args;
    if (!name_register("clock_server")) {
        fail("clock_server: the name is taken\r\n");
    }
    if (create_program(KE_PRIORITY_HIGHEST, "clock_notifier") < 0) {
        fail("clock_server: cannot create clock_notifier\r\n");
    }
    static struct msgbox message;
    for (;;) {
        int sender;
        msgbox_recv(&sender, &message);
        serve(&message, sender);
    }
}
