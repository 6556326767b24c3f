package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.RequestedState;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.HighAvailability;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Reading;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jspecify.annotations.Nullable;

/**
 * {@code reset_ha_service}: what Proxmox VE's manual says of the state {@code error}. The service
 * is disabled, which stops the guest and forgets the error, and then wanted again.
 */
final class ResetHaServiceTool implements Tool {
  private static final String TITLE = "Reset high availability";
  private static final Duration UNTIL_DISABLED = Duration.ofMinutes(5);
  private static final Duration UNTIL_STARTED = Duration.ofMinutes(5);
  private static final Columns<Outcome> RESULT =
      Outcome.columns()
          .text("state", "What high availability says of it now.", of -> of.more("state"));

  private static final ToolDefinition DEFINITION =
      Severity.DISRUPTING.definition(
          new Severity.Look(
              "reset_ha_service",
              TITLE,
              "Takes a guest that high availability has given up out of its state error: disables its"
                  + " service, which stops the guest if it still runs, then asks for it to be started"
                  + " and waits until it is. Mend first what made it fail, a full storage for"
                  + " example, or it fails again. A person has to approve."),
          Subject.GUEST.schema(List.of(), List.of()),
          RESULT,
          ResourceKind.GUEST,
          false,
          UNTIL_DISABLED.plus(UNTIL_STARTED).plusMinutes(1),
          null);

  private final EffectWatch watch;

  ResetHaServiceTool(EffectWatch watch) {
    this.watch = watch;
  }

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return Severity.DISRUPTING.use(
        TITLE,
        List.of(new Target(Subject.GUEST.selector(arguments).orElseThrow(), Touch.TAKES_DOWN)));
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return List.of();
  }

  @Override
  public Optional<Obstacle> obstacle(Arguments arguments, List<Resource> targets) {
    Guest guest = (Guest) targets.get(0);
    return guest.haState() == null
        ? Optional.of(
            new Obstacle(
                ErrorCode.NOT_PRESENT,
                Subject.label(guest) + " is not managed by high availability."))
        : Optional.empty();
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = (Guest) targets.get(0);
    return new Impact(
        "Disables the high availability of "
            + Subject.label(guest)
            + ", which forgets its error, and has it started again.",
        List.of(
            guest.status() == Guest.Status.STOPPED
                ? "It is off already."
                : "It is stopped where it still runs, and whoever uses it is interrupted.",
            "Where it does not come up again it stays off: what made it fail has to be mended first."),
        null);
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = (Guest) context.targets().get(0);
    HighAvailability.Service before = service(context, guest);
    if (!"error".equals(before.state())) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "High availability says "
              + before.state()
              + " of "
              + Subject.label(guest)
              + ", so there is no error to forget.");
    }
    ClusterOperations operations = context.operations(guest.cluster());
    operations.requestState(guest, RequestedState.DISABLED);
    boolean disabled =
        watch.until(
            () -> isOff(service(context, guest).state()),
            UNTIL_DISABLED,
            "High availability of "
                + Subject.label(guest)
                + " was disabled; it was not asked to start it again.");
    if (!disabled) {
      throw new JarvisException(
          ErrorCode.EFFECT_MISSING,
          "High availability of "
              + Subject.label(guest)
              + " was disabled, but it does not say that the guest is off. It is left disabled: look"
              + " at the guest on its node, then set its state to started in Proxmox VE.");
    }
    operations.requestState(guest, RequestedState.STARTED);
    boolean started =
        watch.until(
            () -> "started".equals(service(context, guest).state()) && runs(context, guest),
            UNTIL_STARTED,
            "High availability was asked to start "
                + Subject.label(guest)
                + "; what came of it was not seen.");
    if (!started) {
      throw new JarvisException(
          ErrorCode.EFFECT_MISSING,
          "High availability was asked to start "
              + Subject.label(guest)
              + ", but says "
              + service(context, guest).state()
              + " of it. get_recent_tasks tells why it does not start.");
    }
    return new Outcome(guest, null, null, Map.of("state", "started"))
        .result(
            "High availability has forgotten the error of "
                + Subject.label(guest)
                + " and started it.",
            RESULT);
  }

  private static boolean isOff(@Nullable String state) {
    return "stopped".equals(state) || "disabled".equals(state);
  }

  private static boolean runs(ToolContext context, Guest guest) {
    return context
        .reader(guest.cluster())
        .guest(guest.id())
        .filter(reading -> reading.guest().status() == Guest.Status.RUNNING)
        .isPresent();
  }

  private static HighAvailability.Service service(ToolContext context, Guest guest) {
    Cluster cluster =
        context
            .liveState()
            .cluster(guest.cluster())
            .map(ClusterSnapshot::cluster)
            .orElseThrow(
                () ->
                    new JarvisException(
                        ErrorCode.NOT_FOUND, "Cluster " + guest.cluster() + " is gone."));
    return Reading.fresh(context, cluster, Aspect.HIGH_AVAILABILITY, HighAvailability.class)
        .services()
        .stream()
        .filter(service -> guest.id().equals(service.guest()))
        .findFirst()
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.NOT_PRESENT,
                    Subject.label(guest) + " is not managed by high availability."));
  }
}
