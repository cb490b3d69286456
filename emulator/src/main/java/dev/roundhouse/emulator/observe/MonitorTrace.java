package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.trace.DeviceEvent;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.train.cs3.CentralStation;
import dev.roundhouse.emulator.input.CanLine;
import java.util.Map;
import java.util.TreeMap;

/** Passes a trace on, and shows the frames of some UARTs to monitors of their lines. */
public final class MonitorTrace implements TraceSink {
  private static final int BYTE_MASK = 0xff;

  private final TraceSink onward;
  private final Map<String, LineWatch> watches;

  /**
   * A trace with monitors.
   *
   * @param watches by the UART's name, such as {@code UART3}
   */
  public MonitorTrace(TraceSink onward, Map<String, LineWatch> watches) {
    this.onward = onward;
    this.watches = new TreeMap<>(watches);
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void emit(long nanos, TraceEvent event) {
    if (onward.isOn()) {
      onward.emit(nanos, event);
    }
    if (event instanceof DeviceEvent.FrameSent(String uart, int value)) {
      watch(uart).toBox(nanos, value & BYTE_MASK);
    } else if (event instanceof DeviceEvent.FrameReceived(String uart, int data)) {
      watch(uart).fromBox(nanos, data & BYTE_MASK);
    } else if (event instanceof DeviceEvent.CanFrameSent(String station, String frame)) {
      LineWatch watch = watch(Cables.name(Cables.CAN));
      if (station.equals(CentralStation.NAME) || station.equals(CanLine.NAME)) {
        watch.frameFromBox(nanos, CanFrame.parse(frame));
      } else {
        watch.frameToBox(nanos, CanFrame.parse(frame));
      }
    }
  }

  private LineWatch watch(String uart) {
    LineWatch watch = watches.get(uart);
    return watch == null ? LineWatch.none() : watch;
  }
}
