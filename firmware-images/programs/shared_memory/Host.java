// SPDX-License-Identifier: Apache-2.0
// The host's side of shared_memory.c and shared_memory_rust.rs in Java: waits for the heart to beat, sends a line, prints
// the answer, and says stop. Needs a JDK 25: java Host.java FILE
// Exit codes: 0 all is well; 1 no answer within a minute; 2 usage.

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

// Offsets of shared.h; `roundhouse layout` prints them.
static final long HEARTBEAT = 0;
static final long STOP = 8;
static final long TO_GUEST = 64;
static final long TO_HOST = TO_GUEST + 1152;
static final long TAKEN = 64;
static final long BYTES = 128;
static final int RING_BYTES = 1024;

// Positions are published by store-release and read by load-acquire, as on the other side.
static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

static final long GIVE_UP = System.nanoTime() + 60_000_000_000L;

void main(String[] arguments) throws Exception {
  if (arguments.length != 1) {
    System.err.println("usage: java Host.java FILE");
    System.exit(2);
  }
  try (Arena arena = Arena.ofConfined();
      FileChannel file =
          FileChannel.open(Path.of(arguments[0]), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
    MemorySegment shared = file.map(MapMode.READ_WRITE, 0, file.size(), arena);
    while ((long) LONG.getAcquire(shared, HEARTBEAT) < 3) {
      waitALittle();
    }
    System.out.println("its heart beats");
    String line = "all aboard\n";
    for (int i = 0; i < line.length(); i++) {
      put(shared, line.charAt(i));
    }
    for (int i = 0; i < line.length(); i++) {
      System.out.print((char) take(shared));
    }
    System.out.flush();
    INT.setRelease(shared, STOP, 1);
  }
}

void put(MemorySegment shared, int value) throws InterruptedException {
  int written = (int) INT.get(shared, TO_GUEST);
  while (written - (int) INT.getAcquire(shared, TO_GUEST + TAKEN) >= RING_BYTES) {
    waitALittle();
  }
  shared.set(ValueLayout.JAVA_BYTE, TO_GUEST + BYTES + Integer.remainderUnsigned(written, RING_BYTES), (byte) value);
  INT.setRelease(shared, TO_GUEST, written + 1);
}

int take(MemorySegment shared) throws InterruptedException {
  int taken = (int) INT.get(shared, TO_HOST + TAKEN);
  while ((int) INT.getAcquire(shared, TO_HOST) == taken) {
    waitALittle();
  }
  int value = shared.get(ValueLayout.JAVA_BYTE, TO_HOST + BYTES + Integer.remainderUnsigned(taken, RING_BYTES)) & 0xFF;
  INT.setRelease(shared, TO_HOST + TAKEN, taken + 1);
  return value;
}

void waitALittle() throws InterruptedException {
  if (System.nanoTime() > GIVE_UP) {
    System.exit(1);
  }
  Thread.sleep(2);
}
