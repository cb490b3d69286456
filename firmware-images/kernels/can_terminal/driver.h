/* SPDX-License-Identifier: Apache-2.0 */
/* A driver of the CAN bus, and how its kernel waits. */
#ifndef DRIVER_H
#define DRIVER_H

#include "mcp2515.h"

/* Sets up SPI0 and the chip for 250 kbit/s and all frames; false when it does not enter normal mode. */
bool can_start(void);
/* Sends a frame; false while the last one has not left. */
bool can_send(const struct can_frame *frame);
/* Sends the last frame no more, if it has not left. */
void can_give_up(void);
/* Takes the eldest frame that has come; false when there is none. */
bool can_receive(struct can_frame *frame);
/* How many times frames were lost, for nobody took those before them. */
unsigned can_losses(void);
/* Returns when a frame, a key (if they are wanted) or that time has come, or earlier. */
void rest(uint32_t until, bool wants_keys);

#endif
