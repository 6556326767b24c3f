package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.safety.ProtectedResources;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.form.GuestAddress;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.Words;

/** {@code set_tags}. The tag that protects is set for good, and taken away by no tool. */
final class SetTagsTool extends GuestWriter {
  private static final String TAGS = "tags";
  private static final int MOST_TAGS = 30;
  private static final Columns<Outcome> RESULT =
      Outcome.columns().texts(TAGS, "Its tags now.", of -> of.more(TAGS));

  SetTagsTool(Facts facts) {
    super(
        Subject.GUEST,
        Severity.DISRUPTING.definition(
            new Severity.Look(
                "set_tags",
                "Set tags",
                "Gives a guest exactly these tags and no others, so send those it should keep as well."
                    + " It interrupts nobody and can be undone. Only the tag jarvis-protected is for"
                    + " good: it protects the guest from all harm through Jarvis, needs a person, and"
                    + " no tool takes it away."),
            Subject.GUEST.schema(
                List.of(TAGS),
                List.of(
                    InputSchema.list(
                        TAGS,
                        "^[a-z0-9_][a-z0-9_+.-]{0,123}$",
                        MOST_TAGS,
                        "All tags that it is to have, in lower case; an empty list takes all away."))),
            RESULT,
            ResourceKind.GUEST,
            true,
            Duration.ofMinutes(2),
            "set_tags"),
        facts);
  }

  private static Set<String> tags(Arguments arguments) {
    Set<String> tags = new TreeSet<>();
    if (arguments.values().get(TAGS) instanceof List<?> list) {
      list.forEach(tag -> tags.add(String.valueOf(tag)));
    }
    return tags;
  }

  private static boolean protects(Arguments arguments) {
    return tags(arguments).contains(ProtectedResources.TAG);
  }

  @Override
  public ToolUse use(Arguments arguments) {
    boolean protects = protects(arguments);
    return (protects ? Severity.DISRUPTING : Severity.SMALL)
        .use(
            protects ? "Set tags, and protect" : "Set tags",
            targets(arguments, Touch.RECONFIGURES));
  }

  @Override
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    return guest.tags().contains(ProtectedResources.TAG) && !protects(arguments)
        ? Optional.of(
            conflict(
                Subject.label(guest)
                    + " is protected by its tag "
                    + ProtectedResources.TAG
                    + ", which no tool takes away."))
        : super.obstacle(arguments, guest);
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    boolean protects = protects(arguments) && !guest.tags().contains(ProtectedResources.TAG);
    return new Impact(
        "Sets the tags of " + Subject.label(guest) + " to " + words(tags(arguments)) + ".",
        protects
            ? List.of(
                "It had " + words(guest.tags()) + ".",
                "From then on Jarvis refuses, whoever asks, to stop, move or delete it, and to reboot"
                    + " its node. No tool takes that back.")
            : List.of("It had " + words(guest.tags()) + "."),
        protects ? null : "Set them to what they were.");
  }

  private static String words(Collection<String> tags) {
    return tags.isEmpty() ? "none" : Words.said(String.join(", ", tags));
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    List<String> tags = List.copyOf(tags(context.arguments()));
    context.operations(guest.cluster()).setTags(guest, tags, null);
    return new Outcome(guest, null, null, Map.of(TAGS, tags))
        .result("The tags of " + Subject.label(guest) + " are " + words(tags) + ".", RESULT);
  }

  @Override
  public List<Resource> expected(Arguments arguments, List<Resource> before) {
    return becoming(before, guest -> guest.withTags(List.copyOf(tags(arguments))));
  }

  @Override
  public boolean verify(Arguments arguments, List<Resource> targets) {
    return targets.size() == 1
        && targets.get(0) instanceof Guest guest
        && new TreeSet<>(guest.tags()).equals(tags(arguments));
  }

  @Override
  public Optional<Arguments> undo(Arguments arguments, List<Resource> before) {
    Guest guest = guest(before);
    boolean forGood = protects(arguments) && !guest.tags().contains(ProtectedResources.TAG);
    return forGood
        ? Optional.empty()
        : Optional.of(GuestAddress.of(guest).arguments(Map.of(TAGS, guest.tags())));
  }
}
