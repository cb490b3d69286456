// SPDX-License-Identifier: Apache-2.0
// The programs in the image, by the names that create finds them by, and the loader's system calls.
#ifndef ENTRY
#define ENTRY rps
#endif
    .text
    .globl call_exit, call_mmap
call_exit:
    svc     #0
call_mmap:
    svc     #9
    ret

    .macro program name, image
    .section .rodata.files, "a"
    .balign 16
file_\name:
    .incbin "\image\().elf"
    .section .rodata.names, "a"
name_\name:
    .asciz "\name"
    .section .rodata.programs, "a"
    .quad   name_\name, file_\name
    .endm

    .section .rodata.programs, "a"
    .balign 8
    .globl programs
programs:
    program user_entry, ENTRY
    program rps_server, rps_server
    program rps_player, rps_player
    program name_server, name_server
    .section .rodata.programs, "a"
    .quad   0, 0
