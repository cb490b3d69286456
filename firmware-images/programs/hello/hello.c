/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest program: says who it is and ends. */
#include "trainsos.h"

void program_main(const struct arguments *args) {
    const char *name = argument_text(args, "NAME", "TrainsOS");
    print("Hello, %s! I am task %d.\r\n", name, ke_my_tid());
}
