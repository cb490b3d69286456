/* Answers one message with itself, and ends. */
#include "trainsos.h"

void program_main(const struct arguments *args) {
    (void)args;
    int sender;
    char message[32];
    int length = ke_recv(&sender, message, sizeof message);
    size_t received = (size_t)length < sizeof message ? (size_t)length : sizeof message;
    ke_reply(sender, message, received);
}
