/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Translation (Arm Architecture Reference Manual for A-profile, D8): addresses that are not their
 * own, faults with their level, address and direction, permissions, and invalidation.
 */
#include "catch.h"

const int stay_at_el2 = 0;
static volatile uint64_t page_a[512] __attribute__((aligned(4096)));
static volatile uint64_t page_b[512] __attribute__((aligned(4096)));
enum { WINDOW = 0x1FF000, HOLE = 0x1FE000, BLOCK_HOLE = 0x40000000 };
enum { PAGE = 3, SHARED = 3 << 8, ACCESSED = 1 << 10, NORMAL = 1 << 2, READ_ONLY = 1 << 7 };
enum { DATA_ABORT = 0x25, FETCH_ABORT = 0x21, WRITE_BIT = 1 << 6, STATUS = 0x3F };

static void map(uint64_t address, uint64_t entry) {
  mmu_level3[address >> 12] = entry;
  asm volatile("dsb ishst\n tlbi vaae1, %0\n dsb ish\n isb" ::"r"(address >> 12) : "memory");
}

static void map_page(uint64_t address, volatile uint64_t *page, uint64_t more) {
  map(address, (uint64_t)page | PAGE | SHARED | ACCESSED | NORMAL | more);
}

static uint64_t load(uint64_t address) {
  uint64_t value = 0;
  asm volatile("ldr %0, [%1]" : "+r"(value) : "r"(address) : "memory");
  return value;
}

static void store(uint64_t address, uint64_t value) {
  asm volatile("str %0, [%1]" ::"r"(value), "r"(address) : "memory");
}

static void expect(uint64_t class, uint64_t status, uint64_t far, const char *what) {
  check_equal(caught.count, 1, what);
  check_equal(caught.esr >> 26, class, what);
  check_equal(caught.esr & STATUS, status, what);
  check_equal(caught.far, far, what);
}

static void other_addresses(void) {
  page_a[3] = 0xAAAA;
  page_b[3] = 0xBBBB;
  map_page(WINDOW, page_a, 0);
  check_equal(load(WINDOW + 24), 0xAAAA, "a page seen through a window");
  map_page(WINDOW, page_b, 0);
  check_equal(load(WINDOW + 24), 0xBBBB, "another page after invalidation");
  store(WINDOW + 32, 0x1234);
  check_equal(page_b[4], 0x1234, "a store through the window");
}

static void faults(void) {
  map(HOLE, 0);
  catch_reset();
  load(HOLE + 0x123);
  expect(DATA_ABORT, 0x07, HOLE + 0x123, "load from a page that is not mapped");
  check((caught.esr & WRITE_BIT) == 0, "it was a load");
  catch_reset();
  store(HOLE + 8, 1);
  expect(DATA_ABORT, 0x07, HOLE + 8, "store to a page that is not mapped");
  check((caught.esr & WRITE_BIT) != 0, "it was a store");
  map_page(WINDOW, page_a, READ_ONLY);
  catch_reset();
  store(WINDOW + 16, 1);
  expect(DATA_ABORT, 0x0F, WINDOW + 16, "store to a read-only page");
  check_equal(load(WINDOW + 24), 0xAAAA, "load from a read-only page");
  map(WINDOW, (uint64_t)page_a | PAGE | SHARED | NORMAL);
  catch_reset();
  load(WINDOW);
  expect(DATA_ABORT, 0x0B, WINDOW, "load from a page without access flag");

  mmu_level1[1] = 0;
  asm volatile("dsb ishst\n tlbi vmalle1\n dsb ish\n isb" ::: "memory");
  catch_reset();
  load(BLOCK_HOLE + 0x100);
  expect(DATA_ABORT, 0x05, BLOCK_HOLE + 0x100, "load from a GiB that is not mapped");
  catch_reset();
  load(0x100000000ul);
  check_equal(caught.esr >> 26, DATA_ABORT, "load above the address space");
}

static void fetches(void) {
  extern const char back[];
  catch_reset();
  caught_pc = (uint64_t)back;
  caught_pstate = 0x3C5;
  asm volatile("br %0\n back:" ::"r"((uint64_t)HOLE) : "memory");
  expect(FETCH_ABORT, 0x07, HOLE, "jump to a page that is not mapped");
  check_equal(caught.elr, HOLE, "ELR of the jump");
  caught_pc = 0;
}

static void translate(void) {
  map_page(WINDOW, page_b, 0);
  asm volatile("at s1e1r, %0\n isb" ::"r"((uint64_t)WINDOW + 8));
  check_equal(READ(par_el1) & 0xFFFFFFFFF001, (uint64_t)page_b, "AT S1E1R");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  mmu_start();
  other_addresses();
  faults();
  fetches();
  translate();
  return checks_failed("check_mmu");
}
