/* A server that calls its own interface, which sends to itself. */
#include "services.h"

static int ask(int server) {
    char answer[4];
    return ke_send(server, "get", 4, answer, sizeof answer);
}

void program_main(const struct arguments *args) {
    (void)args;
    name_register("self");
    int server = name_lookup("self");
    print("value %d\r\n", ask(server));
}
