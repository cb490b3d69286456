// SPDX-License-Identifier: Apache-2.0
// From the firmware's hands (EL2, MMU off) to kernel_main at EL1, and the exception vectors.
// A kernel that defines STAY_AT_EL2 stays where it is.

    .section .text.start, "ax"
    .globl _start
_start:
    mrs     x19, CurrentEL
    mov     x20, x0                     // what the firmware passes: device tree or 0
    ldr     x1, =__bss_start
    ldr     x2, =__bss_end
1:  cmp     x1, x2
    b.hs    2f
    stp     xzr, xzr, [x1], #16
    b       1b
2:  ldr     x3, =__stack_top
    adr     x4, vectors
    ldr     x5, =stay_at_el2
    ldr     w5, [x5]
    cbnz    w5, 3f
    mov     x0, #(1 << 31)              // HCR_EL2.RW: EL1 is AArch64
    msr     hcr_el2, x0
    msr     sp_el1, x3
    msr     vbar_el1, x4
    mov     x0, #(3 << 20)              // CPACR_EL1.FPEN
    msr     cpacr_el1, x0
    mov     x0, #0x3                    // CNTHCTL_EL2: EL1 may use the physical timer
    msr     cnthctl_el2, x0
    mov     x0, #0x3c5                  // EL1h, masked
    msr     spsr_el2, x0
    adr     x0, 4f
    msr     elr_el2, x0
    eret
3:  mov     sp, x3
    msr     vbar_el2, x4
    isb
4:  mov     x0, x19
    mov     x1, x20
    bl      kernel_main
    bl      finish                      // kernel_main's result is the exit code

// Semihosting SYS_EXIT_EXTENDED: the emulator ends the run with this code.
    .text
    .globl finish
finish:
    adr     x1, exit_block
    str     x0, [x1, #8]
    dsb     sy
    mov     w0, #0x20
    hlt     #0xf000
5:  wfi
    b       5b
    .section .data
    .balign 8
exit_block:
    .quad   0x20026, 0

// Saves a struct frame, calls on_exception(frame, vector), restores it.
    .text
    .macro  vector number
    .balign 0x80
    sub     sp, sp, #288
    stp     x0, x1, [sp, #0]
    mov     x1, #\number
    b       save
    .endm

    .balign 0x800
    .globl vectors
vectors:
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    vector \n
    .endr

save:
    stp     x2, x3, [sp, #16]
    stp     x4, x5, [sp, #32]
    stp     x6, x7, [sp, #48]
    stp     x8, x9, [sp, #64]
    stp     x10, x11, [sp, #80]
    stp     x12, x13, [sp, #96]
    stp     x14, x15, [sp, #112]
    stp     x16, x17, [sp, #128]
    stp     x18, x19, [sp, #144]
    stp     x20, x21, [sp, #160]
    stp     x22, x23, [sp, #176]
    stp     x24, x25, [sp, #192]
    stp     x26, x27, [sp, #208]
    stp     x28, x29, [sp, #224]
    mrs     x2, sp_el0
    stp     x30, x2, [sp, #240]
    mrs     x4, CurrentEL
    cmp     x4, #8
    b.eq    1f
    mrs     x2, elr_el1
    mrs     x3, spsr_el1
    b       2f
1:  mrs     x2, elr_el2
    mrs     x3, spsr_el2
2:  stp     x2, x3, [sp, #256]
    mov     x0, sp
    bl      on_exception
    ldp     x2, x3, [sp, #256]
    mrs     x4, CurrentEL
    cmp     x4, #8
    b.eq    3f
    msr     elr_el1, x2
    msr     spsr_el1, x3
    b       4f
3:  msr     elr_el2, x2
    msr     spsr_el2, x3
4:  ldp     x30, x2, [sp, #240]
    msr     sp_el0, x2
    ldp     x28, x29, [sp, #224]
    ldp     x26, x27, [sp, #208]
    ldp     x24, x25, [sp, #192]
    ldp     x22, x23, [sp, #176]
    ldp     x20, x21, [sp, #160]
    ldp     x18, x19, [sp, #144]
    ldp     x16, x17, [sp, #128]
    ldp     x14, x15, [sp, #112]
    ldp     x12, x13, [sp, #96]
    ldp     x10, x11, [sp, #80]
    ldp     x8, x9, [sp, #64]
    ldp     x6, x7, [sp, #48]
    ldp     x4, x5, [sp, #32]
    ldp     x2, x3, [sp, #16]
    ldp     x0, x1, [sp], #288
    eret
