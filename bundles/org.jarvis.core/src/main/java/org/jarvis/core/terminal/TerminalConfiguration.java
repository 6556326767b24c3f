package org.jarvis.core.terminal;

import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was configured for terminals. Changing it takes effect for terminals that are opened from
 * then on. While it cannot be used no terminal is opened.
 */
@Component(service = TerminalConfiguration.class, configurationPid = "org.jarvis.terminal")
@Designate(ocd = TerminalConfiguration.Settings.class)
public final class TerminalConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(TerminalConfiguration.class);
  private static final int MEGABYTE_BITS = 20;

  /** What can be configured. */
  @ObjectClassDefinition(
      name = "Jarvis terminals",
      description = "People's own terminals on the hosts that Jarvis reaches over SSH.")
  @interface Settings {
    /** Whether opening asks for the password. */
    @AttributeDefinition(
        name = "Password",
        description = "Whether opening a terminal asks for the person's password again.")
    boolean password() default true;

    /** How many one person may have. */
    @AttributeDefinition(
        name = "Most per person",
        description = "How many terminals one person may have open; from 1 to 16.",
        min = "1",
        max = "16")
    int most_per_person() default 4;

    /** How many there may be. */
    @AttributeDefinition(
        name = "Most in all",
        description = "How many terminals may be open at a time; from 1 to 64.",
        min = "1",
        max = "64")
    int most_in_all() default 16;

    /** When one ends for want of input. */
    @AttributeDefinition(
        name = "Idle minutes",
        description = "After how many minutes without input a terminal ends; from 1 to 1440.",
        min = "1",
        max = "1440")
    int idle_minutes() default 30;

    /** Whether what is printed is recorded. */
    @AttributeDefinition(
        name = "Recording",
        description =
            "Whether what terminals print is recorded, as asciicast files in the data folder.")
    boolean recording() default true;

    /** How large one may become. */
    @AttributeDefinition(
        name = "Megabytes per recording",
        description = "After how much a recording stops; from 1 to 1024.",
        min = "1",
        max = "1024")
    int recording_megabytes() default 10;

    /** How large all may become. */
    @AttributeDefinition(
        name = "Megabytes of recordings",
        description = "How much is kept of all recordings; the oldest go first; from 1.",
        min = "1",
        max = "1048576")
    int recordings_megabytes() default 500;

    /** How long they are kept. */
    @AttributeDefinition(
        name = "Days of recordings",
        description = "After how many days a recording is removed; from 1 to 3650.",
        min = "1",
        max = "3650")
    int recordings_days() default 30;
  }

  private final TerminalRules rules;

  /** Reads the settings; one that makes no sense leaves terminals closed. */
  @Activate
  public TerminalConfiguration(Settings settings) {
    try {
      this.rules =
          new TerminalRules(
              settings.password(),
              settings.most_per_person(),
              settings.most_in_all(),
              Duration.ofMinutes(settings.idle_minutes()),
              settings.recording(),
              (long) settings.recording_megabytes() << MEGABYTE_BITS,
              (long) settings.recordings_megabytes() << MEGABYTE_BITS,
              Duration.ofDays(settings.recordings_days()));
    } catch (IllegalArgumentException wrong) {
      LOG.error("No terminal can be opened. {}", wrong.getMessage());
      throw wrong;
    }
  }

  TerminalConfiguration(TerminalRules rules) {
    this.rules = rules;
  }

  TerminalRules rules() {
    return rules;
  }
}
