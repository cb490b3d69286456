/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Waits for the interrupts of one UART on behalf of its parent. The parent
 * replies with the UART's number (u32) when it wants the next one; the message
 * back is the interrupt status (u32), 0 for the first.
 *
 * Its priority must be the parent's or higher: then it waits in await_event
 * before the parent, after the reply, goes on and arms IMSC. An interrupt that
 * came earlier would wake nobody and, as the kernel writes 0 to IMSC, would
 * not come again.
 */
#include "trainsos.h"

void program_main(const struct arguments *args) {
    (void)args;
    int parent = ke_my_parent_tid();
    uint32_t status = 0;
    uint32_t uart = 0;
    while (ke_send(parent, (const char *)&status, sizeof status, (char *)&uart, sizeof uart) ==
           sizeof uart) {
        status = (uint32_t)ke_await_event(KE_EVENT_UART + uart);
    }
}
