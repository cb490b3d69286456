/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the core says it is: the BCM2711's Cortex-A72 r0p3 (Cortex-A72 TRM, 100095_0003_06, table
 * 4-1, and the registers' descriptions): four cores, 48 KiB of L1 instruction cache, 32 KiB of L1
 * data cache, 1 MiB of L2 cache, no Cryptographic Extension, no system registers of the GIC.
 */
#include "catch.h"

enum { TRAPPED_SYSTEM_REGISTER = 0x18, UNDEFINED = 0x02000000 };
const int stay_at_el2 = 1;

#define IS(name, value) check_equal(READ(name), value, #name)

static void main_registers(void) {
  IS(midr_el1, 0x410FD083);
  IS(mpidr_el1, 0x80000000);
  IS(revidr_el1, 0);
  IS(aidr_el1, 0);
  IS(vpidr_el2, 0x410FD083);
  IS(vmpidr_el2, 0x80000000);
  IS(id_pfr0_el1, 0x00000131);
  IS(id_pfr1_el1, 0x00011011);
  IS(id_dfr0_el1, 0x03010066);
  IS(id_afr0_el1, 0);
  IS(id_mmfr0_el1, 0x10201105);
  IS(id_mmfr1_el1, 0x40000000);
  IS(id_mmfr2_el1, 0x01260000);
  IS(id_mmfr3_el1, 0x02102211);
  IS(s3_0_c0_c2_6, 0); /* ID_MMFR4_EL1 */
  IS(id_isar0_el1, 0x02101110);
  IS(id_isar1_el1, 0x13112111);
  IS(id_isar2_el1, 0x21232042);
  IS(id_isar3_el1, 0x01112131);
  IS(id_isar4_el1, 0x00011142);
  IS(id_isar5_el1, 0x00010001);
  IS(mvfr0_el1, 0x10110222);
  IS(mvfr1_el1, 0x12111111);
  IS(mvfr2_el1, 0x00000043);
  IS(id_aa64pfr0_el1, 0x00002222);
  IS(id_aa64pfr1_el1, 0);
  IS(id_aa64dfr0_el1, 0x10305106);
  IS(id_aa64dfr1_el1, 0);
  IS(id_aa64afr0_el1, 0);
  IS(id_aa64afr1_el1, 0);
  IS(id_aa64isar0_el1, 0x00010000);
  IS(id_aa64isar1_el1, 0);
  IS(id_aa64mmfr0_el1, 0x00001124);
  IS(id_aa64mmfr1_el1, 0);
  IS(s3_0_c0_c7_2, 0); /* ID_AA64MMFR2_EL1 */
  IS(s3_0_c0_c4_4, 0); /* ID_AA64ZFR0_EL1 */
  IS(s3_1_c11_c0_2, 3 << 24); /* L2CTLR_EL1: four cores */
  IS(cntfrq_el0, 54000000);
}

static void caches(void) {
  static const uint64_t sizes[] = {0x701FE00A, 0x201FE012, 0x707FE07A};
  static const char *const names[] = {"CCSIDR_EL1 of the L1 data cache", "CCSIDR_EL1 of the L1 instruction cache",
                                      "CCSIDR_EL1 of the L2 cache"};
  IS(ctr_el0, 0x8444C004);
  IS(dczid_el0, 4);
  IS(clidr_el1, 0x0A200023);
  for (uint64_t select = 0; select < 3; select++) {
    WRITE(csselr_el1, select);
    ISB();
    check_equal(READ(csselr_el1), select, "CSSELR_EL1");
    check_equal(READ(ccsidr_el1), sizes[select], names[select]);
  }
}

/* Each of these would be executed by a core with the extension. */
#define IS_UNDEFINED(code, name)                                 \
  do {                                                           \
    catch_reset();                                               \
    asm volatile(".inst " #code ::: "memory");                   \
    check_equal(caught.esr, UNDEFINED, name);                    \
  } while (0)

static void instructions(void) {
  IS_UNDEFINED(0x4E284820, "AESE");
  IS_UNDEFINED(0x4E285820, "AESD");
  IS_UNDEFINED(0x4E286820, "AESMC");
  IS_UNDEFINED(0x4E287820, "AESIMC");
  IS_UNDEFINED(0x5E020020, "SHA1C");
  IS_UNDEFINED(0x5E280820, "SHA1H");
  IS_UNDEFINED(0x5E023020, "SHA1SU0");
  IS_UNDEFINED(0x5E024020, "SHA256H");
  IS_UNDEFINED(0x5E282820, "SHA256SU0");
  IS_UNDEFINED(0x0EE2E020, "PMULL of 64 bits");
  IS_UNDEFINED(0x4EE2E020, "PMULL2 of 64 bits");
  catch_reset();
  uint32_t crc = 0;
  asm volatile(".arch armv8-a+crc\n crc32w %w0, %w0, %w1" : "+r"(crc) : "r"(1u));
  asm volatile(".inst 0x0E22E020 // pmull v0.8h, v1.8b, v2.8b" ::: "memory");
  check(caught.count == 0, "CRC32 and PMULL of 8 bits are defined");
  check_equal(crc, 0xB8BC6765, "CRC32W of 1");
}

/* HCR_EL2.TID1 and TID3 trap what EL1 reads. */
static void traps(void) {
  extern const char back[];
  catch_reset();
  WRITE(hcr_el2, 1ul << 31 | 1 << 18 | 1 << 16);
  caught_pc = (uint64_t)back;
  caught_pstate = 0x3C9;
  asm volatile("adr x0, at_el1\n msr elr_el2, x0\n mov x0, #0x3c5\n msr spsr_el2, x0\n eret\n"
               "at_el1: mrs x7, midr_el1\n mrs x7, id_aa64isar0_el1\n hvc #0x33\n"
               "back:" ::: "x0", "x7", "memory");
  caught_pc = 0;
  check_equal(caught.esr >> 26, TRAPPED_SYSTEM_REGISTER, "HCR_EL2.TID3 traps ID_AA64ISAR0_EL1");
  WRITE(hcr_el2, 1ul << 31);
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  WRITE(cpacr_el1, 3 << 20);
  WRITE(cptr_el2, 0x33FF);
  ISB();
  main_registers();
  caches();
  instructions();
  traps();
  return checks_failed("check_identity");
}
