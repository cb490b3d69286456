package dev.roundhouse.emulator.cpu;

import dev.roundhouse.devices.bus.AddressRange;

/** What code at EL0 may do with whole pages of 4 KiB of RAM; at first all of them are open. */
public interface PageAccess {
  /** Tells of no access. */
  PageAccess UNWATCHED =
      new PageAccess() {
        @Override
        public void close(AddressRange pages) {}

        @Override
        public void open(AddressRange range) {}

        @Override
        public void openToLoads(long address) {}

        @Override
        public void guardCode(AddressRange pages) {}
      };

  /** Closes pages: the next load or store there is told to {@link UserTraps#closedAccess}. */
  void close(AddressRange pages);

  /** Opens the pages that a part of RAM lies in, if they are closed. */
  void open(AddressRange range);

  /** Opens the page of an address to loads; the next store there is told as if it were closed. */
  void openToLoads(long address);

  /**
   * Has the first store to each page that code is in told to {@link UserTraps#codeWrite}, before
   * and after it runs.
   *
   * @param pages with nothing but code
   */
  void guardCode(AddressRange pages);
}
