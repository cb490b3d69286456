package dev.roundhouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.SparseMemory;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.board.DrivenDevices;
import dev.roundhouse.kernel.board.KernelTime;
import dev.roundhouse.kernel.loader.ElfBuilder;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Strictness;
import dev.roundhouse.kernel.report.Violation;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.Tid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A kernel whose tasks make the system calls that a test says: a program is a row of calls. */
final class TestKernel {
  static final long SCRATCH = 0x1000_0000L;
  static final long CALLER = 0x4440_1234L;
  private static final int SCRATCH_PER_TASK = 0x1_0000;

  final SparseMemory memory = new SparseMemory(new AddressRange(0x20_0000L, 0x7FE0_0000L));
  final FakeBoard board = new FakeBoard();
  final VirtualClock clock = new VirtualClock();
  final List<Violation> violations = new ArrayList<>();
  final List<TraceEvent> trace = new ArrayList<>();
  final Map<String, ParseResult> programs = new TreeMap<>();
  Strictness strictness = Strictness.TOLERANT;
  AbiProfile profile = AbiProfile.trainsOs();
  List<KernelConfig.Argument> entryArguments = List.of();
  boolean isTraced;

  /** What makes room in the console's FIFO when the kernel polls. */
  Runnable atDeadline = () -> {};

  boolean hasDeadline = true;

  private Kernel kernel;
  private Decision latest;

  TestKernel() {
    for (String name : List.of("user_entry", "name_server", "child")) {
      program(name, ElfBuilder.smallProgram());
    }
  }

  static TestKernel booted() {
    return new TestKernel().boot();
  }

  /** Booted, the name server in recv, the entry running: where most tests begin. */
  static TestKernel ready() {
    TestKernel k = booted();
    k.runUntil(2).recv(8);
    return k.runUntil(1);
  }

  /** The same on a kernel after the course's specification. */
  static TestKernel readyCourse() {
    TestKernel k = new TestKernel();
    k.profile = AbiProfile.course();
    k.boot().runUntil(2).recv(8);
    return k.runUntil(1);
  }

  TestKernel program(String name, byte[] elf) {
    programs.put(name, ElfImage.parse(name, elf));
    return this;
  }

  TestKernel boot() {
    kernel =
        new Kernel(
            new KernelConfig(
                profile,
                new KernelConfig.Hardware(
                    memory,
                    new DrivenDevices(
                        board.bus, Bcm2711.LAYOUT.addresses(), Bcm2711.LAYOUT.rates()),
                    clock,
                    time()),
                new ProgramCatalog(programs),
                entryArguments,
                new KernelConfig.Reports(sink(), violations::add, strictness)));
    latest = kernel.boot();
    return this;
  }

  Kernel kernel() {
    return kernel;
  }

  Decision latest() {
    return latest;
  }

  /** The tid that runs; fails if none does. */
  int running() {
    assertThat(latest).isInstanceOf(Decision.Run.class);
    return ((Decision.Run) latest).task().tid().value();
  }

  EndOfRun end() {
    assertThat(latest).isInstanceOf(Decision.End.class);
    return ((Decision.End) latest).why();
  }

  Task task(int tid) {
    return kernel.task(new Tid(tid)).orElseThrow();
  }

  /** x0 of the task that runs. */
  long result() {
    running();
    return kernel.current().registers().x(0);
  }

  /** Lets whoever runs yield until {@code tid} runs. */
  TestKernel runUntil(int tid) {
    for (int turns = 0; running() != tid; turns++) {
      assertThat(turns).as("turns until tid %d runs", tid).isLessThan(100);
      yieldNow();
    }
    return this;
  }

  /** Enters, and again for each interrupt that comes before a loader, as the machine does. */
  private void handle(KernelEntry entry) {
    latest = kernel.handle(entry);
    while (latest instanceof Decision.TakeInterrupt) {
      latest = kernel.handle(KernelEntry.Interrupt.INSTANCE);
    }
  }

  TestKernel call(int number, long... arguments) {
    var registers = kernel.current().registers();
    for (int index = 0; index < arguments.length; index++) {
      registers.setX(index, arguments[index]);
    }
    registers.setX(30, CALLER);
    handle(new KernelEntry.SupervisorCall(number));
    return this;
  }

  TestKernel interrupt() {
    handle(KernelEntry.Interrupt.INSTANCE);
    return this;
  }

  TestKernel enter(KernelEntry entry) {
    handle(entry);
    return this;
  }

  TestKernel exit() {
    return call(0);
  }

  TestKernel yieldNow() {
    return call(1);
  }

  TestKernel create(int priority, String program) {
    return createWith(priority, "PROGRAM\0" + program + "\0");
  }

  TestKernel createWith(int priority, String block) {
    byte[] bytes = block.getBytes(StandardCharsets.US_ASCII);
    memory.write(scratch(), bytes, 0, bytes.length);
    return call(2, priority, scratch(), bytes.length);
  }

  TestKernel myTid() {
    return call(3);
  }

  /** Sends text with room for a reply of {@code replyRoom} bytes at scratch + 0x800. */
  TestKernel send(int to, String message, int replyRoom) {
    byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
    memory.write(scratch() + 0x400, bytes, 0, bytes.length);
    return call(5, to, scratch() + 0x400, bytes.length, scratch() + 0x800, replyRoom);
  }

  /** Receives into scratch + 0x1000, the sender's tid going to scratch + 0x10. */
  TestKernel recv(int room) {
    return call(6, scratch() + 0x10, scratch() + 0x1000, room);
  }

  TestKernel reply(int to, String message) {
    byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
    memory.write(scratch() + 0xC00, bytes, 0, bytes.length);
    return call(7, to, scratch() + 0xC00, bytes.length);
  }

  TestKernel await(long event) {
    return call(8, event);
  }

  TestKernel mmap(long size) {
    return call(9, scratch() + 0x20, size);
  }

  TestKernel print(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    memory.write(scratch() + 0x2000, bytes, 0, bytes.length);
    return call(13, scratch() + 0x2000, bytes.length);
  }

  /** A place in memory that belongs to the task that runs. */
  long scratch() {
    return scratchOf(kernel.current().tid().value());
  }

  static long scratchOf(int tid) {
    return SCRATCH + (long) tid * SCRATCH_PER_TASK;
  }

  String received(int tid, int length) {
    return text(scratchOf(tid) + 0x1000, length);
  }

  int receivedFrom(int tid) {
    return memory.getInt(scratchOf(tid) + 0x10);
  }

  String replied(int tid, int length) {
    return text(scratchOf(tid) + 0x800, length);
  }

  String text(long address, int length) {
    byte[] bytes = new byte[length];
    memory.read(address, bytes, 0, length);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  List<Rule> brokenRules() {
    return violations.stream().map(Violation::rule).toList();
  }

  private KernelTime time() {
    return new KernelTime() {
      @Override
      public void charge(long nanos) {
        clock.advanceTo(clock.nanos() + nanos);
      }

      @Override
      public boolean untilNextDeadline() {
        atDeadline.run();
        return hasDeadline;
      }
    };
  }

  private TraceSink sink() {
    return new TraceSink() {
      @Override
      public boolean isOn() {
        return isTraced;
      }

      @Override
      public void emit(long nanos, TraceEvent event) {
        trace.add(event);
      }
    };
  }
}
