/* SPDX-License-Identifier: Apache-2.0 */
/* For kernels that take exceptions on purpose: what the last one was, and where to go on. */
#ifndef CATCH_H
#define CATCH_H

#include "kernel.h"

struct caught {
  uint64_t count, vector, esr, far, elr, spsr;
};

extern struct caught caught;
/* Added to the return address of an exception that is no system call; 0 stays at the instruction. */
extern uint64_t caught_skip;
/* If not 0, where the exception returns to, at the level and masks of caught_pstate. */
extern uint64_t caught_pc, caught_pstate;
/* Called for interrupts. */
extern void (*caught_interrupt)(void);

static inline void catch_reset(void) {
  caught = (struct caught){0};
}

#endif
