/** The TrainsOS kernel model: system calls, scheduling, loading. */
module dev.roundhouse.kernel {
  requires transitive dev.roundhouse.devices;
  requires static org.jspecify;

  exports dev.roundhouse.kernel.abi;
}
