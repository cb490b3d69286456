package dev.roundhouse.junit;

import dev.roundhouse.devices.trace.DeviceEvent;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.emulator.testing.Condition;
import dev.roundhouse.emulator.testing.ScreenShows;
import dev.roundhouse.emulator.testing.TestMachine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The far end of a UART's line. Text is a byte for each character (ISO 8859-1). */
public final class Uart {
  private static final int SHOWN_CHARACTERS = 400;

  private final Machine machine;
  private final int number;

  Uart(Machine machine, int number) {
    this.machine = machine;
    this.number = number;
  }

  /** Its number. */
  public int number() {
    return number;
  }

  /** Types text; programs take it when they can. {@code \r} is the Enter key. */
  public void type(String text) {
    type(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes. */
  public void type(byte... bytes) {
    bench().type(number, bytes);
  }

  /** Ends the input: programs that read up to its end go on. */
  public void endInput() {
    bench().endInput(number);
  }

  /** All that was sent so far. */
  public String text() {
    return bench().transcript(number).text();
  }

  /** What was sent lately, for messages. */
  String lately() {
    String text = text();
    return text.length() <= SHOWN_CHARACTERS
        ? text
        : "..." + text.substring(text.length() - SHOWN_CHARACTERS);
  }

  /** It sends this text from now on, at whatever places: what was sent before does not count. */
  public Condition prints(String text) {
    return prints("\"" + text + "\"", Pattern.compile(Pattern.quote(text)));
  }

  /** It sends something from now on that a regular expression finds. */
  public Condition printsMatch(String regex) {
    return prints("what matches " + regex, Pattern.compile(regex));
  }

  private Condition prints(String what, Pattern pattern) {
    long from = bench().transcript(number).length();
    return new Condition() {
      @Override
      public boolean holds() {
        return pattern.matcher(bench().transcript(number).textFrom(from)).find();
      }

      @Override
      public String text() {
        return "UART" + number + " prints " + what;
      }

      @Override
      public String present() {
        String since = bench().transcript(number).textFrom(from);
        return since.isEmpty() ? "it printed nothing" : "it printed:\n" + since;
      }

      @Override
      public boolean mayHoldAfter(TraceEvent event) {
        return event instanceof DeviceEvent.FrameSent;
      }
    };
  }

  /**
   * The rows of a terminal at the line, as people see them: cursor movements and other control
   * sequences are carried out. Blanks at the end of a row and empty rows below are left out.
   */
  public List<String> screen() {
    return bench().transcript(number).screen().rows();
  }

  /** The screen has this text in one of its rows, now or later. */
  public Condition shows(String text) {
    return new ScreenShows(bench(), number, text);
  }

  private TestMachine bench() {
    return machine.bench();
  }
}
