package dev.roundhouse.junit;

import java.util.regex.Pattern;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what a UART has sent. */
public final class UartAssert extends AbstractAssert<UartAssert, Uart> {
  UartAssert(Uart uart) {
    super(uart, UartAssert.class);
  }

  /** This text is somewhere in its output. */
  public UartAssert hasPrinted(String text) {
    isNotNull();
    if (!actual.text().contains(text)) {
      failWithMessage(
          "expected UART%d to have printed \"%s\", but it printed:%n%s",
          actual.number(), text, actual.lately());
    }
    return this;
  }

  /** This text is nowhere in its output. */
  public UartAssert hasNotPrinted(String text) {
    isNotNull();
    if (actual.text().contains(text)) {
      failWithMessage(
          "expected UART%d not to have printed \"%s\", but it printed:%n%s",
          actual.number(), text, actual.lately());
    }
    return this;
  }

  /** A regular expression finds something in its output. */
  public UartAssert hasPrintedMatch(String regex) {
    isNotNull();
    if (!Pattern.compile(regex).matcher(actual.text()).find()) {
      failWithMessage(
          "expected UART%d to have printed what matches %s, but it printed:%n%s",
          actual.number(), regex, actual.lately());
    }
    return this;
  }

  /** A row of the screen at its line has this text now. */
  public UartAssert shows(String text) {
    isNotNull();
    if (actual.screen().stream().noneMatch(row -> row.contains(text))) {
      failWithMessage(
          "expected the screen at UART%d to show \"%s\", but it shows:%n%s",
          actual.number(), text, String.join("\n", actual.screen()));
    }
    return this;
  }

  /** This is all its output. */
  public UartAssert hasPrintedExactly(String text) {
    isNotNull();
    if (!actual.text().equals(text)) {
      throw failureWithActualExpected(
          actual.text(),
          text,
          "expected UART%d to have printed \"%s\", but it printed \"%s\"",
          actual.number(),
          text,
          actual.text());
    }
    return this;
  }
}
