package org.jarvis.tools;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.screen.Screen;
import org.jarvis.api.tool.Tool;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.guest.GuestWriters;
import org.jarvis.tools.host.Commands;
import org.jarvis.tools.host.HostTools;
import org.jarvis.tools.node.NodeWriters;
import org.jarvis.tools.read.ProblemListTool;
import org.jarvis.tools.read.ReadingTools;
import org.jarvis.tools.screen.ScreenTools;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Publishes each built-in tool as a service of its own, so that the catalogue treats them like
 * anybody's.
 *
 * <p>Immediate, because nobody asks for it: it only publishes others.
 */
@Component(
    service = {},
    immediate = true)
public final class BuiltInTools {
  private static final String SAFETY = "org.jarvis.safety";
  private static final String CORE = "org.jarvis.core";

  private final List<ServiceRegistration<Tool>> published;
  private final AtomicReference<@Nullable CommandAnalyst> analyst = new AtomicReference<>();
  private final AtomicReference<@Nullable Problems> problems = new AtomicReference<>();
  private final AtomicReference<@Nullable Screen> screen = new AtomicReference<>();

  /**
   * Publishes them all.
   *
   * @param state what they make menus, obstacles and impact from
   * @param hosts what they find hosts in
   */
  @Activate
  public BuiltInTools(BundleContext bundles, @Reference LiveState state, @Reference Hosts hosts) {
    Commands commands = new Commands(hosts, () -> Optional.ofNullable(analyst.get()));
    published =
        tools(
                state,
                commands,
                Clock.systemUTC(),
                duration -> Thread.sleep(duration.toMillis()),
                () -> Optional.ofNullable(problems.get()),
                () -> Optional.ofNullable(screen.get()))
            .stream()
            .map(tool -> bundles.registerService(Tool.class, tool, null))
            .toList();
  }

  /** By name, whatever the ranking: what commands mean is no extension's to say. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAnalyst(ServiceReference<CommandAnalyst> reference, CommandAnalyst service) {
    Bundle bundle = reference.getBundle();
    if (bundle != null && SAFETY.equals(bundle.getSymbolicName())) {
      analyst.set(service);
    }
  }

  void unbindAnalyst(CommandAnalyst service) {
    analyst.compareAndSet(service, null);
  }

  /** By name, too: what is wrong is the core's to say. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindProblems(ServiceReference<Problems> reference, Problems service) {
    Bundle bundle = reference.getBundle();
    if (bundle != null && CORE.equals(bundle.getSymbolicName())) {
      problems.set(service);
    }
  }

  void unbindProblems(Problems service) {
    problems.compareAndSet(service, null);
  }

  /** By name, too: what people see is the core's to keep. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindScreen(ServiceReference<Screen> reference, Screen service) {
    Bundle bundle = reference.getBundle();
    if (bundle != null && CORE.equals(bundle.getSymbolicName())) {
      screen.set(service);
    }
  }

  void unbindScreen(Screen service) {
    screen.compareAndSet(service, null);
  }

  @Deactivate
  void withdraw() {
    published.forEach(ServiceRegistration::unregister);
  }

  /** All built-in tools. */
  static List<Tool> tools(
      LiveState state,
      Commands commands,
      Clock clock,
      EffectWatch.Pause pause,
      Supplier<Optional<Problems>> problems,
      Supplier<Optional<Screen>> screen) {
    Facts facts = new Facts(state, clock);
    EffectWatch watch = new EffectWatch(clock, pause);
    List<Tool> tools = new ArrayList<>(ReadingTools.all(clock));
    tools.add(new ProblemListTool(problems, clock));
    tools.addAll(ScreenTools.all(screen));
    tools.addAll(GuestWriters.all(facts, watch));
    tools.addAll(NodeWriters.all(facts, commands, watch));
    tools.addAll(HostTools.all(commands, facts, watch, clock));
    return List.copyOf(tools);
  }
}
