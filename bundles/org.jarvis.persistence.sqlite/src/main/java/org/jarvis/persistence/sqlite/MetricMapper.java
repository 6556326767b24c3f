package org.jarvis.persistence.sqlite;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** The tables of the history. Slots are seconds, other moments nanoseconds since 1970. */
interface MetricMapper {
  @Select("SELECT id FROM series WHERE subject = #{subject} AND figure = #{figure}")
  @Nullable Long series(@Param("subject") String subject, @Param("figure") String figure);

  @Insert(
      "INSERT INTO series (subject, figure, seen) VALUES (#{subject}, #{figure}, #{seen})"
          + " ON CONFLICT DO NOTHING")
  int addSeries(
      @Param("subject") String subject, @Param("figure") String figure, @Param("seen") long seen);

  @Select("SELECT figure FROM series WHERE subject = #{subject} ORDER BY figure")
  List<String> figures(@Param("subject") String subject);

  @Select("SELECT coalesce(max(id), 0) FROM series")
  long lastSeries();

  @Update("UPDATE series SET seen = max(seen, #{seen}) WHERE id = #{series}")
  int seen(@Param("series") long series, @Param("seen") long seen);

  @Select("SELECT EXISTS (SELECT 1 FROM series WHERE seen < #{moment})")
  boolean hasSeriesBefore(@Param("moment") long moment);

  @Delete(
      """
      DELETE FROM series WHERE id IN (
        SELECT id FROM series WHERE seen < #{moment} LIMIT #{most})
      """)
  int deleteSeries(@Param("moment") long moment, @Param("most") int most);

  @Insert("INSERT INTO batch (first, last) VALUES (#{first}, #{last})")
  int addBatch(@Param("first") long first, @Param("last") long last);

  @Select("SELECT max(id) FROM batch")
  long lastBatch();

  @Insert("INSERT INTO batch_part (batch, part, samples) VALUES (#{batch}, #{part}, #{samples})")
  int addPart(
      @Param("batch") long batch, @Param("part") long part, @Param("samples") byte[] samples);

  /** The batches that hold something of this span of time. */
  @Select("SELECT id, first, last FROM batch WHERE last >= #{from} AND first < #{to} ORDER BY id")
  List<Batch> batches(@Param("from") long from, @Param("to") long to);

  /** What they hold of the series of this part, earlier batches first. */
  @Select(
      """
      SELECT batch_part.samples AS bytes FROM batch CROSS JOIN batch_part
        ON batch_part.batch = batch.id AND batch_part.part = #{part}
      WHERE batch.last >= #{from} AND batch.first < #{to}
      ORDER BY batch.id
      """)
  List<Content> parts(@Param("part") long part, @Param("from") long from, @Param("to") long to);

  @Delete("DELETE FROM batch_part WHERE batch = #{batch}")
  int deleteParts(@Param("batch") long batch);

  @Delete("DELETE FROM batch WHERE id = #{batch}")
  int deleteBatch(@Param("batch") long batch);

  @Select(
      "SELECT content AS bytes FROM chunk"
          + " WHERE grain = #{grain} AND slot = #{slot} AND series = #{series}")
  @Nullable Content chunk(
      @Param("grain") int grain, @Param("slot") long slot, @Param("series") long series);

  @Insert(
      """
      INSERT OR REPLACE INTO chunk (grain, slot, series, content)
      VALUES (#{grain}, #{slot}, #{series}, #{content})
      """)
  int putChunk(
      @Param("grain") int grain,
      @Param("slot") long slot,
      @Param("series") long series,
      @Param("content") byte[] content);

  /**
   * The chunks of some series, oldest first. Goes from one slot that there is to the next, however
   * wide the span, and looks up the series in each: the table is sorted by slot, then series.
   */
  @Select(
      """
      WITH RECURSIVE present (slot) AS (
        SELECT min(slot) FROM chunk WHERE grain = #{grain} AND slot >= #{from} AND slot < #{to}
        UNION ALL
        SELECT (SELECT min(slot) FROM chunk
          WHERE grain = #{grain} AND slot > present.slot AND slot < #{to})
        FROM present WHERE present.slot IS NOT NULL)
      SELECT chunk.slot, chunk.series, chunk.content
      FROM present CROSS JOIN chunk ON chunk.grain = #{grain} AND chunk.slot = present.slot
        AND chunk.series BETWEEN #{first} AND #{last}
      """)
  List<Chunk> chunks(
      @Param("grain") int grain,
      @Param("from") long from,
      @Param("to") long to,
      @Param("first") long first,
      @Param("last") long last);

  /**
   * Where so many of the oldest chunks that lie before a slot end; nothing when there are fewer.
   */
  @Select(
      """
      SELECT slot, series FROM chunk WHERE grain = #{grain} AND slot < #{slot}
      ORDER BY slot, series LIMIT 1 OFFSET #{most}
      """)
  @Nullable Place chunkAfter(
      @Param("grain") int grain, @Param("slot") long slot, @Param("most") int most);

  @Delete("DELETE FROM chunk WHERE grain = #{grain} AND (slot, series) < (#{slot}, #{series})")
  int deleteChunksBefore(
      @Param("grain") int grain, @Param("slot") long slot, @Param("series") long series);

  @Select("SELECT grain, slot, mark FROM pending ORDER BY grain, slot")
  List<Pending> pending();

  @Insert(
      """
      INSERT INTO pending (grain, slot, mark) VALUES (#{grain}, #{slot}, 1)
      ON CONFLICT (grain, slot) DO UPDATE SET mark = mark + 1
      """)
  int addPending(@Param("grain") int grain, @Param("slot") long slot);

  /** Unless it was marked again meanwhile. */
  @Delete("DELETE FROM pending WHERE grain = #{grain} AND slot = #{slot} AND mark = #{mark}")
  int deletePending(Pending pending);

  @Select("SELECT count(*) FROM past WHERE subject = #{subject}")
  int past(@Param("subject") String subject);

  @Insert(
      """
      INSERT INTO past (subject, seen) VALUES (#{subject}, #{seen})
      ON CONFLICT (subject) DO UPDATE SET seen = max(seen, excluded.seen)
      """)
  int addPast(@Param("subject") String subject, @Param("seen") long seen);

  @Delete(
      """
      DELETE FROM past WHERE seen < #{moment}
        AND NOT EXISTS (SELECT 1 FROM series WHERE series.subject = past.subject)
      """)
  int deletePast(@Param("moment") long moment);

  /** A series of before the history had grains that still has samples. */
  @Select("SELECT series FROM sample ORDER BY series LIMIT 1")
  @Nullable Long formerSeries();

  @Select("SELECT at, value FROM sample WHERE series = #{series} ORDER BY at LIMIT #{most}")
  List<Former> formerSamples(@Param("series") long series, @Param("most") int most);

  @Delete("DELETE FROM sample WHERE series = #{series} AND at <= #{last}")
  int deleteFormer(@Param("series") long series, @Param("last") Instant last);

  /** What was appended at once, by its extent. */
  record Batch(long id, long first, long last) {}

  /** Bytes that the caller knows how to read. */
  final class Content {
    private final byte[] bytes;

    Content(byte[] bytes) {
      this.bytes = bytes;
    }

    /** Not a copy. */
    byte[] bytes() {
      return bytes;
    }
  }

  /** One series in one slot. */
  final class Chunk {
    private final long slot;
    private final long series;
    private final byte[] content;

    Chunk(long slot, long series, byte[] content) {
      this.slot = slot;
      this.series = series;
      this.content = content;
    }

    long slot() {
      return slot;
    }

    long series() {
      return series;
    }

    /** Not a copy. */
    byte[] content() {
      return content;
    }
  }

  /** Where a chunk lies in its grain. */
  record Place(long slot, long series) {}

  /** A slot of a grain that has to be made from the finer one, and how often that was said. */
  record Pending(int grain, long slot, long mark) {}

  /** A sample of before the history had grains. */
  record Former(Instant at, double value) {}
}
