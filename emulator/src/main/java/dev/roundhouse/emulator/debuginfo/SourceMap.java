package dev.roundhouse.emulator.debuginfo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which source the code of an ELF file was made of. Nothing of the file is trusted: what is missing
 * or damaged only means fewer answers.
 */
public final class SourceMap {
  private static final int MOST_KNOWN = 10_000;
  private static final int MOST_ORIGINS = 8;

  private final List<CodeUnit> units = new ArrayList<>();
  private final Map<Long, List<SourceFrame>> known = new HashMap<>();

  private Optional<UnwindTable> unwinding = Optional.empty();

  private SourceMap() {}

  /** The map of an ELF file, or of any other, which has none. */
  public static SourceMap of(byte[] file) {
    SourceMap map = new SourceMap();
    try {
      ElfSections sections = new ElfSections(file);
      map.unwinding = Optional.of(new UnwindTable(sections));
      ReadingLimits limits = new ReadingLimits();
      EntryWalk walk = new EntryWalk(sections, limits);
      ByteCursor info = sections.cursor(".debug_info");
      while (info.hasMore()) {
        map.units.add(new CodeUnit(sections, UnitHeader.next(info, 0), walk, limits));
      }
    } catch (DebugInfoException damaged) {
      return map;
    }
    return map;
  }

  /**
   * The functions that the instruction at an address belongs to, from the innermost that was
   * inlined there to the one that has the code; empty if nothing is known.
   *
   * @param address as in the file, before a load bias is added
   */
  public List<SourceFrame> at(long address) {
    List<SourceFrame> frames = known.get(address);
    if (frames == null) {
      frames = read(address);
      if (known.size() < MOST_KNOWN) {
        known.put(address, frames);
      }
    }
    return frames;
  }

  /** Where an instruction's function has what its caller needs; empty if that is not known. */
  public Optional<CallerRule> callerRule(long address) {
    return unwinding.flatMap(table -> table.at(address));
  }

  private List<SourceFrame> read(long address) {
    for (CodeUnit unit : units) {
      if (unit.mayContain(address)) {
        List<SourceFrame> frames = frames(unit, address);
        if (!frames.isEmpty()) {
          return frames;
        }
      }
    }
    return List.of();
  }

  private List<SourceFrame> frames(CodeUnit unit, long address) {
    List<SourceFrame> frames = new ArrayList<>();
    try {
      Optional<LineTable> table = unit.lines();
      LineTable.Line none = new LineTable.Line("", 0);
      LineTable.Line line = table.isEmpty() ? none : table.get().at(address).orElse(none);
      List<CodeEntry> path = unit.path(address);
      for (CodeEntry function : path.reversed()) {
        frames.add(new SourceFrame(name(function), line.path(), line.line()));
        String caller = table.isEmpty() ? "" : table.get().path(function.callFile);
        line = new LineTable.Line(caller, Math.clamp(function.callLine, 0, Integer.MAX_VALUE));
      }
      if (path.isEmpty() && line.line() > 0) {
        frames.add(new SourceFrame("", line.path(), line.line()));
      }
    } catch (DebugInfoException damaged) {
      return List.copyOf(frames);
    }
    return List.copyOf(frames);
  }

  private String name(CodeEntry function) throws DebugInfoException {
    CodeEntry named = function;
    for (int hops = 0; named.name.isEmpty() && hops < MOST_ORIGINS; hops++) {
      Optional<CodeEntry> origin = entry(named.origin);
      if (origin.isEmpty()) {
        break;
      }
      named = origin.get();
    }
    return named.name.isEmpty() ? named.linkageName : named.qualifiedName();
  }

  private Optional<CodeEntry> entry(long offset) throws DebugInfoException {
    for (CodeUnit unit : units.reversed()) {
      if (offset >= unit.start()) {
        return unit.at(offset);
      }
    }
    return Optional.empty();
  }
}
