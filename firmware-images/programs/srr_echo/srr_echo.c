/* SPDX-License-Identifier: Apache-2.0 */
/* Replies to each message with the message, until one is empty. */
#include "trainsos.h"

enum { LARGEST_MESSAGE = 4096 };

void program_main(const struct arguments *args) {
    (void)args;
    static _Alignas(16) char message[LARGEST_MESSAGE];
    int sender;
    int length;
    do {
        length = ke_recv(&sender, message, sizeof message);
        size_t held = (size_t)length < sizeof message ? (size_t)length : sizeof message;
        ke_reply(sender, message, held);
    } while (length > 0);
}
