/* SPDX-License-Identifier: Apache-2.0 */
/*
 * System-call stubs. The kernel resumes a caller at x30 (exception.S,
 * context_switch.S, 9d49562), so each stub is a leaf function: the bl that
 * called it has put the right address there. The ret serves kernels that
 * resume behind the svc.
 */
    .macro system_call name, number
    .section .text.\name, "ax", %progbits
    .balign 4
    .global \name
    .type \name, %function
\name:
    svc #\number
    ret
    .size \name, . - \name
    .endm

    system_call ke_exit, 0
    system_call ke_yield, 1
    system_call ke_create, 2
    system_call ke_my_tid, 3
    system_call ke_my_parent_tid, 4
    system_call ke_send, 5
    system_call ke_recv, 6
    system_call ke_reply, 7
    system_call ke_await_event, 8
    system_call ke_mmap, 9
    system_call ke_sys_health, 10
    system_call ke_quadrature_encoder_init, 11
    system_call ke_quadrature_encoder_get, 12
    system_call ke_print_raw, 13
    system_call ke_quit, 14

    .section .note.GNU-stack, "", %progbits
