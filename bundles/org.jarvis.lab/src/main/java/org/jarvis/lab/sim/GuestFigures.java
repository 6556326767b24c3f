package org.jarvis.lab.sim;

/**
 * What a guest uses at one moment. All zero while it is stopped.
 *
 * @param cpu share of its own cores, 0 to 1
 * @param memory bytes used inside
 * @param hostMemory bytes that it takes from the node
 * @param disk bytes used on the root disk; a virtual machine does not tell, so 0
 * @param netIn bytes received since it started
 * @param netOut bytes sent since it started
 * @param diskRead bytes read since it started
 * @param diskWrite bytes written since it started
 * @param netInRate bytes received a second
 * @param netOutRate bytes sent a second
 * @param diskReadRate bytes read a second
 * @param diskWriteRate bytes written a second
 */
public record GuestFigures(
    double cpu,
    long memory,
    long hostMemory,
    long disk,
    long netIn,
    long netOut,
    long diskRead,
    long diskWrite,
    double netInRate,
    double netOutRate,
    double diskReadRate,
    double diskWriteRate) {

  static final GuestFigures STOPPED = new GuestFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
