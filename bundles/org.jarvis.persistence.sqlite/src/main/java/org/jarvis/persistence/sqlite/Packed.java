package org.jarvis.persistence.sqlite;

import java.util.Arrays;

/**
 * Numbers in few bytes, without loss. A whole number takes a byte for each seven bits. Moments are
 * told by how their distance changes, figures by how their bits change: neighbours differ little,
 * and the zeros at the end that all of them share are left out.
 */
final class Packed {
  /** What moments are counted in, in nanoseconds, the longest first that loses nothing. */
  private static final long[] UNITS = {1_000_000_000L, 1_000_000L, 1L};

  private static final int LARGEST_SHIFT = 63;

  private Packed() {}

  /** Collects bytes. */
  static final class Writer {
    private byte[] bytes = new byte[256];
    private int length;

    Writer number(long number) {
      long rest = number;
      if (length + 10 > bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
      }
      while ((rest & ~0x7FL) != 0) {
        bytes[length++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      bytes[length++] = (byte) rest;
      return this;
    }

    Writer signed(long number) {
      return number(number << 1 ^ number >> 63);
    }

    Writer moments(long[] moments, int count) {
      int unit = 0;
      for (int i = 0; i < count; i++) {
        while (moments[i] % UNITS[unit] != 0) {
          unit++;
        }
      }
      number(unit);
      long before = 0;
      long distance = 0;
      for (int i = 0; i < count; i++) {
        long now = moments[i] / UNITS[unit];
        signed(now - before - distance);
        // The first is no distance that others would repeat.
        distance = i == 0 ? 0 : now - before;
        before = now;
      }
      return this;
    }

    Writer figures(double[] figures, int count) {
      int shift = LARGEST_SHIFT;
      for (int i = 0; i < count; i++) {
        shift = Math.min(shift, Long.numberOfTrailingZeros(Double.doubleToRawLongBits(figures[i])));
      }
      number(shift);
      long before = 0;
      for (int i = 0; i < count; i++) {
        long now = Double.doubleToRawLongBits(figures[i]) >>> shift;
        signed(now - before);
        before = now;
      }
      return this;
    }

    byte[] bytes() {
      return Arrays.copyOf(bytes, length);
    }
  }

  /** Takes apart what a writer made, in the same order. */
  static final class Reader {
    private final byte[] bytes;
    private int position;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    long number() {
      long number = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = bytes[position++];
        number |= (long) (next & 0x7F) << shift;
        if (next >= 0) {
          return number;
        }
      }
    }

    /** How many follow; never more than there are bytes, whatever a damaged file says. */
    int count() {
      long count = number();
      if (count < 0 || count > bytes.length) {
        throw new IllegalStateException("A chunk of history says that it holds " + count);
      }
      return (int) count;
    }

    long signed() {
      long number = number();
      return number >>> 1 ^ -(number & 1);
    }

    long[] moments(int count) {
      long unit = UNITS[(int) number()];
      long[] moments = new long[count];
      long before = 0;
      long distance = 0;
      for (int i = 0; i < count; i++) {
        long now = before + distance + signed();
        distance = i == 0 ? 0 : now - before;
        before = now;
        moments[i] = now * unit;
      }
      return moments;
    }

    double[] figures(int count) {
      int shift = (int) number();
      double[] figures = new double[count];
      long before = 0;
      for (int i = 0; i < count; i++) {
        before += signed();
        figures[i] = Double.longBitsToDouble(before << shift);
      }
      return figures;
    }
  }
}
