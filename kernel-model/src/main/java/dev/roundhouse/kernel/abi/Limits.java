package dev.roundhouse.kernel.abi;

/**
 * How much of each thing the kernel has.
 *
 * @param lowestPriority the largest priority number; 0 is the highest priority
 * @param readyTasks tasks in the ready queue (kernel/include/scheduler.h, K_SCHED_HEAP_CAPACITY)
 * @param queuedSenders senders queued on one task (kernel/include/sys_const.h,
 *     USER_STACK_ARRAY_CNT)
 * @param descriptorsPerPage task descriptors in one page (lib/include/slab.h, SLAB_OBJ_N_MAX)
 * @param encoders quadrature encoders (kernel/include/encoder.h, ENCODER_MAX)
 */
public record Limits(
    int lowestPriority, int readyTasks, int queuedSenders, int descriptorsPerPage, int encoders) {}
