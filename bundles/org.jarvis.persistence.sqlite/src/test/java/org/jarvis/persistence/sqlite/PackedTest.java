package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jarvis.persistence.sqlite.Chunks.Arrival;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTest {
  private static final long SECOND = Grain.SECOND;
  private static final long SLOT = Grain.HOUR.slot(1_772_366_400L * SECOND);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 127, 128, Long.MAX_VALUE, Long.MIN_VALUE, -1L << 40})
  void keepsNumbers(long number) {
    byte[] bytes = new Packed.Writer().number(number).signed(number).bytes();

    Packed.Reader reader = new Packed.Reader(bytes);
    assertThat(reader.number()).isEqualTo(number);
    assertThat(reader.signed()).isEqualTo(number);
  }

  @Test
  void losesNothingOfAnySamples() {
    Random random = new Random(20260301);
    List<Step> samples = new ArrayList<>();
    for (double odd :
        new double[] {
          0, -0.0, 1, -1, 1e300, Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 0.1
        }) {
      samples.add(Step.sample(random.nextLong() / 4, odd));
    }
    for (int i = 0; i < 500; i++) {
      samples.add(Step.sample(i * 10L * SECOND + random.nextInt(), random.nextGaussian() * 1e9));
    }

    assertThat(Chunks.read(Grain.RAW, SLOT, Chunks.write(Grain.RAW, SLOT, samples)))
        .isEqualTo(samples);
  }

  @Test
  void losesNothingOfArrivals() {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      arrivals.add(new Arrival(i / 3, 1_772_366_400_123_456_789L - i, i * 0.37));
    }
    List<Arrival> read = new ArrayList<>();

    Chunks.readArrivals(Chunks.writeArrivals(arrivals), read);

    assertThat(read).isEqualTo(arrivals);
  }

  @Test
  void keepsExtremesExactlyAndAveragesAlmost() {
    List<Step> steps = new ArrayList<>();
    for (int hour : new int[] {0, 1, 5, 11}) {
      long at = (SLOT + hour * 3600L) * SECOND;
      steps.add(new Step(at, 360, 360, 0.123456789 + hour, 0.1 + hour, 0.7 + hour));
    }

    List<Step> read = Chunks.read(Grain.HOUR, SLOT, Chunks.write(Grain.HOUR, SLOT, steps));

    assertThat(read).hasSameSizeAs(steps);
    for (int i = 0; i < steps.size(); i++) {
      assertThat(read.get(i).at()).isEqualTo(steps.get(i).at());
      assertThat(read.get(i).samples()).isEqualTo(360);
      assertThat(read.get(i).lowest()).isEqualTo(steps.get(i).lowest());
      assertThat(read.get(i).highest()).isEqualTo(steps.get(i).highest());
      assertThat(read.get(i).average())
          .isCloseTo(steps.get(i).average(), within(steps.get(i).average() / 30_000));
    }
  }

  @Test
  void roundsNoAverageOutOfItsExtremes() {
    double odd = 0.1234567890123;
    List<Step> steps = List.of(new Step(SLOT * SECOND, 3, 3, odd, odd, odd));

    assertThat(Chunks.read(Grain.HOUR, SLOT, Chunks.write(Grain.HOUR, SLOT, steps)))
        .isEqualTo(steps);
  }

  @Test
  void weighsWhatAClusterRememberedLikeSamplesOfThatTime() {
    List<Step> steps = List.of(new Step(SLOT * SECOND, 0, 360, 1, 1, 1));

    assertThat(Chunks.read(Grain.HOUR, SLOT, Chunks.write(Grain.HOUR, SLOT, steps)))
        .isEqualTo(steps);
  }

  /** A chunk of samples every ten seconds that were rounded as the recorder does. */
  @Test
  void takesFewBytesOfWhatIsUsual() {
    Random random = new Random(1);
    List<Step> samples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double value = 0.25 + Math.round(random.nextGaussian() * 40) / 4096.0;
      samples.add(Step.sample((SLOT + i * 10L + random.nextInt(2)) * SECOND, value));
    }

    assertThat(Chunks.write(Grain.RAW, SLOT, samples).length).isLessThan(60 * 3 + 20);
  }

  @Test
  void refusesWhatIsNoChunk() {
    assertThatThrownBy(() -> Chunks.read(Grain.RAW, SLOT, new byte[] {(byte) 0xff, 0x7f}))
        .isInstanceOf(IllegalStateException.class);
  }
}
