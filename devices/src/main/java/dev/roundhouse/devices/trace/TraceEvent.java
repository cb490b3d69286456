package dev.roundhouse.devices.trace;

/** Something worth a line in a trace. Every module has its own sealed family. */
public interface TraceEvent {}
