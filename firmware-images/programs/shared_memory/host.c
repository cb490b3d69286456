/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The host's side of shared_memory.c: waits for its heart to beat, sends it a line, prints the
 * answer, and tells it to stop. Any Linux or macOS: cc -o host host.c
 * Exit codes: 0 all is well; 1 no answer within ten seconds; 2 usage.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "shared.h"

enum { STEP_MICROSECONDS = 2000, MOST_STEPS = 30000 };

static int steps;

static bool wait_a_little(void) {
    usleep(STEP_MICROSECONDS);
    return ++steps < MOST_STEPS;
}

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: host FILE\n");
        return 2;
    }
    int file = open(arguments[1], O_RDWR);
    void *page = file < 0 ? MAP_FAILED
                          : mmap(NULL, SHARED_FILE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (page == MAP_FAILED) {
        perror(arguments[1]);
        return 2;
    }
    SharedMem *shared = page;
    while (__atomic_load_n(&shared->heartbeat, __ATOMIC_ACQUIRE) < 3) {
        if (!wait_a_little()) {
            return 1;
        }
    }
    printf("its heart beats\n");
    const char *line = "all aboard\n";
    for (const char *next = line; *next; next++) {
        ring_put(&shared->to_guest, (uint8_t)*next);
    }
    for (size_t got = 0; got < strlen(line);) {
        int byte = ring_take(&shared->to_host);
        if (byte >= 0) {
            putchar(byte);
            got++;
        } else if (!wait_a_little()) {
            return 1;
        }
    }
    __atomic_store_n(&shared->stop, 1, __ATOMIC_RELEASE);
    return 0;
}
