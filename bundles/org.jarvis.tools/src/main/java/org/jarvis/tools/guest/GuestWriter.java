package org.jarvis.tools.guest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.form.Subject;

/** What the tools that change one guest have in common. The guest is their first target. */
abstract class GuestWriter implements Tool {
  private final Subject subject;
  private final ToolDefinition definition;
  private final Facts facts;

  GuestWriter(Subject subject, ToolDefinition definition, Facts facts) {
    this.subject = subject;
    this.definition = definition;
    this.facts = facts;
  }

  @Override
  public final ToolDefinition definition() {
    return definition;
  }

  final Facts facts() {
    return facts;
  }

  /** The guest, touched like this, and what else a use touches. */
  final List<Target> targets(Arguments arguments, Touch touch, Target... others) {
    List<Target> targets = new ArrayList<>();
    targets.add(new Target(subject.selector(arguments).orElseThrow(), touch));
    targets.addAll(Arrays.asList(others));
    return targets;
  }

  static Guest guest(List<Resource> targets) {
    return (Guest) targets.get(0);
  }

  /** The targets with the guest as it is to become; the others stay as they are. */
  static List<Resource> becoming(List<Resource> before, UnaryOperator<Guest> change) {
    List<Resource> after = new ArrayList<>(before);
    after.set(0, change.apply(guest(before)));
    return after;
  }

  /** Whether the guest is of this type. */
  static boolean isMachine(Guest guest) {
    return guest.type() == GuestType.QEMU;
  }

  @Override
  public final List<ToolOffer> offers(Resource resource) {
    return subject
        .naming(resource)
        .map(address -> offers((Guest) resource, address))
        .orElse(List.of());
  }

  /** The uses whose arguments follow from the guest; none unless it says so. */
  List<ToolOffer> offers(Guest guest, Arguments address) {
    return List.of();
  }

  /** An offer of these arguments, with what stands against it. */
  final ToolOffer offer(Arguments arguments, Guest guest) {
    return new ToolOffer(arguments, obstacle(arguments, guest).map(Obstacle::reason).orElse(null));
  }

  @Override
  public final Optional<Obstacle> obstacle(Arguments arguments, List<Resource> targets) {
    return obstacle(arguments, guest(targets));
  }

  /** What stands against it, as the guest is now. */
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    return GuestObstacles.lock(guest, Set.of());
  }

  static Obstacle conflict(String reason) {
    return new Obstacle(ErrorCode.CONFLICT, reason);
  }

  /** The task ended well, but what should be there is not. */
  static JarvisException missing(String what) {
    return new JarvisException(
        ErrorCode.EFFECT_MISSING,
        "The cluster's task ended well, but its effect cannot be seen: "
            + what
            + ". Look at the task's log.");
  }
}
