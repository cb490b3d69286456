/* A copy without a bound, which writes over the return address on the stack. */
#include "trainsos.h"

static __attribute__((noinline)) void copy(char *to, const char *from) {
    while ((*to++ = *from++) != 0) {
    }
}

static __attribute__((noinline)) void greet(const char *name) {
    char text[8];
    copy(text, name);
    print("hello %s\r\n", text);
}

void program_main(const struct arguments *args) {
    greet(argument_text(args, "NAME", "whose name is much longer than the array for it, by far too much"));
}
