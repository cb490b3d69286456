package dev.roundhouse.cli.map;

import dev.roundhouse.devices.train.TrackSnapshot;
import dev.roundhouse.emulator.input.TrainWatcher;
import dev.roundhouse.emulator.process.Display;
import dev.roundhouse.emulator.process.Endings;
import dev.roundhouse.emulator.process.ScreenSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A terminal that shows a track ten times per second while a machine runs. It has its own screen
 * meanwhile (the alternate one of xterm): what was there before is there again afterwards, also
 * after Ctrl-C. A thread of its own draws, so that a slow terminal does not hold up the machine.
 */
public final class MapScreen implements TrainWatcher, AutoCloseable {
  private static final long FRAME_NANOS = 100_000_000;
  private static final int MOST_CAPTIONS = 2;
  private static final int LEAST_ROWS_FOR_CAPTIONS = 20;

  private final TrackMap map;
  private final Display display;
  private final Colours colours;
  private final Thread painter = new Thread(this::paint, "roundhouse-map");
  private Endings.Promise restoring = () -> {};
  private ScreenLines lines = new ScreenLines(ScreenSize.USUAL);
  private final Deque<String> captions = new ArrayDeque<>();
  private boolean isLeft;
  private volatile boolean isOver;
  private volatile boolean isWanted = true;
  private final AtomicReference<@Nullable TrackSnapshot> toShow = new AtomicReference<>();

  /** Whether a picture is coloured. */
  public enum Colours {
    ON,
    OFF;

    /** As the process's environment wants it: NO_COLOR, as on no-color.org. */
    public static Colours fitting(Map<String, String> environment) {
      return environment.getOrDefault("NO_COLOR", "").isEmpty() ? ON : OFF;
    }
  }

  /** Whether a terminal can show a map at all, by the process's environment. */
  public static boolean isPossible(Map<String, String> environment) {
    String terminal = environment.getOrDefault("TERM", "");
    return !terminal.isEmpty() && !terminal.equals("dumb");
  }

  private MapScreen(TrackMap map, Display display, Colours colours) {
    this.map = map;
    this.display = display;
    this.colours = colours;
  }

  /** Takes over a terminal until {@link #close}. */
  public static MapScreen open(TrackMap map, Display display, Colours colours, Endings endings) {
    MapScreen screen = new MapScreen(map, display, colours);
    screen.painter.setDaemon(true);
    screen.restoring = endings.before(screen::leave);
    screen.perform(display::enterOtherScreen);
    screen.painter.start();
    return screen;
  }

  /** Shows a line of text beneath the map, where there is room, until others have come. */
  public void say(String line) {
    synchronized (captions) {
      captions.addLast(line);
      if (captions.size() > MOST_CAPTIONS) {
        captions.removeFirst();
      }
    }
  }

  @Override
  public void look(long nanos, Supplier<TrackSnapshot> trains) {
    if (isWanted) {
      isWanted = false;
      toShow.set(trains.get());
    }
  }

  private void paint() {
    while (!isOver) {
      TrackSnapshot snapshot = toShow.getAndSet(null);
      if (snapshot != null) {
        show(snapshot);
        isWanted = true;
      }
      LockSupport.parkNanos(FRAME_NANOS);
    }
  }

  private void show(TrackSnapshot snapshot) {
    ScreenSize size = display.size();
    if (!size.equals(lines.size())) {
      lines = new ScreenLines(size);
    }
    List<String> below = captions(size);
    Picture picture =
        map.draw(snapshot, new ScreenSize(size.columns(), size.rows() - below.size()));
    List<String> wanted =
        new ArrayList<>(colours == Colours.ON ? picture.coloured() : picture.plain());
    wanted.addAll(below);
    write(lines.change(wanted));
  }

  private List<String> captions(ScreenSize size) {
    if (size.rows() < LEAST_ROWS_FOR_CAPTIONS) {
      return List.of();
    }
    synchronized (captions) {
      return captions.stream().map(line -> ScreenLines.fitting(line, size.columns())).toList();
    }
  }

  /** Something that is done to a terminal. */
  private interface Act {
    void perform() throws IOException;
  }

  private void write(String text) {
    perform(() -> display.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private synchronized void perform(Act act) {
    if (isLeft) {
      return;
    }
    try {
      act.perform();
    } catch (IOException e) {
      // The terminal is gone; the run goes on without a map.
      isLeft = true;
      isOver = true;
    }
  }

  private synchronized void leave() {
    isOver = true;
    perform(display::leaveOtherScreen);
    isLeft = true;
  }

  /** Gives the terminal back as it was. */
  @Override
  public void close() {
    leave();
    try {
      restoring.withdraw();
      display.close();
    } catch (IOException e) {
      // The terminal is gone.
    }
  }
}
