/** The board: time, bus, registers, devices, serial lines. */
module dev.roundhouse.devices {
  requires com.google.gson;
  requires static org.jspecify;

  exports dev.roundhouse.devices.auxiliary;
  exports dev.roundhouse.devices.bcm2711;
  exports dev.roundhouse.devices.board;
  exports dev.roundhouse.devices.can;
  exports dev.roundhouse.devices.device;
  exports dev.roundhouse.devices.bus;
  exports dev.roundhouse.devices.file;
  exports dev.roundhouse.devices.gic;
  exports dev.roundhouse.devices.gpio;
  exports dev.roundhouse.devices.irq;
  exports dev.roundhouse.devices.mailbox;
  exports dev.roundhouse.devices.plant;
  exports dev.roundhouse.devices.pmu;
  exports dev.roundhouse.devices.register;
  exports dev.roundhouse.devices.serial;
  exports dev.roundhouse.devices.text;
  exports dev.roundhouse.devices.time;
  exports dev.roundhouse.devices.timer;
  exports dev.roundhouse.devices.trace;
  exports dev.roundhouse.devices.train;
  exports dev.roundhouse.devices.train.box;
  exports dev.roundhouse.devices.train.calibration;
  exports dev.roundhouse.devices.train.cs3;
  exports dev.roundhouse.devices.train.event;
  exports dev.roundhouse.devices.train.fault;
  exports dev.roundhouse.devices.train.layout;
  exports dev.roundhouse.devices.train.motion;
  exports dev.roundhouse.devices.train.track;
  exports dev.roundhouse.devices.uart;
}
