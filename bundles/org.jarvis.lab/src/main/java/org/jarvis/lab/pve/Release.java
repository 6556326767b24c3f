package org.jarvis.lab.pve;

import java.util.Map;

/** The version of Proxmox VE that the lab claims to be. */
final class Release {

  static final String VERSION = "9.2.11";
  static final String SERIES = "9.2";
  static final String REPOSITORY = "5e6f1a2b3c4d";
  static final String KERNEL = "6.17.4-1-pve";
  static final String KERNEL_BUILD = "#1 SMP PREEMPT_DYNAMIC PMX 6.17.4-1 (2025-12-03T15:42Z)";

  private Release() {}

  static Map<String, Object> fields() {
    return new Row()
        .put("version", VERSION)
        .put("release", SERIES)
        .put("repoid", REPOSITORY)
        .fields();
  }
}
