/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the train kernels of CS452 have in common, as one program at EL1 with the MMU on: a screen with
 * clock, idle time and sensors, commands from keys by interrupts, a tick of 10 ms, WFI when there is
 * nothing to do, and the interface box with clear to send and sensors polled all the time.
 *
 *   tr TRAIN SPEED | rv TRAIN | sw TURNOUT S|C | wait SECONDS | q
 *
 * While it waits it takes no keys, so that a script can be typed ahead; q asks for a reboot.
 */
#include "lines.h"

enum { TICK_MICROS = 10000, TICKS_PER_SECOND = 100, SCREEN_TICKS = 10, LATER = 16, QUEUE = 256, LINE = 40 };
enum { GO = 96, SOLENOID_OFF = 32, STRAIGHT = 33, CURVED = 34, REVERSE = 15, READ_FIVE = 133 };
enum { SENSOR_BYTES = 10, ANSWER_TICKS = 50, SOLENOID_TICKS = 15, STOP_TICKS = 450, TRAIN_NUMBERS = 81 };
enum { RSTC = 0x1C, WDOG = 0x24, PASSWORD = 0x5A000000, FULL_RESET = 0x20, SENSORS_SHOWN = 8 };

const int stay_at_el2 = 0;
static uint32_t ticks, next_tick, idle_micros;

/* ---- The interface box ----------------------------------------------------------------------- */

static uint8_t queue[QUEUE], answer[SENSOR_BYTES], speeds[TRAIN_NUMBERS];
static uint32_t queued, sent, answered = SENSOR_BYTES, asked_at;
static bool was_unready = true;
static struct {
  uint32_t at;
  uint8_t bytes[2], count;
} later[LATER];
static char shown[SENSORS_SHOWN][4];
static bool screen_is_old = true;

static void send(uint8_t byte) {
  queue[queued++ % QUEUE] = byte;
}

static void send_later(uint32_t after, uint8_t count, uint8_t first, uint8_t second) {
  for (int n = 0; n < LATER; n++) {
    if (later[n].count == 0) {
      later[n].at = ticks + after;
      later[n].bytes[0] = first;
      later[n].bytes[1] = second;
      later[n].count = count;
      return;
    }
  }
}

static void show_sensor(int module, int contact) {
  for (int n = SENSORS_SHOWN - 1; n > 0; n--) {
    for (int i = 0; i < 4; i++) {
      shown[n][i] = shown[n - 1][i];
    }
  }
  shown[0][0] = (char)('A' + module);
  shown[0][1] = contact < 10 ? (char)('0' + contact) : '1';
  shown[0][2] = contact < 10 ? 0 : (char)('0' + contact % 10);
  shown[0][3] = 0;
  screen_is_old = true;
}

static void take_answer(uint8_t byte) {
  static uint8_t before[SENSOR_BYTES];
  if (answered == SENSOR_BYTES) {
    return;
  }
  answer[answered] = byte;
  for (int bit = 0; bit < 8; bit++) {
    if (byte & ~before[answered] & 0x80 >> bit) {
      show_sensor((int)answered / 2, (int)answered % 2 * 8 + bit + 1);
    }
  }
  before[answered++] = byte;
}

/* A byte at a time: the box says by CTS, low and high again, when it takes the next. */
static void drive_box(void) {
  for (int n = 0; n < LATER; n++) {
    if (later[n].count != 0 && (int32_t)(ticks - later[n].at) >= 0) {
      for (int i = 0; i < later[n].count; i++) {
        send(later[n].bytes[i]);
      }
      later[n].count = 0;
    }
  }
  while (line_has_byte(TRAINS)) {
    take_answer(line_get(TRAINS));
  }
  if (answered < SENSOR_BYTES && ticks - asked_at > ANSWER_TICKS) {
    answered = SENSOR_BYTES;
  }
  bool is_ready = box_is_ready();
  was_unready |= !is_ready;
  if (!is_ready || !was_unready || answered < SENSOR_BYTES) {
    return;
  }
  if (sent == queued) {
    send(READ_FIVE);
  }
  uint8_t byte = queue[sent++ % QUEUE];
  if (byte == READ_FIVE) {
    answered = 0;
    asked_at = ticks;
  }
  was_unready = false;
  line_put(TRAINS, byte);
}

/* ---- The terminal ---------------------------------------------------------------------------- */

static char typed[LINE];
static int length;
static uint32_t waits_until;

static void write_char(char c) {
  while (!line_has_room(TERMINAL)) {
  }
  line_put(TERMINAL, (uint8_t)c);
}

static void write_text(const char *text) {
  while (*text) {
    write_char(*text++);
  }
}

static void write_digits(uint32_t value, uint32_t unit) {
  for (; unit; unit /= 10) {
    write_char((char)('0' + value / unit % 10));
  }
}

static void draw(void) {
  static uint32_t idle_before;
  uint32_t idle = (idle_micros - idle_before) / (SCREEN_TICKS * TICK_MICROS / 100);
  idle_before = idle_micros;
  write_text("\0337\033[1;1Htime ");
  write_digits(ticks / TICKS_PER_SECOND / 60, 10);
  write_char(':');
  write_digits(ticks / TICKS_PER_SECOND % 60, 10);
  write_char('.');
  write_digits(ticks % TICKS_PER_SECOND / 10, 1);
  write_text("  idle ");
  write_digits(idle > 99 ? 99 : idle, 10);
  write_text(" %");
  if (screen_is_old) {
    write_text("\033[2;1Hsensors");
    for (int n = 0; n < SENSORS_SHOWN; n++) {
      write_char(' ');
      write_text(shown[n]);
    }
    write_text("\033[K");
    screen_is_old = false;
  }
  write_text("\0338");
}

static const char *number(const char *text, uint32_t *value) {
  while (*text == ' ') {
    text++;
  }
  for (*value = 0; *text >= '0' && *text <= '9'; text++) {
    *value = *value * 10 + (uint32_t)(*text - '0');
  }
  return text;
}

static bool obey(const char *line) {
  uint32_t first, second;
  if (line[0] == 'q') {
    put32(WATCHDOG + WDOG, PASSWORD | 1);
    put32(WATCHDOG + RSTC, PASSWORD | FULL_RESET);
    return true;
  }
  if (line[0] == 'w') {
    number(line + 4, &first);
    waits_until = ticks + first * TICKS_PER_SECOND;
    keys_wanted(false);
    return true;
  }
  const char *rest = number(line + 2, &first);
  if (line[0] == 's' && first < 256) {
    while (*rest == ' ') {
      rest++;
    }
    send(*rest == 'C' || *rest == 'c' ? CURVED : STRAIGHT);
    send((uint8_t)first);
    send_later(SOLENOID_TICKS, 1, SOLENOID_OFF, 0);
    return true;
  }
  if (first == 0 || first >= TRAIN_NUMBERS) {
    return false;
  }
  if (line[0] == 't') {
    number(rest, &second);
    speeds[first] = (uint8_t)(second % 15);
    send(speeds[first]);
    send((uint8_t)first);
    return true;
  }
  if (line[0] == 'r') {
    send(0);
    send((uint8_t)first);
    send_later(STOP_TICKS, 2, REVERSE, (uint8_t)first);
    send_later(STOP_TICKS + 1, 2, speeds[first], (uint8_t)first);
    return true;
  }
  return false;
}

static void prompt(void) {
  length = 0;
  write_text("\033[4;1H> \033[K");
}

static void take_key(char key) {
  if (key == '\r' || key == '\n') {
    typed[length] = 0;
    write_text(obey(typed) ? "\033[5;1Hdone: " : "\033[5;1Hwhat: ");
    write_text(typed);
    write_text("\033[K");
    prompt();
  } else if ((key == '\b' || key == 127) && length > 0) {
    length--;
    write_text("\b \b");
  } else if (key >= ' ' && key < 127 && length < LINE - 1) {
    typed[length++] = key;
    write_char(key);
  }
}

static void take_keys(void) {
  if (waits_until != 0 && (int32_t)(ticks - waits_until) >= 0) {
    waits_until = 0;
    keys_wanted(true);
  }
  while (waits_until == 0 && line_has_byte(TERMINAL)) {
    take_key((char)line_get(TERMINAL));
  }
}

/* ---- Interrupts and idle time ---------------------------------------------------------------- */

extern void finish(uint64_t code) __attribute__((noreturn));

void on_exception(struct frame *frame, uint64_t vector) {
  if (vector != VECTOR_SAME_IRQ) {
    print("an exception that nobody wants, at ");
    print_hex(frame->pc);
    finish(1);
  }
  int id = irq_acknowledge();
  if (id == TIMER_IRQ) {
    put32(TIMER_CS, 1 << 1);
    next_tick += TICK_MICROS;
    put32(TIMER_C1, next_tick);
    ticks++;
  }
  lines_interrupted(id);
  irq_end(id);
}

/* Interrupts are open here alone, so that a driver is never interrupted by itself. */
static void rest(void) {
  uint32_t begun = get32(TIMER_CLO);
  asm volatile("wfi" ::: "memory");
  idle_micros += get32(TIMER_CLO) - begun;
  asm volatile("msr daifclr, #2\n isb\n msr daifset, #2" ::: "memory");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start;
  (void)firmware_argument;
  mmu_start();
  lines_start();
  write_text("\033[2J");
  prompt();
  next_tick = get32(TIMER_CLO) + TICK_MICROS;
  put32(TIMER_C1, next_tick);
  irq_enable(TIMER_IRQ);
  send(GO);
  for (uint32_t drawn = 0;;) {
    take_keys();
    drive_box();
    if (ticks - drawn >= SCREEN_TICKS) {
      drawn = ticks;
      draw();
    }
    rest();
  }
}
