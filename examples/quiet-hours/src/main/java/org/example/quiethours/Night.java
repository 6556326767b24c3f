package org.example.quiethours;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Optional;

/** From when to when, each day; across midnight where it ends earlier than it begins. */
record Night(LocalTime begins, LocalTime ends, Optional<String> mistake) {
  static Night read(String begins, String ends) {
    try {
      Night night = new Night(LocalTime.parse(begins), LocalTime.parse(ends), Optional.empty());
      return night.begins.equals(night.ends)
          ? wrong("begins and ends are both " + begins + ".")
          : night;
    } catch (DateTimeException unreadable) {
      return wrong(
          "begins = %s and ends = %s are not two times such as 22:00."
              .formatted(plain(begins), plain(ends)));
    }
  }

  private static Night wrong(String mistake) {
    return new Night(LocalTime.MIN, LocalTime.MIN, Optional.of(mistake));
  }

  private static String plain(String text) {
    return text.replaceAll("[^\\w:. -]", "?");
  }

  /** When the night ends that it is now; empty by day. */
  Optional<ZonedDateTime> endAfter(ZonedDateTime now) {
    LocalTime time = now.toLocalTime();
    boolean acrossMidnight = ends.isBefore(begins);
    boolean evening = !time.isBefore(begins);
    boolean morning = time.isBefore(ends);
    if (acrossMidnight ? !evening && !morning : !evening || !morning) {
      return Optional.empty();
    }
    return Optional.of(now.with(ends).plusDays(morning ? 0 : 1));
  }
}
