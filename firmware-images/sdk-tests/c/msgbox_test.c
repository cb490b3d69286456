/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages byte for byte (the layout of pie-rust/src/sys/msgbox.rs, 9d49562), and what a sender may
 * have forged. sdk/rust/src/message/tests.rs has the same structures, with the same offsets.
 */
#include <string.h>

#include "check.h"

typedef struct {
    uint32_t train;
    uint32_t speed;
    attached_array name;  /* char */
    attached_array times; /* uint64_t */
} Report;

typedef struct {
} Stop;
typedef Stop Sevench;
typedef Stop Eightchr;
typedef Stop Ninechars;

enum { STRUCTURE = 8, NAME = STRUCTURE + 8, TIMES = NAME + 24, ARRAYS = STRUCTURE + 56 };

static struct msgbox box;

static Report *report(void) {
    const uint64_t times[] = {1, 2, 3};
    memset(&box, 0xEE, sizeof box);
    Report *draft = MSGBOX_BEGIN(&box, Report);
    draft->train = 24;
    draft->speed = 10;
    CHECK(MSGBOX_ATTACH(&box, &draft->name, "express", 7));
    CHECK(MSGBOX_ATTACH(&box, &draft->times, times, 3));
    return draft;
}

TEST(a_message_has_the_bytes_of_the_real_programs) {
    report();
    CHECK_BYTES(box.bytes, box.length,
                "Report\0\0"
                "\x18\0\0\0\x0a\0\0\0"
                "\x40\0\0\0\x07\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                "\x48\0\0\0\x03\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                "express\0"
                "\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0");
    CHECK(offsetof(Report, name) == NAME - STRUCTURE && offsetof(Report, times) == TIMES - STRUCTURE);
    CHECK(sizeof(Report) == ARRAYS - STRUCTURE);
}

TEST(a_type_has_a_nul_at_least_and_ends_at_a_multiple_of_eight) {
    CHECK(MSGBOX_BEGIN(&box, Sevench) == (Stop *)(box.bytes + 8));
    CHECK_BYTES(box.bytes, box.length, "Sevench\0");
    CHECK(MSGBOX_BEGIN(&box, Eightchr) == (Stop *)(box.bytes + 16));
    CHECK_BYTES(box.bytes, box.length, "Eightchr\0\0\0\0\0\0\0\0");
    MSGBOX_BEGIN(&box, Ninechars);
    CHECK_BYTES(box.bytes, box.length, "Ninechars\0\0\0\0\0\0\0");
}

TEST(a_message_fills_the_box_to_its_last_byte_and_no_further) {
    CHECK(msgbox_begin(&box, "Sevench", MSGBOX_SIZE - 8) == box.bytes + 8);
    CHECK(box.length == MSGBOX_SIZE);
    CHECK_ENDS_TASK(msgbox_begin(&box, "Sevench", MSGBOX_SIZE - 7),
                    "task 7: message Sevench does not fit\r\n");
    CHECK_ENDS_TASK(msgbox_begin(&box, "Eightchr", MSGBOX_SIZE - 15),
                    "task 7: message Eightchr does not fit\r\n");
}

TEST(a_received_message_is_read_where_it_lies) {
    report();
    const Report *received = MSGBOX_READ(&box, Report);
    CHECK(received == (const Report *)(box.bytes + STRUCTURE));
    CHECK(received->train == 24 && received->speed == 10);
    const char *name = MSGBOX_ATTACHED(&box, &received->name, char);
    CHECK(name == (const char *)box.bytes + ARRAYS && memcmp(name, "express", 7) == 0);
    const uint64_t *times = MSGBOX_ATTACHED(&box, &received->times, uint64_t);
    CHECK(times[0] == 1 && times[1] == 2 && times[2] == 3);
    CHECK(msgbox_attached(&box, &received->name) == box.bytes + ARRAYS);
}

TEST(a_message_of_another_type_is_not_read) {
    report();
    CHECK(MSGBOX_READ(&box, Stop) == NULL);
    CHECK(msgbox_read(&box, "Repor", 0) == NULL);
    CHECK(msgbox_read(&box, "Reports", 0) == NULL);
    CHECK(msgbox_read(&box, "report", 0) == NULL);
    CHECK(msgbox_read(&box, "", 0) == NULL);
}

/* A name that goes on behind its first NUL is another name. */
TEST(each_byte_of_the_types_padding_counts) {
    for (size_t at = 0; at < STRUCTURE; at++) {
        report();
        box.bytes[at] ^= 1;
        CHECK(MSGBOX_READ(&box, Report) == NULL);
    }
}

TEST(a_message_that_ends_within_its_structure_is_not_read) {
    for (size_t length = 0; length <= ARRAYS; length++) {
        report();
        box.length = length;
        CHECK((MSGBOX_READ(&box, Report) != NULL) == (length == ARRAYS));
    }
}

static void forge(size_t at, uint32_t value) {
    memcpy(box.bytes + at, &value, sizeof value);
}

/* What is left of a message's arrays when it is cut. */
TEST(a_message_that_ends_within_an_array_has_no_such_array) {
    for (size_t length = ARRAYS; length <= ARRAYS + 32; length++) {
        report();
        box.length = length;
        const Report *received = MSGBOX_READ(&box, Report);
        CHECK((MSGBOX_ATTACHED(&box, &received->name, char) != NULL) == (length >= ARRAYS + 7));
        CHECK((MSGBOX_ATTACHED(&box, &received->times, uint64_t) != NULL) == (length == ARRAYS + 32));
    }
}

static bool is_inside(size_t length, uint64_t offset, uint64_t count, uint64_t size) {
    return offset + count * size <= length && offset % size == 0;
}

/* Numbers near 0, near the message's end, and near the largest, where sums and products wrap. */
static uint32_t suspect(unsigned number, uint32_t end, uint32_t size) {
    enum { NEAR = 18 };
    const uint32_t places[] = {0, end - NEAR / 2, end / size - NEAR / 2, MSGBOX_SIZE - NEAR / 2,
                               UINT32_MAX / size - NEAR / 2, 0x80000000u - NEAR / 2,
                               UINT32_MAX - (NEAR - 1)};
    return places[number / NEAR] + number % NEAR;
}

TEST(no_forged_offset_or_count_leads_outside_the_message) {
    enum { SUSPECTS = 7 * 18 };
    const size_t sizes[] = {1, 2, 4, 8};
    const size_t lengths[] = {ARRAYS, ARRAYS + 32, MSGBOX_SIZE};
    unsigned found = 0;
    for (size_t i = 0; i < 4 * 3; i++) {
        size_t size = sizes[i % 4];
        report();
        box.length = lengths[i / 4];
        const Report *received = MSGBOX_READ(&box, Report);
        for (unsigned a = 0; a < SUSPECTS; a++) {
            for (unsigned b = 0; b < SUSPECTS; b++) {
                uint32_t offset = suspect(a, (uint32_t)box.length, 1);
                uint32_t count = suspect(b, (uint32_t)box.length, (uint32_t)size);
                forge(NAME, offset);
                forge(NAME + 4, count);
                bool inside = is_inside(box.length, offset, count, size);
                const void *array = msgbox_attached_elements(&box, &received->name, size, size);
                CHECK(array == (inside ? box.bytes + offset : NULL));
                inside = is_inside(box.length, offset, count, 1);
                const void *bytes = msgbox_attached(&box, &received->name);
                CHECK(bytes == (inside ? box.bytes + offset : NULL));
                found += array != NULL;
            }
        }
    }
    CHECK(found > 1000);
}

/* An element may be larger than its alignment. */
TEST(an_array_of_structures_is_held_to_their_size_and_their_alignment) {
    Report *draft = report();
    draft->name = (attached_array){.offset = ARRAYS + 8, .count = 2};
    CHECK(msgbox_attached_elements(&box, &draft->name, 12, 4) == box.bytes + ARRAYS + 8);
    draft->name.count = 3;
    CHECK(msgbox_attached_elements(&box, &draft->name, 12, 4) == NULL);
    draft->name = (attached_array){.offset = ARRAYS + 6, .count = 1};
    CHECK(msgbox_attached_elements(&box, &draft->name, 12, 4) == NULL);
}

TEST(arrays_are_attached_aligned_with_zeros_between_them) {
    const uint16_t shorts[] = {1, 2};
    const uint32_t words[] = {7};
    memset(&box, 0xEE, sizeof box);
    Report *draft = MSGBOX_BEGIN(&box, Report);
    CHECK(msgbox_attach(&box, &draft->name, "abc", 3));
    attached_array next;
    CHECK(MSGBOX_ATTACH(&box, &next, shorts, 2) && next.offset == ARRAYS + 4 && next.count == 2);
    CHECK(MSGBOX_ATTACH(&box, &next, words, 1) && next.offset == ARRAYS + 8 && next.count == 1);
    CHECK_BYTES(box.bytes + ARRAYS, box.length - ARRAYS, "abc\0\x01\0\x02\0\x07\0\0\0");
}

TEST(an_alignment_that_leads_out_of_the_box_is_refused) {
    attached_array array;
    MSGBOX_BEGIN(&box, Stop);
    CHECK(!msgbox_attach_elements(&box, &array, &(struct msgbox_elements){"a", 1, 1, 2 * MSGBOX_SIZE}));
    CHECK(box.length == 8);
}

TEST(arrays_fill_the_box_to_its_last_byte_and_no_further) {
    static const unsigned char many[MSGBOX_SIZE];
    Report *draft = MSGBOX_BEGIN(&box, Report);
    const struct msgbox before = box;
    const size_t room = MSGBOX_SIZE - ARRAYS;
    CHECK(!msgbox_attach(&box, &draft->name, many, (uint32_t)room + 1));
    CHECK(!msgbox_attach(&box, &draft->name, many, UINT32_MAX));
    CHECK(!MSGBOX_ATTACH(&box, &draft->name, (const uint64_t *)many, (uint32_t)room / 8 + 1));
    CHECK(!MSGBOX_ATTACH(&box, &draft->name, (const uint64_t *)many, 1u << 29));
    CHECK(!MSGBOX_ATTACH(&box, &draft->name, (const uint64_t *)many, UINT32_MAX));
    CHECK(memcmp(&before, &box, sizeof box) == 0);
    CHECK(MSGBOX_ATTACH(&box, &draft->times, (const uint64_t *)many, (uint32_t)room / 8));
    CHECK(box.length == MSGBOX_SIZE);
    CHECK(!msgbox_attach(&box, &draft->name, many, 1));
    CHECK(msgbox_attach(&box, &draft->name, many, 0) && draft->name.offset == MSGBOX_SIZE);

    draft = MSGBOX_BEGIN(&box, Report);
    CHECK(msgbox_attach(&box, &draft->name, many, (uint32_t)room - 7));
    CHECK(!MSGBOX_ATTACH(&box, &draft->times, (const uint64_t *)many, 1));
    CHECK(MSGBOX_ATTACH(&box, &draft->times, (const uint64_t *)many, 0));
}

TEST(a_message_is_sent_as_long_as_it_is) {
    struct msgbox reply;
    report();
    answer_with("Stop\0\0\0\0", 8);
    CHECK(msgbox_send(5, &box, &reply) == 8);
    CHECK(given.tid == 5 && given.length == box.length);
    CHECK(memcmp(given.bytes, box.bytes, box.length) == 0);
    CHECK(reply.length == 8 && MSGBOX_READ(&reply, Stop) != NULL);
    answer_result = 3;
    CHECK(msgbox_reply(6, &box) == 3 && given.tid == 6 && given.length == box.length);
}

TEST(a_received_length_is_held_to_the_box) {
    struct msgbox reply;
    int sender = 0;
    answer.tid = 9;
    const int results[] = {0, 1, MSGBOX_SIZE, MSGBOX_SIZE + 1, INT32_MAX, -1, INT32_MIN};
    const size_t lengths[] = {0, 1, MSGBOX_SIZE, MSGBOX_SIZE, MSGBOX_SIZE, 0, 0};
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        answer_result = results[i];
        CHECK(msgbox_recv(&sender, &box) == results[i] && sender == 9);
        CHECK(box.length == lengths[i]);
        box.length = 0;
        CHECK(msgbox_send(5, &box, &reply) == results[i] && reply.length == lengths[i]);
    }
}
