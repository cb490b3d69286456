/* SPDX-License-Identifier: Apache-2.0 */
#include "catch.h"

enum { EC_SVC = 0x15, EC_HVC = 0x16 };

struct caught caught;
uint64_t caught_skip = 4, caught_pc, caught_pstate;
void (*caught_interrupt)(void);

void on_exception(struct frame *frame, uint64_t vector) {
  bool at_el2 = READ(CurrentEL) >> 2 == 2;
  if ((vector & 3) == 1) {
    caught.vector = vector;
    caught.elr = frame->pc;
    caught.spsr = frame->pstate;
    caught.count++;
    if (caught_interrupt) {
      caught_interrupt();
    }
    return;
  }
  caught.count++;
  caught.vector = vector;
  caught.esr = at_el2 ? READ(esr_el2) : READ(esr_el1);
  caught.far = at_el2 ? READ(far_el2) : READ(far_el1);
  caught.elr = frame->pc;
  caught.spsr = frame->pstate;
  uint64_t class = caught.esr >> 26;
  if (caught_pc) {
    frame->pc = caught_pc;
    frame->pstate = caught_pstate;
  } else if (class != EC_SVC && class != EC_HVC) {
    frame->pc += caught_skip;
  }
}
