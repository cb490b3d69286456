/* The length of a text where its address should be. */
#include "trainsos.h"

void program_main(const struct arguments *args) {
    (void)args;
    const char order[] = "go 24";
    char answer[8];
    ke_send(KE_NAME_SERVER_TID, (const char *)sizeof order, 6, answer, sizeof answer);
}
