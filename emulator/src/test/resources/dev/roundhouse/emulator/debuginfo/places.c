static inline __attribute__((always_inline)) int innermost(const volatile int *p) {
  return p[1] * 3;
}
static inline __attribute__((always_inline)) int between(const volatile int *p) {
  return innermost(p) + 2;
}
__attribute__((noinline)) int outer(const volatile int *p) {
  int sum = between(p);
  return sum * 5;
}
__attribute__((noinline)) int caller(const volatile int *p) {
  int once = outer(p);
  return once + outer(p + 1);
}
void _start(const volatile int *p) {
  caller(p);
  __asm__ volatile("svc #0");
}
int dropped(void) {
  return 7;
}
