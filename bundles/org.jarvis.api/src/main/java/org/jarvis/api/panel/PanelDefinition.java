package org.jarvis.api.panel;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jarvis.api.resource.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * What a panel is.
 *
 * @param id its stable name, lower case words joined by hyphens, such as {@code ups-load}; begin it
 *     with a name of your own
 * @param title its heading, at most {@value #MAX_TITLE} characters
 * @param description one sentence: what it shows; at most {@value #MAX_DESCRIPTION} characters
 * @param subject the kind of resource within which it stands, once for each that is opened; {@code
 *     null} for the middle of the page
 * @param interval how often it may be asked, from two seconds to an hour; content that is older
 *     than three of these is stale
 */
public record PanelDefinition(
    String id,
    String title,
    String description,
    @Nullable ResourceKind subject,
    Duration interval) {
  /** The longest id, in characters. */
  public static final int MAX_ID = 64;

  /** The longest title, in characters. */
  public static final int MAX_TITLE = 60;

  /** The longest description, in characters. */
  public static final int MAX_DESCRIPTION = 300;

  /** The shortest interval. */
  public static final Duration MIN_INTERVAL = Duration.ofSeconds(2);

  /** The longest interval. */
  public static final Duration MAX_INTERVAL = Duration.ofHours(1);

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*");

  /** Refuses what could not be addressed or shown. */
  public PanelDefinition {
    if (id.length() > MAX_ID || !NAME.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "A panel is named by lower case words joined by hyphens, of at most "
              + MAX_ID
              + " characters.");
    }
    title = ShownText.named("the title of the panel " + id, title, MAX_TITLE);
    description =
        ShownText.named("the description of the panel " + id, description, MAX_DESCRIPTION);
    if (interval.compareTo(MIN_INTERVAL) < 0 || interval.compareTo(MAX_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "The interval of the panel "
              + id
              + " is "
              + interval
              + ", outside of "
              + MIN_INTERVAL
              + " to "
              + MAX_INTERVAL
              + ".");
    }
  }
}
