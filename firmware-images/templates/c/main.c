/* Task 1: creates a task, sends it a message and prints the answer. */
#include "trainsos.h"

enum { ECHO_PRIORITY = 1 };

void program_main(const struct arguments *args) {
    const char *name = argument_text(args, "NAME", "TrainsOS");
    print("Hello, %s! I am task %d.\r\n", name, ke_my_tid());

    /* The program is found by its file name, build/echo.elf. */
    int echo = create_program(ECHO_PRIORITY, "echo");
    char reply[32];
    const char message[] = "all aboard";
    int length = ke_send(echo, message, sizeof message, reply, sizeof reply);
    if (length < 0) {
        fail("nobody has tid %d\r\n", echo);
    }
    print("Task %d answered %d bytes: %s\r\n", echo, length, reply);
}
