package dev.roundhouse.emulator.conformance.cases;

/** The sources that several cases have. */
final class Sources {
  private static final String SYSCALLS = "kernel/src/syscall_handler.c";
  private static final String TASK = "kernel/src/task.c";
  private static final String INTERRUPT = "kernel/src/interrupt.c";
  private static final String PAGES = "kernel/src/pgmgr.c";
  private static final String ENCODERS = "kernel/src/encoder.c";
  private static final String LOADER = "loader/src/loader.c";

  static final Source LOOP = Source.kernel("kernel/src/loop.c", "k_loop");
  static final Source MAIN = Source.kernel("kernel/src/main.c", "k_main");
  static final Source HEAP = Source.kernel("lib/include/heap.h", "HEAP_INSERT");
  static final Source READY_QUEUE =
      Source.kernel("kernel/include/scheduler.h", "cmp_keys_task_dsp");
  static final Source PRIORITIES =
      Source.kernel("kernel/include/scheduler.h", "k_sched_priority_is_valid");
  static final Source MAILBOX_COPY = Source.kernel("kernel/include/mailbox.h", "k_mbox_copy_msg");
  static final Source MAILBOX_QUEUE =
      Source.kernel("kernel/include/mailbox.h", "k_mbox_add_send_queue");
  static final Source MAILBOX_TAKE =
      Source.kernel("kernel/include/mailbox.h", "k_mbox_pop_send_queue");
  static final Source VECTORS = Source.kernel("kernel/src/exception.S", "syscall_handler");
  static final Source INTERRUPT_ENTRY =
      Source.kernel("kernel/src/exception.S", "interrupt_handler");
  static final Source MEMORY_MAP = Source.kernel("kernel/src/mmu.c", "create_block_entry");

  static final Source EXIT = Source.kernel(SYSCALLS, "k_exit_handler");
  static final Source CREATE = Source.kernel(SYSCALLS, "k_create_handler");
  static final Source MY_TID = Source.kernel(SYSCALLS, "k_my_tid_handler");
  static final Source MY_PARENT_TID = Source.kernel(SYSCALLS, "k_my_parent_tid_handler");
  static final Source SEND = Source.kernel(SYSCALLS, "k_send_handler");
  static final Source RECEIVE = Source.kernel(SYSCALLS, "k_recv_handler");
  static final Source REPLY = Source.kernel(SYSCALLS, "k_reply_handler");
  static final Source AWAIT = Source.kernel(SYSCALLS, "k_await_event_handler");
  static final Source MMAP = Source.kernel(SYSCALLS, "k_mmap_handler");
  static final Source HEALTH = Source.kernel(SYSCALLS, "k_sys_health");
  static final Source PRINT = Source.kernel(SYSCALLS, "k_print_raw");
  static final Source QUIT = Source.kernel(SYSCALLS, "k_quit");
  static final Source ENCODER_GET = Source.kernel(SYSCALLS, "k_quadrature_encoder_get");
  static final Source ENCODER_INIT = Source.kernel(ENCODERS, "encoder_init");

  static final Source NEW_TASK = Source.kernel(TASK, "k_tmgr_get_free_task");
  static final Source START_OF_TASK = Source.kernel(TASK, "k_td_init_user_task");
  static final Source END_OF_TASK = Source.kernel(TASK, "k_tmgr_destroy_task");

  static final Source WAKE = Source.kernel(INTERRUPT, "k_intr_wakeup_tasks");
  static final Source TIMER = Source.kernel(INTERRUPT, "process_intr_timer");
  static final Source UART = Source.kernel(INTERRUPT, "process_intr_uart_id");
  static final Source INTERRUPTS = Source.kernel(INTERRUPT, "k_intr_handler");
  static final Source GPIO = Source.kernel(INTERRUPT, "process_intr_gpio_bank");

  static final Source ALLOCATE = Source.kernel(PAGES, "pg_alloc_page");
  static final Source FREE = Source.kernel(PAGES, "pg_free_page");
  static final Source FREE_LISTS = Source.kernel(PAGES, "pg_init_free_lists_add_range");
  static final Source POWER_OF_TWO = Source.kernel("lib/include/macro.h", "NEXT_POW2");

  static final Source LOAD = Source.kernel(LOADER, "load_elf");
  static final Source LOAD_SIZE = Source.kernel(LOADER, "calc_mem_size");
  static final Source LOAD_SEGMENTS = Source.kernel(LOADER, "memcpy_prog_hdr");
  static final Source LOAD_BSS = Source.kernel(LOADER, "clear_bss");
  static final Source RELOCATIONS = Source.kernel(LOADER, "apply_relocations");
  static final Source ARGUMENTS = Source.kernel("loader/src/loader_args.c", "resolve_args");
  static final Source ELF_IDENT =
      Source.kernel("loader/src/elf_reader.c", "elf_reader_check_e_ident");

  static final Source COURSE_CREATE = Source.course("Create");
  static final Source COURSE_EXIT = Source.course("Exit");
  static final Source COURSE_SEND = Source.course("Send");
  static final Source COURSE_AWAIT = Source.course("AwaitEvent");

  private Sources() {}
}
