/* SPDX-License-Identifier: Apache-2.0 */
	.global sel4_reply, sel4_yield, sel4_nbsend
	.type sel4_reply, %function
sel4_reply:
	mov x5, x4
	mov x4, x3
	mov x3, x2
	mov x2, x1
	mov x1, x0
	mov x7, #-6
	svc #0
	ret
	.size sel4_reply, . - sel4_reply
	.type sel4_yield, %function
sel4_yield:
#ifdef KEEPS_NOT
	mov x19, #-7
	mov x7, x19
#elif defined(OPERAND_ORDER)
	mov x0, #-7
	mov x0, x1
	mov x7, x0
#else
	mov x7, #-7
#endif
#ifdef WRONG_IMMEDIATE
	svc #1
#else
	svc #0
#endif
	ret
	.size sel4_yield, . - sel4_yield
	.type sel4_nbsend, %function
sel4_nbsend:
#ifdef LOOPS
	b .
#elif defined(EVERYWHERE)
1:	str x1, [x0], #8
	b 1b
#elif defined(STACK)
	str x0, [sp, #16]
#elif defined(NO_SVC)
	ret
#endif
	mov x7, #-4
	svc #0
	ret
	.size sel4_nbsend, . - sel4_nbsend
