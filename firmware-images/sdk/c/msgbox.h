/* SPDX-License-Identifier: Apache-2.0 */
/*
 * MsgBox, the message layout of TrainsOS's Rust programs
 * (pie-rust/src/sys/msgbox.rs, 9d49562), for C:
 *
 *   type name, NUL-padded to a multiple of 8 (one NUL at least)
 *   the structure, laid out as in C
 *   attached arrays, each aligned to its element
 *
 * A received message is untrusted: msgbox_read and msgbox_attached check every
 * offset and length against the bytes that really came.
 */
#ifndef MSGBOX_H
#define MSGBOX_H

#include "trainsos.h"

enum { MSGBOX_SIZE = 1024 };

struct msgbox {
    _Alignas(64) unsigned char bytes[MSGBOX_SIZE];
    size_t length;
};

/* An array behind the structure. `view` is the receiver's slice in Rust. */
typedef struct {
    uint32_t offset; /* from the start of the message */
    uint32_t count;  /* elements */
    uint64_t view[2];
} attached_array;

/* Begins a message of C type `type`, zeroed; the type's name goes into it. */
#define MSGBOX_BEGIN(box, type) ((type *)msgbox_begin((box), #type, sizeof(type)))

/* The structure if the message is of C type `type`, else NULL. */
#define MSGBOX_READ(box, type) ((const type *)msgbox_read((box), #type, sizeof(type)))

void *msgbox_begin(struct msgbox *box, const char *type, size_t size);
const void *msgbox_read(const struct msgbox *box, const char *type, size_t size);

/* Appends `count` bytes to the message. False when they do not fit. */
bool msgbox_attach(struct msgbox *box, attached_array *array, const void *bytes, uint32_t count);

/* The bytes of a received array, or NULL if they are not inside the message. */
const unsigned char *msgbox_attached(const struct msgbox *box, const attached_array *array);

/* Appends an array of any plain type, aligned to its element. False when it does not fit. */
#define MSGBOX_ATTACH(box, array, elements, count)                                         \
    msgbox_attach_elements((box), (array),                                                 \
                           &(struct msgbox_elements){(elements), (count), sizeof *(elements), \
                                                     _Alignof(__typeof__(*(elements)))})

/* The elements of a received array of C type `type`, or NULL if they are not inside the message
 * or not aligned. Good as long as the box holds the message. */
#define MSGBOX_ATTACHED(box, array, type)                                                  \
    ((const type *)msgbox_attached_elements((box), (array), sizeof(type), _Alignof(type)))

struct msgbox_elements {
    const void *first;
    uint32_t count;
    size_t size;
    size_t alignment;
};

bool msgbox_attach_elements(struct msgbox *box, attached_array *array,
                            const struct msgbox_elements *elements);
const void *msgbox_attached_elements(const struct msgbox *box, const attached_array *array,
                                     size_t size, size_t alignment);

/* ke_send, ke_recv and ke_reply with boxes. A received length is cut to the
 * box, whatever was sent. Results as the calls'. */
int msgbox_send(int tid, const struct msgbox *message, struct msgbox *reply);
int msgbox_recv(int *tid, struct msgbox *message);
int msgbox_reply(int tid, const struct msgbox *reply);

#endif
