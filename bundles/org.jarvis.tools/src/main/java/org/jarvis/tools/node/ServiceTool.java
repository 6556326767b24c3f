package org.jarvis.tools.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.NodeServices;
import org.jarvis.api.safety.ServiceRules;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Reading;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.TaskVerdict;
import org.jarvis.tools.host.Commands;
import org.jarvis.tools.host.HostService;
import org.jspecify.annotations.Nullable;

/**
 * {@code start_service}, {@code stop_service} and {@code restart_service}. How severe they are is
 * said by {@link ServiceRules} alone.
 */
final class ServiceTool extends NodeWriter {
  private static final String SERVICE = "service";
  private static final String RUNNING = "running";
  private static final Duration UNTIL_SEEN = Duration.ofSeconds(60);
  private static final Columns<Outcome> RESULT =
      Outcome.columns()
          .text(SERVICE, "The service.", of -> of.more(SERVICE))
          .text("state", "What it does now.", of -> of.more("state"));

  private final Verb verb;
  private final Commands commands;
  private final EffectWatch watch;

  /** What is done. */
  enum Verb {
    START("Start service", "started", true),
    STOP("Stop service", "stopped", false),
    RESTART("Restart service", "restarted", true);

    private final String title;
    private final String done;
    private final boolean runs;

    Verb(String title, String done, boolean runs) {
      this.title = title;
      this.done = done;
      this.runs = runs;
    }

    private String tool() {
      return name().toLowerCase(Locale.ROOT) + "_service";
    }

    private String description() {
      return switch (this) {
        case START ->
            "Starts a service of a node that does not run, and sees that it runs. Use it for a failed"
                + " or stopped daemon. It does not enable it, and does nothing within guests.";
        case STOP ->
            "Stops a running service of a node and sees that it is off. Whatever needs it is"
                + " interrupted, so a person has to approve; without corosync and its like the node"
                + " leaves its cluster. It does not disable it. Rather restart it, most often.";
        case RESTART ->
            "Restarts a service of a node and sees that it runs again; one that Proxmox VE does not"
                + " list, over SSH. For daemons that only report, schedule or serve Proxmox VE's own"
                + " interface it is a small change; for all others a person has to approve. Use it for"
                + " a daemon that hangs or failed.";
      };
    }

    private @Nullable String inverse() {
      return switch (this) {
        case START -> "stop_service";
        case STOP -> "start_service";
        case RESTART -> null;
      };
    }

    private Touch touch(String service) {
      return switch (this) {
        case START -> Touch.TENDS;
        case STOP -> ServiceRules.stop(service);
        case RESTART -> ServiceRules.restart(service);
      };
    }
  }

  ServiceTool(Verb verb, Commands commands, EffectWatch watch) {
    super(
        (verb == Verb.START ? Severity.SMALL : Severity.DISRUPTING)
            .definition(
                new Severity.Look(verb.tool(), verb.title, verb.description()),
                Subject.NODE.schema(
                    List.of(SERVICE),
                    List.of(
                        InputSchema.service(
                            "The unit's name without suffix, such as pveproxy; get_node_services"
                                + " lists them."))),
                RESULT,
                ResourceKind.NODE,
                false,
                Duration.ofMinutes(5),
                verb.inverse()));
    this.verb = verb;
    this.commands = commands;
    this.watch = watch;
  }

  private static String service(Arguments arguments) {
    return arguments.text(SERVICE).orElseThrow();
  }

  @Override
  public ToolUse use(Arguments arguments) {
    String service = service(arguments);
    Touch touch = verb.touch(service);
    return (touch == Touch.TENDS ? Severity.SMALL : Severity.DISRUPTING)
        .use(verb.title + " " + service, targets(arguments, touch, service));
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    String service = service(arguments);
    List<String> effects = new ArrayList<>();
    effects.add(
        switch (verb.touch(service)) {
          case TAKES_DOWN ->
              "Without it the node is no member of its cluster and may be fenced, its guests with it.";
          case INTERRUPTS -> "Whatever needs it on this node is interrupted.";
          default -> "No guest is interrupted, and nothing is lost.";
        });
    if (verb == Verb.RESTART && service.equals("pveproxy")) {
      effects.add("Proxmox VE's own interface on this node is away for a moment.");
    }
    return new Impact(
        verb.title + " " + service + " on node " + node(targets).name() + ".",
        effects,
        switch (verb) {
          case START -> "Stop it again.";
          case STOP -> "Start it again.";
          case RESTART -> null;
        });
  }

  @Override
  public ToolResult run(ToolContext context) {
    Node node = node(context.targets());
    String service = service(context.arguments());
    Optional<NodeServices.Service> listed = listed(context, node, service);
    if (verb == Verb.RESTART && listed.isEmpty()) {
      // Proxmox VE tells of a closed list of services and restarts no others.
      return overSsh(context, node, service);
    }
    requireSense(listed.orElseThrow(() -> unknown(node, service)), node);
    ClusterOperations operations = context.operations(node.cluster());
    TaskState task =
        switch (verb) {
          case START -> operations.startService(node, service, context.follower());
          case STOP -> operations.stopService(node, service, context.follower());
          case RESTART -> operations.restartService(node, service, context.follower());
        };
    Optional<String> note =
        TaskVerdict.judge(
            task,
            node,
            "did not " + verb.name().toLowerCase(Locale.ROOT) + " " + service,
            "The task's log in the action and get_node_syslog have the details.");
    if (!watch.until(
        () -> isSeen(context, node, service),
        UNTIL_SEEN,
        "The service " + service + " was " + verb.done + "; what came of it was not seen.")) {
      throw missing(
          "The cluster's task ended well, but "
              + service
              + " on node "
              + node.name()
              + (verb.runs ? " is not seen running" : " is still seen running")
              + ". get_node_syslog tells why.");
    }
    return new Outcome(
            node,
            task,
            note.orElse(null),
            Map.of(SERVICE, service, "state", verb.runs ? RUNNING : "stopped"))
        .result(
            "The service " + service + " on node " + node.name() + " was " + verb.done + ".",
            RESULT);
  }

  private ToolResult overSsh(ToolContext context, Node node, String service) {
    new HostService(context, commands, node, service).restart(watch, UNTIL_SEEN);
    return new Outcome(node, null, null, Map.of(SERVICE, service, "state", RUNNING))
        .result(
            "The service "
                + service
                + " on node "
                + node.name()
                + " was restarted there by systemd, over SSH.",
            RESULT);
  }

  private void requireSense(NodeServices.Service service, Node node) {
    String what = "The service " + service.name() + " on node " + node.name();
    if ("not-found".equals(service.unitState())) {
      throw new JarvisException(ErrorCode.NOT_PRESENT, what + " is not installed.");
    }
    if (verb == Verb.START && isRunning(service)) {
      throw new JarvisException(ErrorCode.ALREADY_RUNNING, what + " runs already.");
    }
    if (verb == Verb.STOP && !isRunning(service)) {
      throw new JarvisException(ErrorCode.NOT_RUNNING, what + " does not run.");
    }
  }

  private static boolean isRunning(NodeServices.Service service) {
    return RUNNING.equals(service.state()) || "exited".equals(service.state());
  }

  private boolean isSeen(ToolContext context, Node node, String service) {
    try {
      return isRunning(find(context, node, service)) == verb.runs;
    } catch (JarvisException away) {
      // What serves the node's interface may just be starting.
      return false;
    }
  }

  private static NodeServices.Service find(ToolContext context, Node node, String name) {
    return listed(context, node, name).orElseThrow(() -> unknown(node, name));
  }

  private static Optional<NodeServices.Service> listed(
      ToolContext context, Node node, String name) {
    return Reading.fresh(context, node, Aspect.SERVICES, NodeServices.class).services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst();
  }

  private static JarvisException unknown(Node node, String name) {
    return new JarvisException(
        ErrorCode.NOT_FOUND,
        "Node "
            + node.name()
            + " has no service "
            + name
            + ". get_node_services lists those it has.");
  }

  @Override
  public Optional<Arguments> undo(Arguments arguments, List<Resource> before) {
    if (verb == Verb.RESTART) {
      return Optional.empty();
    }
    return Subject.NODE
        .naming(node(before))
        .map(
            address -> {
              Map<String, @Nullable Object> values = new LinkedHashMap<>(address.values());
              values.put(SERVICE, service(arguments));
              return new Arguments(values);
            });
  }
}
