package dev.roundhouse.cli.map;

import dev.roundhouse.devices.train.TrackSnapshot;
import dev.roundhouse.emulator.host.Display;
import dev.roundhouse.emulator.host.ScreenSize;
import dev.roundhouse.emulator.input.TrainWatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
  private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
  private static final String LEAVE = "\u001b[0m\u001b[?25h\u001b[?1049l";

  private final TrackMap map;
  private final Display display;
  private final Colours colours;
  private final Thread painter = new Thread(this::paint, "roundhouse-map");
  private final Thread restorer = new Thread(this::leave, "roundhouse-map-restore");
  private ScreenLines lines = new ScreenLines(ScreenSize.USUAL);
  private boolean isLeft;
  private volatile boolean isOver;
  private volatile boolean isWanted = true;
  private final AtomicReference<@Nullable TrackSnapshot> toShow = new AtomicReference<>();

  /** Whether a picture is coloured. */
  public enum Colours {
    ON,
    OFF
  }

  private MapScreen(TrackMap map, Display display, Colours colours) {
    this.map = map;
    this.display = display;
    this.colours = colours;
  }

  /** Takes over a terminal until {@link #close}. */
  public static MapScreen open(TrackMap map, Display display, Colours colours) {
    MapScreen screen = new MapScreen(map, display, colours);
    screen.painter.setDaemon(true);
    Runtime.getRuntime().addShutdownHook(screen.restorer);
    screen.write(ENTER);
    screen.painter.start();
    return screen;
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
    Picture picture = map.draw(snapshot, size);
    List<String> wanted = colours == Colours.ON ? picture.coloured() : picture.plain();
    write(lines.change(wanted));
  }

  private synchronized void write(String text) {
    if (isLeft) {
      return;
    }
    try {
      display.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The terminal is gone; the run goes on without a map.
      isLeft = true;
      isOver = true;
    }
  }

  private synchronized void leave() {
    isOver = true;
    write(LEAVE);
    isLeft = true;
  }

  /** Gives the terminal back as it was. */
  @Override
  public void close() {
    leave();
    try {
      Runtime.getRuntime().removeShutdownHook(restorer);
      display.close();
    } catch (IllegalStateException | IOException e) {
      // The process ends already, or the terminal is gone.
    }
  }
}
