/* SPDX-License-Identifier: Apache-2.0 */
/* What the clients of the name server and the clock server send, and make of the answers. */
#include <string.h>

#include "check.h"

#define RESPONSE(present, tid) "NsResp\0\0" present "\0\0\0" tid

TEST(a_name_is_registered_with_the_name_server) {
    answer_with(RESPONSE("\x01", "\x07\0\0\0"), 16);
    CHECK(name_register("clock"));
    CHECK(given.tid == KE_NAME_SERVER_TID);
    CHECK_BYTES(given.bytes, given.length,
                "NsSetReq\0\0\0\0\0\0\0\0"
                "\x28\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                "clock");
    answer_with(RESPONSE("\0", "\0\0\0\0"), 16);
    CHECK(!name_register("clock"));
}

TEST(a_name_is_looked_up) {
    answer_with(RESPONSE("\x01", "\x2a\0\0\0"), 16);
    CHECK(name_lookup("clock") == 42);
    CHECK_BYTES(given.bytes, given.length,
                "NsGetReq\0\0\0\0\0\0\0\0"
                "\x28\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                "clock");
    CHECK(name_require("clock") == 42);
    answer_with(RESPONSE("\0", "\x2a\0\0\0"), 16);
    CHECK(name_lookup("clock") == -1);
    CHECK_ENDS_TASK(name_require("clock"), "task 7: nobody is registered as clock\r\n");
}

TEST(a_name_longer_than_the_limit_ends_the_task) {
    char name[NAME_LIMIT + 2];
    memset(name, 'n', sizeof name);
    name[NAME_LIMIT] = '\0';
    answer_with(RESPONSE("\x01", "\x01\0\0\0"), 16);
    CHECK(name_lookup(name) == 1);
    name[NAME_LIMIT] = 'n';
    name[NAME_LIMIT + 1] = '\0';
    char line[160];
    format(line, sizeof line, "task 7: the name %s is longer than 64 bytes\r\n", name);
    CHECK_ENDS_TASK(name_lookup(name), line);
}

TEST(an_answer_that_is_none_ends_the_task) {
    answer_with("NsResp\0\0\x01\0\0\0\x07\0\0", 15);
    CHECK_ENDS_TASK(name_lookup("clock"), "task 7: task 2 did not answer as a name server\r\n");
    answer_result = -1;
    CHECK_ENDS_TASK(name_lookup("clock"), "task 7: task 2 did not answer as a name server\r\n");
    answer_with("ClockWaitReq\0\0\0\0", 16);
    CHECK_ENDS_TASK(clock_wait(4, 1), "task 7: task 4 did not answer as a clock server\r\n");
    CHECK_ENDS_TASK(clock_now(4), "task 7: task 4 did not answer as a clock server\r\n");
    CHECK_ENDS_TASK(clock_stop(4), "task 7: task 4 did not answer as a clock server\r\n");
}

TEST(the_clock_is_asked_in_its_own_words) {
    answer_with("ClockWaitResp\0\0\0", 16);
    clock_wait(4, 0x1122334455667788);
    CHECK(given.tid == 4);
    CHECK_BYTES(given.bytes, given.length, "ClockWaitReq\0\0\0\0\x88\x77\x66\x55\x44\x33\x22\x11");
    answer_with("ClockCurTickResp\0\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\x80", 32);
    CHECK(clock_now(4) == 0x8000000000000005);
    CHECK_BYTES(given.bytes, given.length, "ClockCurTickReq\0");
    answer_with("ClockStopResp\0\0\0", 16);
    clock_stop(4);
    CHECK_BYTES(given.bytes, given.length, "ClockStopReq\0\0\0\0");
}
