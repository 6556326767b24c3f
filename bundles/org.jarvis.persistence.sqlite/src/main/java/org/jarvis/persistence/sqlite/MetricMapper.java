package org.jarvis.persistence.sqlite;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jarvis.api.persistence.MetricStore.Point;
import org.jspecify.annotations.Nullable;

/** The tables {@code series} and {@code sample}. */
interface MetricMapper {
  @Select("SELECT id FROM series WHERE subject = #{subject} AND figure = #{figure}")
  @Nullable Long series(@Param("subject") String subject, @Param("figure") String figure);

  @Insert("INSERT INTO series (subject, figure) VALUES (#{subject}, #{figure})")
  int addSeries(@Param("subject") String subject, @Param("figure") String figure);

  @Insert("INSERT OR REPLACE INTO sample (series, at, value) VALUES (#{series}, #{at}, #{value})")
  int put(@Param("series") long series, @Param("at") Instant at, @Param("value") double value);

  @Select("SELECT figure FROM series WHERE subject = #{subject} ORDER BY figure")
  List<String> figures(@Param("subject") String subject);

  @Select(
      """
      SELECT count(*) AS samples, min(at) AS first, max(at) AS last
      FROM sample WHERE series = #{series} AND at >= #{from} AND at < #{to}
      """)
  Extent extent(@Param("series") long series, @Param("from") Instant from, @Param("to") Instant to);

  /** Each share of the time, so many nanoseconds wide, gives one point. */
  @Select(
      """
      SELECT min(at) AS at, avg(value) AS average, min(value) AS lowest, max(value) AS highest
      FROM sample WHERE series = #{series} AND at >= #{from} AND at < #{to}
      GROUP BY (at - #{from}) / #{width}
      ORDER BY 1
      """)
  List<Point> course(
      @Param("series") long series,
      @Param("from") Instant from,
      @Param("to") Instant to,
      @Param("width") long width);

  @Select("SELECT id FROM series WHERE id > #{after} ORDER BY id LIMIT #{limit}")
  List<Long> seriesAfter(@Param("after") long after, @Param("limit") int limit);

  /** At most so many of the oldest. */
  @Delete(
      """
      DELETE FROM sample
      WHERE series = #{series} AND at < min(#{moment}, coalesce(
        (SELECT at FROM sample WHERE series = #{series} ORDER BY at LIMIT 1 OFFSET #{most}),
        #{moment}))
      """)
  int deleteBefore(
      @Param("series") long series, @Param("moment") Instant moment, @Param("most") int most);

  @Delete(
      """
      DELETE FROM series
      WHERE id = #{series} AND NOT EXISTS (SELECT 1 FROM sample WHERE series = #{series})
      """)
  int deleteIfEmpty(@Param("series") long series);

  /** What there is of a series in a span of time. */
  record Extent(long samples, @Nullable Instant first, @Nullable Instant last) {}
}
