package org.jarvis.lab.sim;

/**
 * How a guest spends its day: its load at rest, the hour it peaks, and how much it moves over
 * network and disk.
 */
public enum Profile {
  /** A router: always a little busy, most in the evening. */
  ROUTER(0.04, 0.10, 20.5, 4.0, 0.35, 900_000, 20_000),
  /** Home automation: steady. */
  AUTOMATION(0.06, 0.05, 19.0, 5.0, 0.48, 40_000, 90_000),
  /** A file server: busy in the evening. */
  STORAGE(0.05, 0.22, 21.0, 3.5, 0.82, 2_500_000, 4_000_000),
  /** A host of many small services. */
  SERVICES(0.10, 0.18, 15.0, 5.0, 0.64, 350_000, 450_000),
  /** A media server: nothing, then films. */
  MEDIA(0.02, 0.55, 20.8, 2.4, 0.30, 1_800_000, 1_200_000),
  /** A web application used in office hours. */
  WEB(0.04, 0.25, 14.0, 4.5, 0.42, 180_000, 160_000),
  /** Monitoring: scrapes around the clock. */
  MONITORING(0.09, 0.03, 12.0, 6.0, 0.55, 60_000, 220_000),
  /** A desktop or game server: evenings only. */
  LEISURE(0.03, 0.40, 21.5, 2.0, 0.58, 120_000, 150_000),
  /** A name server: almost nothing. */
  RESOLVER(0.008, 0.02, 19.5, 4.0, 0.22, 9_000, 4_000);

  private final double restLoad;
  private final double peakLoad;
  private final double peakHour;
  private final double peakWidthHours;
  private final double memoryShare;
  private final double networkBytesPerSecond;
  private final double diskBytesPerSecond;

  Profile(
      double restLoad,
      double peakLoad,
      double peakHour,
      double peakWidthHours,
      double memoryShare,
      double networkBytesPerSecond,
      double diskBytesPerSecond) {
    this.restLoad = restLoad;
    this.peakLoad = peakLoad;
    this.peakHour = peakHour;
    this.peakWidthHours = peakWidthHours;
    this.memoryShare = memoryShare;
    this.networkBytesPerSecond = networkBytesPerSecond;
    this.diskBytesPerSecond = diskBytesPerSecond;
  }

  double restLoad() {
    return restLoad;
  }

  double peakLoad() {
    return peakLoad;
  }

  double memoryShare() {
    return memoryShare;
  }

  double networkBytesPerSecond() {
    return networkBytesPerSecond;
  }

  double diskBytesPerSecond() {
    return diskBytesPerSecond;
  }

  /** How near the time of day is to the peak: 1 at the peak hour, falling to 0 around it. */
  double nearPeak(double hourOfDay) {
    double distance = Math.abs(hourOfDay - peakHour);
    double circular = Math.min(distance, 24 - distance);
    return Math.exp(-(circular / peakWidthHours) * (circular / peakWidthHours));
  }
}
