package org.jarvis.tools;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.tool.Tool;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

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
  private final List<ServiceRegistration<Tool>> published;

  /** Publishes them all. */
  @Activate
  public BuiltInTools(BundleContext bundles) {
    published =
        tools(Clock.systemUTC(), duration -> Thread.sleep(duration.toMillis())).stream()
            .map(tool -> bundles.registerService(Tool.class, tool, null))
            .toList();
  }

  @Deactivate
  void withdraw() {
    published.forEach(ServiceRegistration::unregister);
  }

  /** All built-in tools. */
  static List<Tool> tools(Clock clock, EffectWatch.Pause pause) {
    Stream<Tool> reading =
        Stream.of(
            new ClusterStatusTool(clock), new NodeStatusTool(clock), new StorageListTool(clock));
    Stream<Tool> perGuestType =
        Stream.of(GuestType.values())
            .flatMap(
                type ->
                    Stream.of(
                        new GuestListTool(type, clock),
                        new StartGuestTool(type, new EffectWatch(clock, pause)),
                        new StopGuestTool(type, new EffectWatch(clock, pause))));
    return Stream.concat(reading, perGuestType).toList();
  }
}
