/** The TrainsOS kernel model: system calls, scheduling, loading. */
module dev.roundhouse.kernel {
  requires transitive dev.roundhouse.devices;
  requires static org.jspecify;

  exports dev.roundhouse.kernel;
  exports dev.roundhouse.kernel.abi;
  exports dev.roundhouse.kernel.board;
  exports dev.roundhouse.kernel.loader;
  exports dev.roundhouse.kernel.memory;
  exports dev.roundhouse.kernel.report;
  exports dev.roundhouse.kernel.task;
  exports dev.roundhouse.kernel.trace;
}
