package dev.roundhouse.cli.layout;

import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.emulator.debuginfo.StructLayout;
import dev.roundhouse.emulator.debuginfo.StructLayout.Member;
import java.util.ArrayList;
import java.util.List;

/** A structure as a table: members, what is between them, and where cache lines begin. */
public final class LayoutTable {
  /** Cortex-A72 TRM, 6.1: lines of the L1 data cache and the L2 cache. */
  private static final long CACHE_LINE = 64;

  private static final int NUMBER_WIDTH = 8;
  private static final int LONGEST_NAME = 500;

  private final List<String> lines = new ArrayList<>();
  private long cacheLine;
  private long filled;

  private LayoutTable() {}

  /** The table of a structure of a file. */
  public static List<String> of(String file, StructLayout struct) {
    LayoutTable table = new LayoutTable();
    table.lines.add(
        Printable.line(file + ": ")
            + Printable.line(struct.name(), LONGEST_NAME)
            + ", "
            + struct.size()
            + " bytes, aligned to "
            + struct.alignment());
    table.lines.add("  offset    size  member");
    for (Member member : struct.members()) {
      if (member.depth() == 0) {
        table.padTo(member.offset());
        table.filled = Math.max(table.filled, member.end());
      }
      table.markCacheLine(member.offset());
      String bits = member.bits().map(some -> ", " + some).orElse("");
      String name = "  ".repeat(member.depth()) + member.name() + ": " + member.type() + bits;
      table.row(member.offset(), member.size(), name);
    }
    table.padTo(struct.size());
    return List.copyOf(table.lines);
  }

  private void padTo(long offset) {
    if (offset > filled) {
      row(filled, offset - filled, "(padding)");
    }
  }

  private void markCacheLine(long offset) {
    if (offset / CACHE_LINE > cacheLine) {
      cacheLine = offset / CACHE_LINE;
      lines.add("  -- cache line " + cacheLine + ", from " + cacheLine * CACHE_LINE + " on --");
    }
  }

  private void row(long offset, long size, String what) {
    lines.add(padded(offset) + padded(size) + "  " + Printable.line(what, LONGEST_NAME));
  }

  private static String padded(long number) {
    String digits = Long.toString(number);
    return " ".repeat(Math.max(NUMBER_WIDTH - digits.length(), 1)) + digits;
  }
}
