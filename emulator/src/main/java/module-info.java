/** The machine: engine, run loop, recording, observation. */
module dev.roundhouse.emulator {
  requires com.fazecast.jSerialComm;
  requires com.google.gson;
  requires org.jline.terminal;
  requires transitive dev.roundhouse.kernel;
  requires static org.jspecify;

  exports dev.roundhouse.emulator.testing;
  exports dev.roundhouse.emulator.boundary;
  exports dev.roundhouse.emulator.compare;
  exports dev.roundhouse.emulator.conformance;
  exports dev.roundhouse.emulator.conformance.cases;
  exports dev.roundhouse.emulator.conformance.script;
  exports dev.roundhouse.emulator.cpu;
  exports dev.roundhouse.emulator.debugger;
  exports dev.roundhouse.emulator.debuginfo;
  exports dev.roundhouse.emulator.engine;
  exports dev.roundhouse.emulator.file;
  exports dev.roundhouse.emulator.guard;
  exports dev.roundhouse.emulator.image;
  exports dev.roundhouse.emulator.lines;
  exports dev.roundhouse.emulator.process;
  exports dev.roundhouse.emulator.run;
  exports dev.roundhouse.emulator.trackserver;
  exports dev.roundhouse.emulator.input;
  exports dev.roundhouse.emulator.machine;
  exports dev.roundhouse.emulator.observe;
  exports dev.roundhouse.emulator.record;
  exports dev.roundhouse.emulator.record.format;
  exports dev.roundhouse.emulator.screen;
  exports dev.roundhouse.emulator.setup;
  exports dev.roundhouse.emulator.stubs;
  exports dev.roundhouse.emulator.tasks;
  exports dev.roundhouse.emulator.timeline;
}
