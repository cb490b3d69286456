/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trains by a Central Station on CAN, as kernels of CS452 drive them from 2026 on. One command at a time goes out,
 * the next when the station has answered; contacts are told when they close.
 *
 *   tr TRAIN LEVEL | rv TRAIN | sw TURNOUT S|C | wait SECONDS | q
 *
 * While it waits it takes no keys, so that a script can be typed ahead; q stops all trains and reboots.
 */
#include "driver.h"

enum { SYSTEM = 0x00, SPEED = 0x04, DIRECTION = 0x05, ACCESSORY = 0x0B, CONTACT = 0x11, HASH = 0xC300, UID = 4 };
enum { GO = 1, HALT = 2, TOGGLE = 3, TURNOUTS = 0x3000, STEP = 77, LEVELS = 14, COIL_10_MILLIS = 20, CONTACTS = 16 };
enum { MILLISECOND = 1000, SECOND = 1000000, ANSWER = SECOND / 10, BRAKING = 5 * SECOND };
enum { QUEUE = 64, LATER = 8, LINE = 40, TRAINS = 81, RECEIVE_EMPTY = 1 << 4 };
enum { RSTC = 0x1C, WDOG = 0x24, PASSWORD = 0x5A000000, FULL_RESET = 0x20 };

extern void finish(uint64_t code) __attribute__((noreturn));

static void say(const char *text) {
  uint32_t now = get32(TIMER_CLO);
  print("[");
  print_number(now / SECOND);
  print(".");
  for (uint32_t unit = SECOND / 10; unit >= MILLISECOND; unit /= 10) {
    put_char((char)('0' + now / unit % 10));
  }
  print("] ");
  print(text);
}

static bool is_over(uint32_t moment) {
  return (int32_t)(get32(TIMER_CLO) - moment) >= 0;
}

/* ---- The station ------------------------------------------------------------------------------- */

static struct can_frame queue[QUEUE];
static struct {
  struct can_frame frame;
  uint32_t at;
  bool is_set;
} later[LATER];
static uint32_t queued, sent, answered, sent_at;
static uint8_t speeds[TRAINS];
static bool is_leaving;

static uint32_t command_of(const struct can_frame *frame) {
  return frame->id >> 17 & 0xFF;
}

static uint32_t uid_of(const struct can_frame *frame) {
  return (uint32_t)frame->data[0] << 24 | (uint32_t)frame->data[1] << 16 | (uint32_t)frame->data[2] << 8 | frame->data[3];
}

static struct can_frame command(uint32_t number, uint32_t uid, uint8_t count, uint32_t data) {
  struct can_frame frame = {number << 17 | HASH, (uint8_t)(UID + count), {0}};
  for (int n = 0; n < UID; n++) {
    frame.data[n] = (uint8_t)(uid >> (24 - 8 * n));
    frame.data[UID + n] = (uint8_t)(n < count ? data >> (8 * (count - 1 - n)) : 0);
  }
  return frame;
}

static struct can_frame speed(uint32_t train, uint32_t level) {
  return command(SPEED, train, 2, level == 0 ? 0 : 1 + STEP * (level - 1));
}

/* For the frames of one command. */
static bool has_room(void) {
  return queued - answered < QUEUE - 4;
}

static void send(struct can_frame frame) {
  queue[queued++ % QUEUE] = frame;
}

static void send_later(uint32_t after, struct can_frame frame) {
  for (int n = 0; n < LATER; n++) {
    if (!later[n].is_set) {
      later[n].frame = frame;
      later[n].at = get32(TIMER_CLO) + after;
      later[n].is_set = true;
      return;
    }
  }
}

static void take(const struct can_frame *frame) {
  const struct can_frame *waiting = &queue[answered % QUEUE];
  if (!(frame->id & 1 << 16)) {
    return; /* another one's command */
  }
  if (command_of(frame) == CONTACT && frame->data[5] != 0) {
    uint32_t contact = (uid_of(frame) & 0xFFFF) - 1;
    say("");
    put_char((char)('A' + contact / CONTACTS));
    print_number(contact % CONTACTS + 1);
    print("\r\n");
  } else if (answered != sent && command_of(frame) == command_of(waiting) && uid_of(frame) == uid_of(waiting)) {
    answered++;
  }
}

static void drive_station(void) {
  struct can_frame frame;
  while (can_receive(&frame)) {
    take(&frame);
  }
  for (int n = 0; n < LATER; n++) {
    if (later[n].is_set && is_over(later[n].at)) {
      later[n].is_set = false;
      send(later[n].frame);
    }
  }
  if (answered != sent && is_over(sent_at + ANSWER)) {
    say("the station does not answer\r\n");
    can_give_up();
    answered++;
  }
  if (answered == sent && sent != queued && can_send(&queue[sent % QUEUE])) {
    sent++;
    sent_at = get32(TIMER_CLO);
  }
}

/* ---- The terminal ------------------------------------------------------------------------------ */

static uint32_t waits_until;
static bool is_waiting;

static const char *number(const char *text, uint32_t *value) {
  while (*text == ' ') {
    text++;
  }
  for (*value = 0; *text >= '0' && *text <= '9'; text++) {
    *value = *value * 10 + (uint32_t)(*text - '0');
  }
  return text;
}

static bool obey_train(char order, uint32_t train, uint32_t level) {
  if (train == 0 || train >= TRAINS || level > LEVELS) {
    return false;
  }
  if (order == 't') {
    speeds[train] = (uint8_t)level;
    send(speed(train, level));
    return true;
  }
  /* It would lose its speed by the change alone; but nobody says when it stands. */
  send(speed(train, 0));
  send_later(BRAKING, command(DIRECTION, train, 1, TOGGLE));
  send_later(BRAKING, speed(train, speeds[train]));
  return true;
}

static bool obey(const char *line) {
  uint32_t first, second;
  const char *rest_of_line = number(line[0] == 'w' ? line + 4 : line + 2, &first);
  if (line[0] == 'q') {
    send(command(SYSTEM, 0, 1, HALT));
    is_leaving = true;
    return true;
  }
  if (line[0] == 'w') {
    waits_until = get32(TIMER_CLO) + first * SECOND;
    is_waiting = true;
    return true;
  }
  if (line[0] == 't' || line[0] == 'r') {
    number(rest_of_line, &second);
    return obey_train(line[0], first, second);
  }
  if (line[0] != 's' || first == 0) {
    return false;
  }
  while (*rest_of_line == ' ') {
    rest_of_line++;
  }
  uint32_t straight = *rest_of_line == 'S' || *rest_of_line == 's';
  send(command(ACCESSORY, TURNOUTS + first - 1, 4, straight << 24 | 1 << 16 | COIL_10_MILLIS));
  return true;
}

static void take_keys(void) {
  static char line[LINE];
  static int length;
  is_waiting = is_waiting && !is_over(waits_until);
  while (!is_waiting && !is_leaving && has_room() && !(get32(UART_FR) & RECEIVE_EMPTY)) {
    char key = (char)get32(UART_DR);
    if (key == '\r' || key == '\n') {
      line[length] = 0;
      length = 0;
      say(obey(line) ? "> " : "what? ");
      print(line);
      print("\r\n");
    } else if (key >= ' ' && key < 127 && length < LINE - 1) {
      line[length++] = key;
    }
  }
}

static void make_earlier(uint32_t *moment, bool is_set, uint32_t other) {
  if (is_set && (int32_t)(other - *moment) < 0) {
    *moment = other;
  }
}

/* When there is something to do even if nothing comes. */
static uint32_t next_moment(void) {
  uint32_t moment = get32(TIMER_CLO) + SECOND;
  make_earlier(&moment, is_waiting, waits_until);
  make_earlier(&moment, answered != sent, sent_at + ANSWER);
  for (int n = 0; n < LATER; n++) {
    make_earlier(&moment, later[n].is_set, later[n].at);
  }
  return moment;
}

static void reboot(void) {
  say("");
  print_number(can_losses());
  print(" times frames were lost\r\n");
  put32(WATCHDOG + WDOG, PASSWORD | 1);
  put32(WATCHDOG + RSTC, PASSWORD | FULL_RESET);
  for (;;) {
  }
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  mmu_start();
  console_start();
  if (!can_start()) {
    say("the CAN controller does not enter normal mode\r\n");
    return 1;
  }
  send(command(SYSTEM, 0, 1, GO));
  for (;;) {
    take_keys();
    drive_station();
    if (is_leaving && answered == queued) {
      reboot();
    }
    rest(next_moment(), !is_waiting && !is_leaving && has_room());
  }
}
