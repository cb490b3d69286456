/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entry of the show that `./roundhouse demo` runs: less than a second of
 * virtual time, the same output every time.
 *
 * END=quit (the default) ends it by the quit call, which reboots the machine;
 * END=stop stops the clock instead and lets all tasks come to their end.
 */
#include "../rps_server/rps_game.h"
#include "board.h"

enum {
    CLOCK_PRIORITY = 0,
    REFEREE_PRIORITY = 2,
    PLAYER_PRIORITY = 3,
    ECHO_PRIORITY = 0,
    ROUNDS = 4,
    ROUND_TRIPS = 1000,
};

static void introduce(void) {
    print("\r\nRoundhouse demo\r\n"
          "This text comes from AArch64 programs that make TrainsOS system calls.\r\n"
          "I am task %d, the first program. Task %d is the name server.\r\n",
          ke_my_tid(), KE_NAME_SERVER_TID);
}

static int show_clock(void) {
    int clock_tid = create_program(CLOCK_PRIORITY, "clock_server");
    if (clock_tid < 0) {
        fail("demo: cannot create clock_server\r\n");
    }
    clock_now(clock_tid);
    print("\r\n[clock] Task %d is a clock server. It registered a name; asking task %d for\r\n"
          "[clock] \"clock_server\" gives %d. Its notifier waits for the timer's interrupt.\r\n",
          clock_tid, KE_NAME_SERVER_TID, name_require("clock_server"));
    uint64_t before = clock_now(clock_tid);
    clock_wait(clock_tid, 5);
    print("[clock] I slept for %lu ticks of 10 ms; meanwhile the idle task ran.\r\n",
          clock_now(clock_tid) - before);
    return clock_tid;
}

static void show_game(void) {
    static const uint64_t think[RPS_PLAYERS] = {1, 2, 3};
    struct rps_setup setup = {REFEREE_PRIORITY, PLAYER_PRIORITY, ROUNDS, think};
    print("\r\n[game] A referee and three players, all tasks that send and reply.\r\n");
    rps_play(&setup);
}

static void show_messages(void) {
    char message[4] = "ping";
    char reply[4];
    int echo = create_program(ECHO_PRIORITY, "srr_echo");
    if (echo < 0) {
        fail("demo: cannot create srr_echo\r\n");
    }
    uint32_t start = microseconds();
    for (int i = 0; i < ROUND_TRIPS; i++) {
        ke_send(echo, message, sizeof message, reply, sizeof reply);
    }
    uint32_t elapsed = microseconds() - start;
    ke_send(echo, message, 0, reply, 0);
    print("\r\n[messages] %d round trips of 4 bytes with task %d took %u us of virtual time.\r\n",
          ROUND_TRIPS, echo, elapsed);
}

static void show_health(void) {
    struct keSysHealth health;
    ke_sys_health(&health);
    print("[health] The processor was idle for %d.%02d %% of the time.\r\n",
          health.idle_percent / 100, health.idle_percent % 100);
}

void program_main(const struct arguments *args) {
    introduce();
    int clock_tid = show_clock();
    show_game();
    show_messages();
    show_health();
    uint64_t ticks = clock_now(clock_tid);
    if (text_equal(argument_text(args, "END", "quit"), "stop")) {
        clock_stop(clock_tid);
        print("\r\nThat is all, after %lu ticks. The clock has stopped.\r\n", ticks);
        return;
    }
    print("\r\nThat is all, after %lu ticks. Now I make the quit call.\r\n", ticks);
    ke_quit();
}
