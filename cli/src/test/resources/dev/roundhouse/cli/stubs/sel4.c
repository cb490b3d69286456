/* SPDX-License-Identifier: Apache-2.0 */
/* Stubs of seL4 in the form of its C library, and what may go wrong with them, by macros. */
typedef unsigned long word;
#define SVC "svc #0"
#define STUB static inline __attribute__((always_inline))

STUB void send(word dest, word info, word mr0, word mr1, word mr2, word mr3) {
  register word x0 asm("x0") = dest, x1 asm("x1") = info, x2 asm("x2") = mr0;
  register word x3 asm("x3") = mr1, x4 asm("x4") = mr2, x5 asm("x5") = mr3, x7 asm("x7") = -3;
#ifdef MISSING_OUTPUTS
  asm volatile(SVC : : "r"(x0), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5), "r"(x7));
#else
  asm volatile(SVC : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3), "+r"(x4), "+r"(x5) : "r"(x7));
#endif
}

STUB word recv(word src, word *badge, word *mr0, word *mr1, word *mr2, word *mr3) {
  register word x0 asm("x0") = src, x1 asm("x1"), x2 asm("x2"), x3 asm("x3"), x4 asm("x4");
  register word x5 asm("x5"), x7 asm("x7") = -5;
  asm volatile(SVC : "+r"(x0), "=r"(x1), "=r"(x2), "=r"(x3), "=r"(x4), "=r"(x5) : "r"(x7)
#ifndef NOMEM
  : "memory"
#endif
  );
  *badge = x0; *mr0 = x2; *mr2 = x4;
#ifdef SWAPPED
  *mr1 = x5; *mr3 = x3;
#else
  *mr1 = x3; *mr3 = x5;
#endif
  return x1;
}
void sel4_send(word a, word b, word c, word d, word e, word f) { send(a, b, c, d, e, f); }
word sel4_recv(word a, word *b, word *c, word *d, word *e, word *f) { return recv(a, b, c, d, e, f); }
word sel4_send_inlined(word *restrict cell, word a, word b, word c, word d, word e, word f) {
  *cell = 0x726f756e64687573UL; send(a, b, c, d, e, f); word seen = *cell; send(a, b, c, d, e, f); return seen;
}
word sel4_recv_inlined(word *restrict cell, word a, word *b, word *c, word *d, word *e, word *f) {
  *cell = 0x726f756e64687573UL; recv(a, b, c, d, e, f); word seen = *cell; recv(a, b, c, d, e, f); return seen;
}
