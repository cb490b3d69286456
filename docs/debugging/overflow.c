/* A path finder whose recursion does not end in time. */
#include "trainsos.h"

static int visit(int node, int depth) {
    volatile char path[4096];
    path[0] = (char)node;
    if (depth == 0) {
        ke_yield();
        return path[0];
    }
    return visit(node + 1, depth - 1) + path[0];
}

void program_main(const struct arguments *args) {
    (void)args;
    print("%d\r\n", visit(0, 300));
}
