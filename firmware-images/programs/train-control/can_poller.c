/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looks at the CAN controller's INT whenever nobody else has anything to do, and lets the box's server
 * take the frames: TrainsOS wakes nobody for a pin.
 */
#include "can.h"
#include "control.h"

void program_main(const struct arguments *args) {
    (void)args;
    static struct msgbox message;
    static struct msgbox reply;
    int box = ke_my_parent_tid();
    for (;;) {
        while (!can_waits()) {
        }
        MSGBOX_BEGIN(&message, CanFramesReq);
        ASK(box, &message, &reply, DoneResp);
    }
}
