package dev.roundhouse.emulator.testing;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.trace.TraceEvent;
import java.util.List;

/**
 * That a row of the screen at a line has a text.
 *
 * @param uart the line
 */
public record ScreenShows(TestMachine bench, int uart, String wanted) implements Condition {
  @Override
  public boolean holds() {
    return rows().stream().anyMatch(row -> row.contains(wanted));
  }

  private List<String> rows() {
    return bench.transcript(uart).screen().rows();
  }

  @Override
  public String text() {
    return "the screen at " + Cables.name(uart) + " shows \"" + wanted + "\"";
  }

  @Override
  public String present() {
    return rows().isEmpty() ? "it is empty" : "it shows something else";
  }

  /** A screen is looked at now and then: half drawn, it shows what nobody sees. */
  @Override
  public boolean mayHoldAfter(TraceEvent event) {
    return false;
  }
}
