package dev.roundhouse.emulator.record;

import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.abi.UserBuffer;
import java.util.function.LongConsumer;

/** Breaks system calls down into numbers. */
record SyscallDigest(LongConsumer numbers) {
  // What a call is: part of the file format.
  private static final int EXIT = 1;
  private static final int YIELD = 2;
  private static final int CREATE = 3;
  private static final int MY_TID = 4;
  private static final int MY_PARENT_TID = 5;
  private static final int SEND = 6;
  private static final int RECEIVE = 7;
  private static final int REPLY = 8;
  private static final int AWAIT_EVENT = 9;
  private static final int MAP_MEMORY = 10;
  private static final int SYSTEM_HEALTH = 11;
  private static final int ENCODER_INIT = 12;
  private static final int ENCODER_GET = 13;
  private static final int PRINT_RAW = 14;
  private static final int QUIT = 15;

  void add(Syscall call) {
    switch (call) {
      case Syscall.Exit() -> put(EXIT, 0, 0);
      case Syscall.Yield() -> put(YIELD, 0, 0);
      case Syscall.Create create -> {
        put(CREATE, create.priority(), 0);
        put(create.arguments());
      }
      case Syscall.MyTid() -> put(MY_TID, 0, 0);
      case Syscall.MyParentTid() -> put(MY_PARENT_TID, 0, 0);
      case Syscall.Send send -> {
        put(SEND, send.to(), 0);
        put(send.message());
        put(send.reply());
      }
      case Syscall.Receive receive -> {
        put(RECEIVE, receive.tidAddress(), 0);
        put(receive.buffer());
      }
      case Syscall.Reply reply -> {
        put(REPLY, reply.to(), 0);
        put(reply.message());
      }
      case Syscall.AwaitEvent await -> put(AWAIT_EVENT, await.event().value(), 0);
      case Syscall.MapMemory map -> put(MAP_MEMORY, map.targetAddress(), map.bytes());
      case Syscall.SystemHealth health -> put(SYSTEM_HEALTH, health.address(), 0);
      case Syscall.EncoderInit init -> put(ENCODER_INIT, init.pinA(), init.pinB());
      case Syscall.EncoderGet get -> put(ENCODER_GET, get.id(), get.address());
      case Syscall.PrintRaw print -> put(PRINT_RAW, print.address(), print.length());
      case Syscall.Quit() -> put(QUIT, 0, 0);
    }
  }

  private void put(int kind, long first, long second) {
    numbers.accept(kind);
    numbers.accept(first);
    numbers.accept(second);
  }

  private void put(UserBuffer buffer) {
    numbers.accept(buffer.address());
    numbers.accept(buffer.length());
  }
}
