package dev.roundhouse.emulator.ports;

import dev.roundhouse.devices.board.Board;
import dev.roundhouse.devices.bus.Bus;
import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.run.GuestTime;
import dev.roundhouse.emulator.run.RunControl;
import dev.roundhouse.kernel.abi.SavedRegisters;
import java.util.Arrays;

/**
 * Skips turns of loops that poll devices, without any difference to the run.
 *
 * <p>A turn of such a loop begins and ends at the same load with the same registers, and the code
 * in between has stored nothing ({@link RegisterOnlyCode}). As long as the devices answer what they
 * have answered, each further turn does the same again. So when a turn has been seen block by
 * block, as many more are counted as executed as end before an answer can change: before the next
 * alarm, the next look at the outside world, and the next count of a counter that was read. Behind
 * that, a turn of a single read that gives the same value, takes as many instructions and comes
 * back to the same registers is known without being followed again.
 */
public final class PollSkip implements Polls {
  /** Reads without anything else before a loop is suspected. */
  private static final int SUSPICIOUS_READS = 8;

  /** Reads in which a loop must come back to the same state. */
  private static final int MOST_READS = 24;

  private static final int LONGEST_PATIENCE = 1 << 14;

  private final Cpu cpu;
  private final PhysicalMemory ram;
  private final GuestTime time;
  private final RunControl control;
  private final Board board;
  private final Bus bus;

  private int patience = SUSPICIOUS_READS;
  private int readsLeft = SUSPICIOUS_READS;
  private boolean isTracing;

  private long block;
  private int readsInBlock;
  private long traced;

  private boolean isAnchored;
  private long anchorBlock;
  private int anchorRead;
  private long anchorInstructions;
  private long steadyNanos;
  private boolean readsOthers;
  private int sameTurns;

  /** Instructions of the turn that {@link #anchor} begins with its only read; 0 for none known. */
  private long knownTurn;

  private long knownAddress;
  private long knownValue;
  private long knownInstructions;
  private long[] anchor = new long[SavedRegisters.COUNT];
  private long[] present = new long[SavedRegisters.COUNT];

  public PollSkip(Cpu cpu, PhysicalMemory ram, GuestTime time, RunControl control, Board board) {
    this.cpu = cpu;
    this.ram = ram;
    this.time = time;
    this.control = control;
    this.board = board;
    bus = board.bus();
  }

  /** Whether {@link #block} is to be told of the next block of code. */
  public boolean wantsBlock() {
    return isTracing;
  }

  /** Guest code is about to execute a block. */
  public void block(long address, int instructions) {
    if (!isTracing) {
      return;
    }
    block = address;
    readsInBlock = 0;
    traced += instructions;
    if (!isPure(address, instructions)) {
      giveUp();
    }
  }

  private boolean isPure(long address, int instructions) {
    if (!ram.contains(address, (long) instructions * Integer.BYTES)) {
      return false;
    }
    for (int n = 0; n < instructions; n++) {
      if (!RegisterOnlyCode.isPure(ram.getInt(address + (long) n * Integer.BYTES))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void read(long address, long value) {
    if (knownTurn > 0) {
      if (isKnown(address, value)) {
        skip(Math.min(bus.steadyUntil(address, time.nanos()), nextEventNanos()), knownTurn);
        knownInstructions = time.instructions();
        return;
      }
      knownTurn = 0;
    }
    readsLeft--;
    if (isTracing) {
      follow(address, value);
    } else if (readsLeft <= 0) {
      startTracing();
    }
  }

  private boolean isKnown(long address, long value) {
    if (address != knownAddress
        || value != knownValue
        || time.instructions() != knownInstructions + knownTurn) {
      return false;
    }
    cpu.readDuringAccess(present);
    return Arrays.equals(anchor, present);
  }

  private void startTracing() {
    isTracing = true;
    isAnchored = false;
    block = 0;
    readsLeft = MOST_READS;
  }

  @Override
  public void written() {
    forget();
  }

  /** Something else than a poll has happened. */
  public void forget() {
    isTracing = false;
    knownTurn = 0;
    patience = SUSPICIOUS_READS;
    readsLeft = patience;
  }

  /** It is no such loop: the longer this goes on, the rarer it is looked at. */
  private void giveUp() {
    isTracing = false;
    patience = Math.min(2 * patience, LONGEST_PATIENCE);
    readsLeft = patience;
  }

  private void follow(long address, long value) {
    long now = time.nanos();
    long steady = Math.min(bus.steadyUntil(address, now), nextEventNanos());
    readsInBlock++;
    if (steady <= now || readsLeft <= 0) {
      giveUp();
    } else if (block == 0) {
      // The block that this is in began before the tracing.
    } else if (!isAnchored) {
      anchorHere(steady);
    } else {
      steadyNanos = Math.min(steadyNanos, steady);
      if (block != anchorBlock || readsInBlock != anchorRead) {
        readsOthers = true;
      } else if (isSameAsBefore(now)) {
        turned(address, value);
      } else {
        anchorHere(steady);
      }
    }
  }

  private long nextEventNanos() {
    return Math.min(time.nextAlarmNanos(), control.nextNanos());
  }

  private void anchorHere(long steady) {
    isAnchored = true;
    anchorBlock = block;
    anchorRead = readsInBlock;
    steadyNanos = steady;
    sameTurns = 0;
    readsOthers = false;
    cpu.readDuringAccess(anchor);
    beginTurn();
  }

  private void beginTurn() {
    anchorInstructions = time.instructions();
    traced = 0;
  }

  /** Whether a whole turn was seen that has ended as it began, all its reads still true. */
  private boolean isSameAsBefore(long now) {
    if (now >= steadyNanos || traced != time.instructions() - anchorInstructions) {
      return false;
    }
    cpu.readDuringAccess(present);
    return Arrays.equals(anchor, present);
  }

  /**
   * A turn is over. A register that is read once a turn must have been read twice before its reads
   * can be left out; the anchor's own has been.
   */
  private void turned(long address, long value) {
    sameTurns++;
    if (readsOthers && sameTurns == 1) {
      beginTurn();
      return;
    }
    long turn = time.instructions() - anchorInstructions;
    skip(steadyNanos, turn);
    isTracing = false;
    patience = SUSPICIOUS_READS;
    readsLeft = 1;
    if (!readsOthers) {
      knownTurn = turn;
      knownAddress = address;
      knownValue = value;
      knownInstructions = time.instructions();
    }
  }

  private void skip(long untilNanos, long turn) {
    if (!board.irqAsserted()) {
      time.skip(time.instructionsBefore(untilNanos) / turn * turn);
    }
  }
}
