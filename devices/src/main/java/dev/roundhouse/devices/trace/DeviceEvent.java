package dev.roundhouse.devices.trace;

/** What devices report to the trace. */
public sealed interface DeviceEvent extends TraceEvent {
  /** A frame has left a UART. */
  record FrameSent(String uart, int value) implements DeviceEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("frame-sent").text("uart", uart).number("value", value);
    }
  }

  /**
   * A frame has reached a UART.
   *
   * @param dataWithErrors bits 0-7 the character, 8-11 the error bits as in UARTDR
   */
  record FrameReceived(String uart, int dataWithErrors) implements DeviceEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("frame-received").text("uart", uart).number("data", dataWithErrors);
    }
  }

  /** A frame was lost because the receive FIFO was full. */
  record ReceiveOverrun(String uart, int value) implements DeviceEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("receive-overrun").text("uart", uart).number("value", value);
    }
  }

  /** A frame has left a station of a CAN bus, and all others have it; as candump writes it. */
  record CanFrameSent(String station, String frame) implements DeviceEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("can-frame").text("station", station).text("frame", frame);
    }
  }

  /** A frame of a station of a CAN bus was destroyed, or nobody acknowledged it. */
  record CanFrameFailed(String station, String frame, String result) implements DeviceEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor
          .event("can-frame-failed")
          .text("station", station)
          .text("frame", frame)
          .text("result", result);
    }
  }

  /** A compare register of the system timer matched. */
  record TimerMatched(int compare, int counter) implements DeviceEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor
          .event("timer-matched")
          .number("compare", compare)
          .number("counter", Integer.toUnsignedLong(counter));
    }
  }

  /** An interrupt was acknowledged at the CPU interface. */
  record InterruptAcknowledged(int id) implements DeviceEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("interrupt-acknowledged").number("id", id);
    }
  }

  /** An interrupt was ended at the CPU interface. */
  record InterruptEnded(int id) implements DeviceEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("interrupt-ended").number("id", id);
    }
  }

  /** A program asked the watchdog for a full reset. */
  record RebootRequested() implements DeviceEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("reboot-requested");
    }
  }
}
