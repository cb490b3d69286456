package dev.roundhouse.emulator.calls;

import dev.roundhouse.emulator.calls.ArgumentShape.Kind;

/**
 * An argument of one system call.
 *
 * @param name as in traces
 * @param value the register
 * @param length the second register of a buffer, otherwise 0
 * @param content of memory that the kernel reads, a character for each byte; empty otherwise
 */
public record GivenArgument(Kind kind, String name, long value, long length, String content) {
  /** Whether it is a number, and not an address. */
  public boolean isNumber() {
    return switch (kind) {
      case INT, LONG, TID, PRIORITY -> true;
      case IN, TEXT, OUT, OUT_INT, OUT_POINTER, ANY -> false;
    };
  }

  /** The number, as wide as it is. */
  public long number() {
    return kind == Kind.LONG ? value : (int) value;
  }

  /** Whether it is a text, whose content says more than its address. */
  public boolean isText() {
    return kind == Kind.TEXT;
  }

  /** Whether it is a buffer with a length. */
  public boolean hasLength() {
    return kind.hasLength();
  }

  /** What matters of it, for a comparison: no addresses. */
  public String text() {
    return name
        + "="
        + switch (kind) {
          case INT, TID, PRIORITY, LONG -> Long.toString(number());
          case TEXT -> Bytes.quoted(content);
          case IN -> value == 0 && length == 0 ? "none" : Bytes.quoted(content) + cut();
          case OUT -> "room for " + Long.toUnsignedString(length);
          case OUT_INT, OUT_POINTER, ANY -> "...";
        };
  }

  private String cut() {
    return content.length() == length ? "" : " of " + Long.toUnsignedString(length);
  }
}
