/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The clock server's notifier: arms compare 1 of the system timer, waits for
 * its interrupt and reports the ticks that passed. Times are multiples of the
 * tick from its start, so no drift adds up.
 *
 * The timer compares for equality (BCM2711 peripherals, 10.2): a time that has
 * gone by when it is armed would match 71 minutes later. print_raw keeps
 * interrupts off for milliseconds, so this does happen; such ticks are
 * reported with the next one. And an interrupt between the arming and
 * await_event wakes nobody, so the time armed lies a margin ahead.
 */
#include "board.h"
#include "services.h"

enum { MARGIN_MICROSECONDS = 1000 };

/* Moves `next` to a tick that can still be armed, and arms it. Returns the
 * number of ticks that it is away from the one before. */
static uint64_t arm(uint32_t *next) {
    uint32_t behind = microseconds() + MARGIN_MICROSECONDS - *next;
    uint64_t ticks = 1;
    if ((int32_t)behind >= 0) {
        ticks += behind / CLOCK_TICK_MICROSECONDS;
    }
    *next += (uint32_t)ticks * CLOCK_TICK_MICROSECONDS;
    system_timer()->compare[1] = *next;
    return ticks;
}

void program_main(const struct arguments *args) {
    (void)args;
    static struct msgbox message;
    static struct msgbox reply;
    int server = ke_my_parent_tid();
    uint32_t next = microseconds();
    system_timer()->cs = SYSTEM_TIMER_MATCH_1;
    do {
        uint64_t ticks = arm(&next);
        ke_await_event(KE_EVENT_TIMER);
        ClockNotifier *passed = MSGBOX_BEGIN(&message, ClockNotifier);
        passed->ticks = ticks;
        if (msgbox_send(server, &message, &reply) < 0) {
            fail("clock_notifier: task %d, the clock server, is gone\r\n", server);
        }
    } while (MSGBOX_READ(&reply, ClockNotifier) != NULL);
}
