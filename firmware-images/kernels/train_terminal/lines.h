/* SPDX-License-Identifier: Apache-2.0 */
/* Two serial lines: a terminal (115200 baud, 8N1) and the interface box (2400 baud, 8N2, with CTS). */
#ifndef LINES_H
#define LINES_H

#include "kernel.h"

enum line { TERMINAL, TRAINS };

/* Sets up both; from now on a received byte or a change of the box's CTS interrupts. */
void lines_start(void);
/* Takes back what interrupted, if it was a line. */
void lines_interrupted(int id);
bool line_has_byte(enum line line);
uint8_t line_get(enum line line);
bool line_has_room(enum line line);
void line_put(enum line line, uint8_t byte);
/* Whether the box's line is empty and clear to send. */
bool box_is_ready(void);
/* Lets the terminal interrupt when a byte comes, or not. */
void keys_wanted(bool are_wanted);

#endif
