/** The board: time, bus, registers, devices, serial lines. */
module dev.roundhouse.devices {
  requires com.fazecast.jSerialComm;
  requires static org.jspecify;
}
