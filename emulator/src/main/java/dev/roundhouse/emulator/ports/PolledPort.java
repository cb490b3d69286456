package dev.roundhouse.emulator.ports;

import dev.roundhouse.emulator.cpu.MmioPort;

/** A {@link DevicePort} whose reads are watched for poll loops. */
public record PolledPort(MmioPort port, Polls polls, AfterAccess after) implements MmioPort {
  @Override
  public long read(long address, int bytes) {
    long value = port.read(address, bytes);
    polls.read(address, value);
    after.planOn();
    return value;
  }

  @Override
  public void write(long address, int bytes, long value) {
    polls.written();
    port.write(address, bytes, value);
    after.planOn();
  }
}
