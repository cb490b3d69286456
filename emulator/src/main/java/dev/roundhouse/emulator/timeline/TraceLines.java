package dev.roundhouse.emulator.timeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a trace of JSON Lines, event by event, in bounded memory. It knows only what {@code
 * observe.TraceFile} writes, objects of numbers and strings with {@code t} and {@code e} first, and
 * by hand for its reason: there are millions of them.
 */
public final class TraceLines implements TraceInput {
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_TEXT = 1 << 16;
  private static final int KNOWN_TEXTS = 1 << 12;
  private static final int HASH = 31;
  private static final int ASCII = 0x80;
  private static final int DECIMAL = 10;
  private static final int HEXADECIMAL = 16;
  private static final int UNICODE_DIGITS = 4;
  private static final int END = -1;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private final String[] known = new String[KNOWN_TEXTS];
  private byte[] text = new byte[BUFFER >> DECIMAL];
  private int at;
  private int filled;
  private long line;
  private long nanos;
  private boolean isCutOff;

  /** Reads a stream, which needs no buffer; the caller closes it. */
  public TraceLines(InputStream in) {
    this.in = in;
    Arrays.fill(known, "");
  }

  /** It ends within a line. */
  private static final class CutOff extends Exception {
    private static final long serialVersionUID = 1;

    CutOff() {
      super("", null, false, false);
    }
  }

  @Override
  public boolean next(EventFields event) throws IOException {
    int first = read();
    if (first == END) {
      return false;
    }
    line++;
    try {
      if (first != '{') {
        throw bad("is no event: it begins with " + shown(first) + " and not with {");
      }
      readEvent(event);
      return true;
    } catch (CutOff _) {
      isCutOff = true;
      return false;
    }
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public String place() {
    return "line " + line;
  }

  @Override
  public boolean isCutOff() {
    return isCutOff;
  }

  private void readEvent(EventFields event) throws IOException, CutOff {
    event.clear();
    field("t");
    long time = number(get());
    if (time < nanos) {
      throw bad("time goes back");
    }
    nanos = time;
    require(get(), ',');
    field("e");
    require(get(), '"');
    event.event(text());
    int next = get();
    while (next == ',') {
      if (event.size() == EventFields.MOST) {
        throw bad("more than " + EventFields.MOST + " fields");
      }
      require(get(), '"');
      String name = text();
      require(get(), ':');
      int value = get();
      if (value == '"') {
        event.text(name, text());
      } else {
        event.number(name, number(value));
      }
      next = get();
    }
    require(next, '}');
    endOfLine();
  }

  private void field(String name) throws IOException, CutOff {
    require(get(), '"');
    String found = text();
    if (!found.equals(name)) {
      throw bad("is no event: the fields \"t\" and \"e\" come first");
    }
    require(get(), ':');
  }

  private void endOfLine() throws IOException {
    int next = read();
    if (next == '\r') {
      next = read();
    }
    if (next != '\n' && next != END) {
      throw bad(shown(next) + " behind the event");
    }
  }

  private long number(int first) throws IOException, CutOff {
    boolean isNegative = first == '-';
    int digit = isNegative ? get() : first;
    if (digit < '0' || digit > '9') {
      throw bad(shown(digit) + " where a number or a string should be");
    }
    long value = 0;
    while (digit >= '0' && digit <= '9') {
      int added = digit - '0';
      // Downwards, because there is one negative number more.
      if (value < (Long.MIN_VALUE + added) / DECIMAL) {
        throw bad("a number is too large");
      }
      value = value * DECIMAL - added;
      digit = get();
    }
    at--;
    if (!isNegative && value == Long.MIN_VALUE) {
      throw bad("a number is too large");
    }
    return isNegative ? value : -value;
  }

  /** The string whose opening quote was read. */
  private String text() throws IOException, CutOff {
    int length = 0;
    int hash = 0;
    boolean isPlain = true;
    for (int c = get(); c != '"'; c = get()) {
      if (c < ' ') {
        throw bad("a control character in a string");
      }
      isPlain &= c != '\\' && c < ASCII;
      length = put(c, length);
      if (c == '\\') {
        length = put(get(), length);
      }
      hash = HASH * hash + c;
    }
    return isPlain ? plain(hash, length) : unescaped(length);
  }

  private int put(int c, int length) {
    if (length == text.length) {
      if (length >= LONGEST_TEXT) {
        throw bad("a string is longer than " + LONGEST_TEXT + " bytes");
      }
      text = Arrays.copyOf(text, 2 * length);
    }
    text[length] = (byte) c;
    return length + 1;
  }

  /** Names come again and again, and are made once. */
  private String plain(int hash, int length) {
    int slot = (hash ^ (hash >>> HEXADECIMAL)) & (KNOWN_TEXTS - 1);
    String candidate = known[slot];
    if (candidate.length() == length && isText(candidate)) {
      return candidate;
    }
    String made = new String(text, 0, length, StandardCharsets.ISO_8859_1);
    known[slot] = made;
    return made;
  }

  private boolean isText(String candidate) {
    for (int i = 0; i < candidate.length(); i++) {
      if (candidate.charAt(i) != text[i]) {
        return false;
      }
    }
    return true;
  }

  private String unescaped(int length) {
    String raw = new String(text, 0, length, StandardCharsets.UTF_8);
    StringBuilder plain = new StringBuilder(raw.length());
    int i = 0;
    while (i < raw.length()) {
      char c = raw.charAt(i++);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      char escaped = raw.charAt(i++);
      switch (escaped) {
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 't' -> plain.append('\t');
        case 'b' -> plain.append('\b');
        case 'f' -> plain.append('\f');
        case '"', '\\', '/' -> plain.append(escaped);
        case 'u' -> {
          plain.append(unit(raw, i));
          i += UNICODE_DIGITS;
        }
        default -> throw bad("an escape that JSON does not have");
      }
    }
    return plain.toString();
  }

  private char unit(String raw, int from) {
    int value = 0;
    for (int i = from; i < from + UNICODE_DIGITS; i++) {
      int digit = i < raw.length() ? Character.digit(raw.charAt(i), HEXADECIMAL) : -1;
      if (digit < 0) {
        throw bad("an escape that JSON does not have");
      }
      value = value * HEXADECIMAL + digit;
    }
    return (char) value;
  }

  private void require(int found, char wanted) {
    if (found != wanted) {
      throw bad(shown(found) + " where " + wanted + " should be");
    }
  }

  private static String shown(int c) {
    return c > ' ' && c < ASCII - 1 ? Character.toString(c) : "byte 0x%02x".formatted(c);
  }

  private TraceException bad(String problem) {
    return new TraceException(problem);
  }

  /** The next byte of a line. */
  private int get() throws IOException, CutOff {
    int next = read();
    if (next == END) {
      throw new CutOff();
    }
    return next;
  }

  private int read() throws IOException {
    if (at == filled) {
      filled = in.read(buffer);
      at = 0;
      if (filled <= 0) {
        filled = 0;
        return END;
      }
    }
    return Byte.toUnsignedInt(buffer[at++]);
  }
}
