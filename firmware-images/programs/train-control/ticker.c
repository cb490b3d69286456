/* SPDX-License-Identifier: Apache-2.0 */
/* Wakes its parent: asks it for a number of clock ticks, waits them, asks again. */
#include "control.h"

void program_main(const struct arguments *args) {
    (void)args;
    static struct msgbox message;
    static struct msgbox reply;
    int parent = ke_my_parent_tid();
    int clock = name_require("clock_server");
    for (;;) {
        MSGBOX_BEGIN(&message, TickerReq);
        uint64_t ticks = ASK(parent, &message, &reply, TickerResp)->ticks;
        if (ticks == 0) {
            return;
        }
        clock_wait(clock, ticks);
    }
}
