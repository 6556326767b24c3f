package org.example.quiethours;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.api.tool.Effect;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Denies at night whatever would interrupt somebody or lose something. */
@Component(configurationPid = QuietHours.PID)
@Designate(ocd = QuietHours.Settings.class)
public final class QuietHours implements SafetyPolicy {
  /** Jarvis reads the files of its configuration folder whose names begin with org.jarvis. */
  static final String PID = "org.jarvis.extension.quiethours";

  private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm z");

  private final Clock clock;
  private volatile Night night;

  /** When the quiet hours are, in the time zone of the machine. */
  @ObjectClassDefinition(name = "Quiet hours")
  public @interface Settings {
    @AttributeDefinition(name = "Begins", description = "When they begin, such as 22:00.")
    String begins() default "22:00";

    @AttributeDefinition(name = "Ends", description = "When they end, such as 06:00.")
    String ends() default "06:00";
  }

  @Activate
  public QuietHours(Settings settings) {
    this(settings.begins(), settings.ends(), Clock.systemDefaultZone());
  }

  QuietHours(String begins, String ends, Clock clock) {
    this.clock = clock;
    this.night = Night.read(begins, ends);
  }

  /** Takes up a changed file. Without this the policy would leave and come back meanwhile. */
  @Modified
  void configure(Settings settings) {
    night = Night.read(settings.begins(), settings.ends());
  }

  @Override
  public String name() {
    return "quiet-hours";
  }

  @Override
  public Decision decide(PolicyRequest request) {
    if (request.use().effect().compareTo(Effect.DISRUPTS) < 0) {
      return new Decision.Allow("It disturbs nobody.");
    }
    Night current = night;
    // Had it thrown at what it cannot read, it would not be there, and nobody would be denied.
    if (current.mistake().isPresent()) {
      return new Decision.Deny(
          current.mistake().get()
              + " Correct it in etc/"
              + PID
              + ".cfg; until then nothing is disrupted.");
    }
    Optional<ZonedDateTime> end = current.endAfter(ZonedDateTime.now(clock));
    return end.isEmpty()
        ? new Decision.Allow("These are no quiet hours.")
        : new Decision.Deny(
            "These are quiet hours: nothing is disrupted until " + UNTIL.format(end.get()) + ".");
  }
}
