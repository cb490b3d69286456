package dev.roundhouse.system;

/**
 * A guest program that talks to an interface box at UART3 as a Märklin server does: byte by byte,
 * each after clear to send has fallen and risen again, by interrupts. What the box answers goes to
 * UART2.
 */
public final class TrainScript {
  private static final long UART2 = 0xFE20_1400L;
  private static final long UART3 = 0xFE20_1600L;
  private static final int BOX = 22;
  private static final int CONSOLE = 23;
  private static final int SCRATCH = 1;
  private static final int DR = 0;
  private static final int FR = 0x18;
  private static final int IBRD = 0x24;
  private static final int FBRD = 0x28;
  private static final int LCRH = 0x2C;
  private static final int CR = 0x30;
  private static final int IMSC = 0x38;
  private static final int ICR = 0x44;
  private static final int CTS_INTERRUPT = 2;
  private static final int RECEIVE_INTERRUPTS = 0x50;
  private static final int FLAG_CTS = 0;
  private static final int FLAG_RECEIVE_EMPTY = 4;
  private static final int READ_FIVE_MODULES = 133;
  private static final int FIVE_MODULES_BYTES = 10;
  private static final int AWAIT_EVENT = 8;
  private static final int UART3_EVENT = (153 << 16) | 3;

  private final GuestCode code = new GuestCode();

  /** A program that sets up UART3 at 2400 baud, 8N2. */
  public TrainScript() {
    code.keepReturn().set(BOX, UART3).set(CONSOLE, UART2);
    store(BOX, CR, 0).store(BOX, IBRD, 1250).store(BOX, FBRD, 0);
    store(BOX, LCRH, 0x78).store(BOX, CR, 0x301).store(BOX, ICR, 0x7FF);
  }

  /** Sends these bytes one by one. */
  public TrainScript send(int... bytes) {
    for (int value : bytes) {
      store(BOX, DR, value);
      awaitFlag(FLAG_CTS, 0, CTS_INTERRUPT);
      awaitFlag(FLAG_CTS, 1, CTS_INTERRUPT);
    }
    return this;
  }

  /** Reads five modules so many times, and takes the answers to the console. */
  public TrainScript poll(int times) {
    code.set(GuestCode.COUNTER, times);
    int loop = code.here();
    send(READ_FIVE_MODULES).receive(FIVE_MODULES_BYTES);
    code.countDownTo(loop);
    return this;
  }

  /** Takes so many bytes of an answer to the console. */
  public TrainScript receive(int count) {
    for (int i = 0; i < count; i++) {
      awaitFlag(FLAG_RECEIVE_EMPTY, 0, RECEIVE_INTERRUPTS);
      load(BOX, DR);
      code.word(0xB900_0000 | (CONSOLE << 5) | SCRATCH);
    }
    return this;
  }

  /** Waits until a flag has a value, woken by an interrupt. */
  private void awaitFlag(int flag, int value, int interrupts) {
    int loop = code.here();
    load(BOX, FR);
    int branch = code.here();
    code.word(0);
    store(BOX, IMSC, interrupts);
    code.set(0, UART3_EVENT).call(AWAIT_EVENT);
    store(BOX, ICR, interrupts);
    code.word(0x1400_0000 | ((loop - code.here()) & 0x3FF_FFFF));
    int ahead = code.here() - branch;
    int test = value == 0 ? 0x3600_0000 : 0x3700_0000;
    code.replace(branch, test | (flag << 19) | (ahead << 5) | SCRATCH);
  }

  private void load(int base, int offset) {
    code.word(0xB940_0000 | ((offset / 4) << 10) | (base << 5) | SCRATCH);
  }

  private TrainScript store(int base, int offset, int value) {
    code.set(SCRATCH, value);
    code.word(0xB900_0000 | ((offset / 4) << 10) | (base << 5) | SCRATCH);
    return this;
  }

  /** The ELF file. */
  public byte[] elf() {
    return code.end();
  }
}
