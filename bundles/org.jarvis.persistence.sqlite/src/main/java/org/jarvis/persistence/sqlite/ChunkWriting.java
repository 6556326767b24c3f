package org.jarvis.persistence.sqlite;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jarvis.persistence.sqlite.MetricMapper.Content;

/**
 * Writes chunks within one transaction, and notes which coarser slots have to be made from them.
 * Writing the same again changes nothing.
 */
final class ChunkWriting {
  private final MetricMapper mapper;
  private final Set<Slot> touched = new LinkedHashSet<>();
  private int written;

  ChunkWriting(MetricMapper mapper) {
    this.mapper = mapper;
  }

  private record Slot(Grain grain, long slot) {}

  /** Puts in what is told where it is better than what is kept; of samples, the later ones. */
  void improve(Grain grain, long slot, long series, List<Step> told) {
    Content kept = mapper.chunk(grain.number(), slot, series);
    List<Step> now =
        kept == null ? told : Step.better(Chunks.read(grain, slot, kept.bytes()), told);
    byte[] content = Chunks.write(grain, slot, now);
    if (kept != null && Arrays.equals(content, kept.bytes())) {
      return;
    }
    mapper.putChunk(grain.number(), slot, series, content);
    written++;
    Grain coarser = grain.coarser();
    if (coarser != null) {
      touched.add(new Slot(coarser, coarser.slotOfSecond(slot)));
    }
  }

  /** Notes what was touched; how many chunks were written. */
  int end() {
    for (Slot slot : touched) {
      mapper.addPending(slot.grain().number(), slot.slot());
    }
    return written;
  }
}
