package dev.roundhouse.devices.train.cs3;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The locomotives that a station tells their speed, direction and functions again and again, and
 * what it tells them ("CAN CS2 Protokoll 2.0", 2.5: the first command takes one in).
 */
final class RefreshCycle {
  private static final int HIGHEST_LOCOMOTIVE = 0xFFFF;
  private static final int FUNCTIONS = 32;

  private final SortedMap<Integer, Told> locomotives = new TreeMap<>();

  /** What a locomotive is told. */
  static final class Told {
    private final int uid;
    private final byte[] functions = new byte[FUNCTIONS];
    int speed;
    boolean isBackward;

    private Told(int uid) {
      this.uid = uid;
    }

    int uid() {
      return uid;
    }

    /** Sets a function; one that there is not is not kept. */
    void setFunction(int function, int value) {
      if (function < FUNCTIONS) {
        functions[function] = (byte) value;
      }
    }

    int function(int function) {
      return function < FUNCTIONS ? functions[function] & 0xFF : 0;
    }

    /** Functions 1 to 31 that are on, f1 in bit 0. */
    int functionBits() {
      int bits = 0;
      for (int n = 1; n < FUNCTIONS; n++) {
        bits |= functions[n] == 0 ? 0 : 1 << (n - 1);
      }
      return bits;
    }
  }

  /** What a locomotive is told, if it is in the cycle. */
  Optional<Told> find(int uid) {
    return Optional.ofNullable(locomotives.get(uid));
  }

  /** Takes a locomotive into the cycle, if it is not; a UID of none is not kept. */
  Told of(int uid) {
    return uid < 0 || uid > HIGHEST_LOCOMOTIVE
        ? new Told(uid)
        : locomotives.computeIfAbsent(uid, Told::new);
  }

  Collection<Told> all() {
    return locomotives.values();
  }

  void drop(int uid) {
    locomotives.remove(uid);
  }

  void clear() {
    locomotives.clear();
  }
}
