package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jarvis.api.connector.ConfigurationChange;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.form.GuestAddress;
import org.jarvis.tools.form.GuestTools;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Reading;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.Words;

/** {@code set_vm_config} and {@code set_container_config}: a closed list of keys. */
final class SetGuestConfigTool extends GuestWriter {
  private static final Columns<Outcome> RESULT =
      Outcome.columns()
          .texts("changed", "The settings that were changed.", of -> of.more("changed"))
          .texts("pending", "Those of them that wait for a restart.", of -> of.more("pending"))
          .rows(
              "before",
              "What they were; a setting that was not there is left out.",
              new Columns<Map.Entry<String, String>>()
                  .text("key", "The setting.", Map.Entry::getKey)
                  .note("value", "Its value.", Map.Entry::getValue),
              of -> of.more("before"));

  private final GuestType type;

  SetGuestConfigTool(GuestType type, Facts facts) {
    super(
        Subject.guest(type),
        Severity.DISRUPTING.definition(
            new Severity.Look(
                GuestTools.named("set", type) + "_config",
                "Change configuration",
                "Changes settings of a "
                    + Words.noun(type)
                    + " from a closed list - processors, memory, name, notes, start at boot - and sees"
                    + " that they are set. Notes alone are a small change; everything else needs a"
                    + " person. What a running one takes over only at its next restart is told. It"
                    + " changes no disks, network cards, devices or protection; for tags use"
                    + " set_tags."),
            Subject.guest(type)
                .schema(
                    List.of(),
                    List.of(
                        InputSchema.object(
                            ConfigChange.SET,
                            "The settings that get a value, by key.",
                            Setting.of(type).values().stream().map(Setting::property).toList()),
                        InputSchema.choices(
                            ConfigChange.REMOVE,
                            List.copyOf(Setting.of(type).keySet()),
                            "The settings that go back to Proxmox VE's default."))),
            RESULT,
            ResourceKind.GUEST,
            true,
            Duration.ofMinutes(2),
            GuestTools.named("set", type) + "_config"),
        facts);
    this.type = type;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    boolean words = ConfigChange.of(arguments).isWords();
    return (words ? Severity.SMALL : Severity.DISRUPTING)
        .use(
            words ? "Change notes" : "Change configuration",
            targets(arguments, Touch.RECONFIGURES));
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    ConfigChange change = ConfigChange.of(arguments);
    Optional<GuestConfiguration> known = facts().detail(guest, GuestConfiguration.class);
    List<String> effects = new ArrayList<>();
    for (String key : change.keys()) {
      String before =
          known
              .map(configuration -> configuration.values().get(key))
              .map(value -> ", before " + Words.said(value))
              .orElse("");
      String value = change.set().get(key);
      effects.add(
          key + ": " + (value == null ? "back to the default" : Words.said(value)) + before + ".");
    }
    if (guest.status() == Guest.Status.RUNNING && !change.isWords()) {
      effects.add("It runs: what cannot be changed meanwhile waits for its next restart.");
    }
    return new Impact(
        "Changes the configuration of " + Subject.label(guest) + ".",
        effects,
        "Set what was changed to what it was before.");
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    ConfigChange change = ConfigChange.of(context.arguments());
    GuestConfiguration before = configuration(context, guest);
    context
        .operations(guest.cluster())
        .configure(guest, new ConfigurationChange(change.set(), change.remove(), null));
    GuestConfiguration after = configuration(context, guest);
    List<String> lost =
        change.keys().stream()
            .filter(key -> !after.pending().contains(key) && !change.isIn(after.values(), key))
            .toList();
    if (!lost.isEmpty()) {
      throw missing("the configuration does not show the change of " + String.join(", ", lost));
    }
    List<String> waiting =
        change.keys().stream().filter(key -> after.pending().contains(key)).toList();
    Map<String, String> old = new TreeMap<>(before.values());
    old.keySet().retainAll(change.keys());
    return new Outcome(
            guest,
            null,
            waiting.isEmpty()
                ? null
                : "The next restart is awaited by " + String.join(", ", waiting) + ".",
            Map.of(
                "changed",
                List.copyOf(change.keys()),
                "pending",
                waiting,
                "before",
                List.copyOf(old.entrySet())))
        .result("The configuration of " + Subject.label(guest) + " was changed.", RESULT);
  }

  private static GuestConfiguration configuration(ToolContext context, Guest guest) {
    return Reading.fresh(context, guest, Aspect.CONFIGURATION, GuestConfiguration.class);
  }

  /** Back to what the run itself found; not at all where a value can't be told by arguments. */
  @Override
  public Optional<Arguments> undo(Arguments arguments, List<Resource> before, ToolResult result) {
    Map<String, Object> set = new TreeMap<>();
    TreeSet<String> remove = new TreeSet<>(ConfigChange.of(arguments).keys());
    for (Map.Entry<String, String> old : ConfigChange.before(result)) {
      Optional<Object> value =
          Optional.ofNullable(Setting.of(type).get(old.getKey()))
              .flatMap(setting -> setting.argument(old.getValue()));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      set.put(old.getKey(), value.get());
      remove.remove(old.getKey());
    }
    Map<String, Object> change = new TreeMap<>();
    if (!set.isEmpty()) {
      change.put(ConfigChange.SET, set);
    }
    if (!remove.isEmpty()) {
      change.put(ConfigChange.REMOVE, List.copyOf(remove));
    }
    return Optional.of(GuestAddress.of(guest(before)).arguments(change));
  }
}
