package org.jarvis.core.action;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.TargetSelector;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;

/** The smallest tools that start and stop a guest. */
final class PowerTool implements Tool {
  private static final String SCHEMA =
      """
      {"type": "object", "additionalProperties": false, "required": ["vmid"],
       "properties": {"vmid": {"type": "integer"}}}
      """;

  private final boolean starts;
  private final Consent consent;

  private PowerTool(boolean starts, Consent consent) {
    this.starts = starts;
    this.consent = consent;
  }

  static PowerTool starting() {
    return new PowerTool(true, Consent.CLICK);
  }

  static PowerTool stopping() {
    return new PowerTool(false, Consent.HOLD);
  }

  static PowerTool stoppingWhatIsTyped() {
    return new PowerTool(false, Consent.TYPED);
  }

  @Override
  public ToolDefinition definition() {
    return new ToolDefinition(
        starts ? "start_vm" : "stop_vm",
        starts ? "Start" : "Shut down",
        "For tests.",
        SCHEMA,
        ResourceKind.GUEST,
        starts ? Effect.CHANGES : Effect.DISRUPTS,
        true,
        Duration.ofSeconds(30),
        starts ? "stop_vm" : "start_vm");
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return new ToolUse(
        definition().title(),
        definition().effect(),
        starts ? Tier.YELLOW : Tier.RED,
        consent,
        List.of(
            new Target(
                new TargetSelector.OfGuest(
                    null, null, arguments.integer("vmid").orElseThrow(), Set.of(GuestType.QEMU)),
                starts ? Touch.TENDS : Touch.TAKES_DOWN)));
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return resource instanceof Guest guest
        ? List.of(new ToolOffer(new Arguments(Map.of("vmid", guest.id().value()))))
        : List.of();
  }

  @Override
  public Optional<Obstacle> obstacle(Arguments arguments, List<Resource> targets) {
    return verify(arguments, targets)
        ? Optional.of(
            new Obstacle(
                starts ? ErrorCode.ALREADY_RUNNING : ErrorCode.NOT_RUNNING, "It is so already."))
        : Optional.empty();
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = (Guest) context.targets().get(0);
    var operations = context.operations(guest.cluster());
    TaskState task =
        starts
            ? operations.start(guest, context.follower())
            : operations.shutdown(guest, Duration.ofSeconds(10), context.follower());
    if (!task.succeeded()) {
      throw new JarvisException(ErrorCode.TASK_FAILED, String.valueOf(task.exitStatus()));
    }
    return new ToolResult("Done.", Map.of());
  }

  @Override
  public boolean verify(Arguments arguments, List<Resource> targets) {
    Guest.Status wanted = starts ? Guest.Status.RUNNING : Guest.Status.STOPPED;
    return !targets.isEmpty() && ((Guest) targets.get(0)).status() == wanted;
  }

  @Override
  public Optional<Arguments> undo(Arguments arguments, List<Resource> before) {
    return Optional.of(arguments);
  }

  @Override
  public List<Resource> expected(Arguments arguments, List<Resource> before) {
    return List.of(
        ((Guest) before.get(0)).withStatus(starts ? Guest.Status.RUNNING : Guest.Status.STOPPED));
  }
}
