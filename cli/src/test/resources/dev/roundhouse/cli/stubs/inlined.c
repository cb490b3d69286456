/* SPDX-License-Identifier: Apache-2.0 */
int ke_my_tid(void) { register int x0 asm("x0"); asm volatile("svc #3" : "=r"(x0) :: "memory"); return x0; }
int ke_send(int to, const void *m, unsigned long n, void *r, unsigned long k) {
  volatile char keep[32]; keep[0] = 1;
  register long x0 asm("x0") = to, x2 asm("x2") = n, x4 asm("x4") = k;
  register const void *x1 asm("x1") = m;
  register void *x3 asm("x3") = r;
  asm volatile("svc #5" : "+r"(x0) : "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
  return x0 + keep[0] - 1;
}

int main(void) { return ke_my_tid() + 1; }

int yields(int n) {
  asm volatile("svc #1" : : : "memory");
  return n + 1;
}
