package org.jarvis.lab.sim;

/**
 * What a node uses at one moment.
 *
 * @param cpu share of all threads, 0 to 1
 * @param ioWait share of time that waits for disks
 * @param loadAverage over one minute
 * @param memory bytes used
 * @param arc bytes of the ZFS cache, part of {@code memory}
 * @param swap bytes used
 * @param rootDisk bytes used
 * @param netInRate bytes received a second
 * @param netOutRate bytes sent a second
 */
public record NodeFigures(
    double cpu,
    double ioWait,
    double loadAverage,
    long memory,
    long arc,
    long swap,
    long rootDisk,
    double netInRate,
    double netOutRate) {}
