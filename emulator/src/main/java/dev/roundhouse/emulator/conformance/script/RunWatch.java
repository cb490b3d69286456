package dev.roundhouse.emulator.conformance.script;

import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.trace.KernelEvent;

/** Watches a run of scripts. What it throws ends the run. */
public interface RunWatch {
  /** Watches nothing. */
  RunWatch NONE =
      new RunWatch() {
        @Override
        public void starts(Kernel kernel) {
          // Not watched.
        }

        @Override
        public void happened(KernelEvent event) {
          // Not watched.
        }

        @Override
        public void written(long start, long end) {
          // Not watched.
        }

        @Override
        public void ended(RunEnd end) {
          // Not watched.
        }
      };

  /** Nothing has run yet; the kernel's first tasks are made. */
  void starts(Kernel kernel);

  /** The kernel tells of something. The first events come before the start. */
  void happened(KernelEvent event);

  /**
   * The kernel has written to the bytes {@code start} to {@code end} (exclusive). Only told of runs
   * on the processor for scripts; the first writes come before the start.
   */
  void written(long start, long end);

  /** The run is over. */
  void ended(RunEnd end);
}
