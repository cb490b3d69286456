package dev.roundhouse.emulator.lines;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.platform.PseudoTerminal;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.process.HostThreads;
import dev.roundhouse.emulator.process.Notices;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A pseudo-terminal, which any terminal program can open. */
final class PtyEnd implements HostEnd {
  private static final int CHUNK_BYTES = 1024;
  private static final int LOOK_MILLIS = 50;
  private static final int DRAIN_MILLIS = 150;
  private static final int BYTE_MASK = 0xff;

  private final String name;
  private final PseudoTerminal pty;
  private final Notices notices;
  private final OutputQueue output;
  private final UartAttachment attachment;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean isClosed;

  private PtyEnd(String name, PseudoTerminal pty, Notices notices) {
    this.name = name;
    this.pty = pty;
    this.notices = notices;
    output = new OutputQueue(name, OutputQueue.Peer.PRESENT, notices);
    attachment = new UartAttachment(new InputSource.Live(this::start), output);
  }

  static PtyEnd open(int uart, Notices notices) throws HostFailure {
    try {
      PseudoTerminal pty = PseudoTerminal.open();
      String name = Cables.name(uart);
      notices.say(name + ": " + pty.path());
      return new PtyEnd(name, pty, notices);
    } catch (IOException | RuntimeException e) {
      throw new HostFailure(
          "--uart "
              + Cables.label(uart)
              + "=pty: no pseudo-terminal on this host ("
              + e.getMessage()
              + "); use tcp:PORT",
          e);
    }
  }

  String path() {
    return pty.path();
  }

  @Override
  public UartAttachment attachment() {
    return attachment;
  }

  @Override
  public void close() {
    if (!threads.isEmpty()) {
      output.awaitEmpty(DRAIN_MILLIS);
    }
    isClosed = true;
    output.setPeer(OutputQueue.Peer.ABSENT);
    for (Thread thread : threads) {
      join(thread);
    }
    pty.close();
  }

  private void start(int uart, LiveGate gate) {
    threads.add(HostThreads.start("pty-in-" + name, () -> read(uart, gate)));
    threads.add(HostThreads.start("pty-out-" + name, this::write));
  }

  private void read(int uart, LiveGate gate) {
    byte[] buffer = new byte[CHUNK_BYTES];
    try {
      while (!isClosed) {
        int count = pty.read(buffer, LOOK_MILLIS);
        for (int i = 0; i < count; i++) {
          gate.offer(new ExternalInput.SerialByte(uart, buffer[i] & BYTE_MASK));
        }
      }
    } catch (IOException e) {
      notices.say(name + ": " + pty.path() + " cannot be read any further");
      gate.offer(new ExternalInput.SerialEnded(uart));
    }
  }

  private void write() {
    byte[] buffer = new byte[CHUNK_BYTES];
    try {
      while (!isClosed) {
        int count = output.take(buffer, LOOK_MILLIS);
        int written = 0;
        while (written < count && !isClosed) {
          written += pty.write(buffer, written, count - written, LOOK_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
