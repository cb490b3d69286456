/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Accesses to physical addresses where nothing is: synchronous external aborts (Arm Architecture
 * Reference Manual for A-profile, ESR_ELx: DFSC and IFSC 0x10) at the instruction, which has done
 * nothing. With the MMU off and on, from EL1 and EL0, by loads, stores and code.
 */
#include "catch.h"

const int stay_at_el2 = 0;
static uint8_t user_stack[4096] __attribute__((aligned(16)));

enum { DATA = 0x25, DATA_FROM_EL0 = 0x24, FETCH = 0x21, STORE = 1 << 6, EXTERNAL = 0x10 };
#define NOWHERE 0x600000000ul /* PCIe on the chip, behind a controller that is off */
#define WINDOW 0x40000000ul   /* mapped to NOWHERE when the MMU is on */
#define HERE(label) ({ extern const char label[]; (uint64_t)label; })

static void expect(uint64_t class, uint64_t far, uint64_t pc, uint64_t store, const char *what) {
  check_equal(caught.count, 1, what);
  check_equal(caught.esr, class << 26 | 1 << 25 | store | EXTERNAL, what);
  check_equal(caught.far, far, what);
  check_equal(caught.elr, pc, what);
}

static __attribute__((noinline)) void loads_and_stores(uint64_t place) {
  uint64_t value = 7, base = place, steps = 0;
  catch_reset();
  asm volatile("add %1, %1, #1\n at_load: ldr %0, [%2, #8]\n add %1, %1, #1"
               : "+r"(value), "+r"(steps) : "r"(place) : "memory");
  expect(DATA, place + 8, HERE(at_load), 0, "load");
  check_equal(value, 7, "a load that failed leaves its register");
  check_equal(steps, 2, "what is around it is done once");

  catch_reset();
  asm volatile("add %0, %0, #1\n at_store: str %0, [%1, #16]!\n add %0, %0, #1"
               : "+r"(steps), "+r"(base) :: "memory");
  expect(DATA, place + 16, HERE(at_store), STORE, "store");
  check_equal(base, place, "a store that failed leaves its base");
  check_equal(steps, 4, "what is around a store is done once");

  /* The same registers before with other addresses; the second of two equal ones is not reached. */
  uint64_t there = (uint64_t)user_stack;
  catch_reset();
  asm volatile("strb wzr, [%0]\n mov %0, %1\n at_second: strb wzr, [%0]\n strb wzr, [%0]"
               : "+r"(there) : "r"(place) : "memory");
  check_equal(caught.count, 2, "two stores");
  check_equal(caught.elr, HERE(at_second) + 4, "the second of two stores");

  catch_reset();
  asm volatile("at_pair: ldp x9, x10, [%0, #-16]" ::"r"(place + 16) : "x9", "x10", "memory");
  expect(DATA, place, HERE(at_pair), 0, "pair");
  catch_reset();
  asm volatile("at_index: ldrh w9, [%0, %1, lsl #1]" ::"r"(place), "r"(3ul) : "x9", "memory");
  expect(DATA, place + 6, HERE(at_index), 0, "load with index");
  catch_reset();
  asm volatile("at_exclusive: ldxr x9, [%0]" ::"r"(place) : "x9", "memory");
  expect(DATA, place, HERE(at_exclusive), 0, "load-exclusive");
  catch_reset();
  asm volatile("at_vector: ldr q0, [%0]" ::"r"(place) : "v0", "memory");
  expect(DATA, place, HERE(at_vector), 0, "load of a vector");
}

static __attribute__((noinline)) void jump(uint64_t place) {
  extern const char after_jump[];
  catch_reset();
  caught_pc = (uint64_t)after_jump;
  caught_pstate = 0x3C5;
  asm volatile("br %0\n after_jump:" ::"r"(place) : "memory");
  caught_pc = 0;
  expect(FETCH, place, place, 0, "jump");
}

static __attribute__((noinline)) void from_el0(void) {
  extern const char user_code[], user_load[], from_user[];
  WRITE(elr_el1, user_code);
  WRITE(spsr_el1, 0ul);
  WRITE(sp_el0, user_stack + 4096);
  catch_reset();
  caught_pc = (uint64_t)from_user;
  caught_pstate = 0x3C5;
  asm volatile("eret\n user_code: mov x0, #0x40000000\n user_load: ldr x1, [x0]\n svc #1\n from_user:" ::
                   : "x0", "x1", "memory");
  caught_pc = 0;
  check_equal(caught.vector, VECTOR_LOWER_SYNC, "EL0: vector");
  expect(DATA_FROM_EL0, WINDOW, (uint64_t)user_load, 0, "EL0");
}

static void map(uint64_t entry) {
  mmu_level1[1] = entry;
  asm volatile("dsb ishst\n tlbi vmalle1\n dsb ish\n isb" ::: "memory");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start;
  (void)firmware_argument;
  console_start();
  loads_and_stores(NOWHERE);
  jump(NOWHERE);
  mmu_start();
  WRITE(tcr_el1, READ(tcr_el1) | 4ul << 32); /* IPS: 44 bits */
  map(NOWHERE | 1 << 10 | 3 << 8 | 1 << 6 | 1 << 2 | 1);
  loads_and_stores(WINDOW);
  from_el0();
  map(NOWHERE | 1 << 10 | 3 << 8 | 1 << 2 | 1);
  jump(WINDOW);
  return checks_failed("check_external_abort");
}
