/* SPDX-License-Identifier: Apache-2.0 */
#include "trainsos.h"

void end_run(int code) {
    enum { SYS_EXIT = 0x18, APPLICATION_EXIT = 0x20026 };
    const volatile uint64_t block[] = {APPLICATION_EXIT, (uint64_t)code};
    register uint64_t operation __asm__("x0") = SYS_EXIT;
    register const volatile uint64_t *parameter __asm__("x1") = block;
    __asm__ volatile("hlt #0xf000" : "+r"(operation) : "r"(parameter) : "memory");
    ke_exit();
}
