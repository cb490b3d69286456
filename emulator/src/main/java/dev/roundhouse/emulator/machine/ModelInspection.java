package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.ports.GuestRam;
import dev.roundhouse.emulator.run.GuestTime;
import dev.roundhouse.emulator.tasks.ModelTasks;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.Tid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The tasks of a kernel model, seen by a debugger.
 *
 * @param saveAll saves what the processor has of the task that ran last
 */
record ModelInspection(Kernel kernel, GuestRam ram, Halts halts, GuestTime time, Runnable saveAll)
    implements Inspection {
  private List<Task> tasks() {
    return kernel.tasks().stream().filter(task -> !task.tid().equals(Tid.IDLE)).toList();
  }

  private Optional<Task> task(int thread) {
    return tasks().stream().filter(task -> task.tid().value() == thread).findFirst();
  }

  @Override
  public List<GuestThread> threads() {
    return tasks().stream()
        .map(task ->
            new GuestThread(
                task.tid().value(), task.programName(), ModelTasks.statusOf(task).text()))
        .toList();
  }

  @Override
  public int current() {
    List<Task> tasks = tasks();
    if (tasks.isEmpty()) {
      return 0;
    }
    int latest = kernel.current().tid().value();
    return task(latest).orElse(tasks.getFirst()).tid().value();
  }

  @Override
  public Optional<long[]> registers(int thread) {
    saveAll.run();
    return task(thread).map(task -> task.registers().array().clone());
  }

  @Override
  public boolean setRegisters(int thread, long[] values) {
    saveAll.run();
    Optional<Task> task = task(thread);
    task.ifPresent(each -> System.arraycopy(values, 0, each.registers().array(), 0, values.length));
    return task.isPresent();
  }

  @Override
  public Optional<AddressRange> memory() {
    return Optional.of(ram.range());
  }

  @Override
  public int read(long address, byte[] into) {
    if (!ram.contains(address, 1)) {
      return 0;
    }
    int bytes = (int) Math.min(into.length, ram.range().end() - address);
    ram.read(address, into, 0, bytes);
    return bytes;
  }

  @Override
  public boolean write(long address, byte[] bytes) {
    boolean isThere = ram.contains(address, bytes.length);
    if (isThere) {
      ram.write(address, bytes, 0, bytes.length);
    }
    return isThere;
  }

  @Override
  public List<Program> programs() {
    return tasks().stream()
        .flatMap(task ->
            task.program().stream()
                .map(loaded ->
                    new Program(
                        task.tid().value(), new TaskFile(loaded.image()), loaded.loadBias())))
        .toList();
  }

  /** The file that a task was loaded from. */
  private record TaskFile(ElfImage image) implements ProgramFile {
    @Override
    public String name() {
      return image.name();
    }

    @Override
    public byte[] content() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(image.fileBytes());
      try {
        image.copyFileTo(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException("memory takes all that is written", e);
      }
      return bytes.toByteArray();
    }
  }

  @Override
  public VirtualTime now() {
    return new VirtualTime(time.present(0));
  }
}
