package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.train.box.BoxDialogue;
import dev.roundhouse.devices.train.cs3.MessageText;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Shows what passes on the line or bus to a box, a line of text for each byte or frame: time, line,
 * direction, the byte or frame and its meaning.
 *
 * <pre>
 *   0.004583333s  UART3  -&gt; box   10  0x0a  speed 10; the train follows
 *   0.079183333s  UART3  &lt;- box  128  0x80  module 1, contacts 1 to 8: A1
 *   0.015300000s  CAN    -&gt; box  0008C300#0000000E01C3      train 14: speed 451 (step 6)
 * </pre>
 */
public final class LineMonitor implements LineWatch {
  private final String line;
  private final Consumer<String> sink;
  private final BoxDialogue dialogue = new BoxDialogue();

  /**
   * A monitor of a line.
   *
   * @param line its name, such as {@code UART3}
   * @param sink takes each line of text, without its end
   */
  public LineMonitor(String line, Consumer<String> sink) {
    this.line = line;
    this.sink = sink;
  }

  @Override
  public void toBox(long nanos, int value) {
    show(nanos, "->", value, dialogue.toBox(value));
  }

  @Override
  public void fromBox(long nanos, int value) {
    show(nanos, "<-", value, dialogue.fromBox(value));
  }

  @Override
  public void frameToBox(long nanos, CanFrame frame) {
    show(nanos, "->", frame);
  }

  @Override
  public void frameFromBox(long nanos, CanFrame frame) {
    show(nanos, "<-", frame);
  }

  private void show(long nanos, String direction, CanFrame frame) {
    sink.accept(
        String.format(
            Locale.ROOT,
            "%s  %s  %s box  %-25s  %s",
            new VirtualTime(nanos),
            line,
            direction,
            frame,
            MessageText.of(frame)));
  }

  private void show(long nanos, String direction, int value, String meaning) {
    sink.accept(
        String.format(
            Locale.ROOT,
            "%s  %s  %s box  %3d  0x%02x  %s",
            new VirtualTime(nanos),
            line,
            direction,
            value,
            value,
            meaning));
  }
}
