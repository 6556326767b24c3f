package org.jarvis.safety;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which services, containers and networks of hosts are protected. */
@Component(service = ProtectedParts.class, configurationPid = SafetySettings.PID)
public final class ProtectedParts {
  /** Docker takes the beginning of an identifier in place of a container's name. */
  private static final Pattern IDENTIFIER = Pattern.compile("[0-9a-f]{1,64}");

  private final ProtectionRegister register;
  private final Set<HostPart> containers;
  private final Set<HostPart> networks;

  /** Takes up the configuration. */
  @Activate
  public ProtectedParts(SafetySettings settings, @Reference ProtectionRegister register) {
    this(register, settings.protected_containers(), settings.protected_networks());
  }

  ProtectedParts(ProtectionRegister register, String[] containers, String[] networks) {
    this.register = register;
    this.containers = HostPart.read(containers);
    this.networks = HostPart.read(networks);
  }

  /**
   * Why this service may not be stopped or restarted.
   *
   * @param host the host's name; empty for one that is not known
   */
  Optional<String> service(String host, String unit) {
    int dot = unit.lastIndexOf('.');
    String bare = dot > 0 ? unit.substring(0, dot) : unit; // docker.socket is docker's, too
    return register
        .services()
        .ignorance()
        .or(
            () ->
                register
                    .services()
                    .entryFor(host, unit)
                    .or(() -> register.services().entryFor(host, bare))
                    .map(entry -> refusal("service", unit, ProtectedServices.KEY, entry)));
  }

  /** Why this container may not be touched. */
  Optional<String> container(String host, String name) {
    Optional<String> named =
        HostPart.find(containers, host, name)
            .map(entry -> refusal("container", name, "protected.containers", entry))
            .or(
                () ->
                    register
                        .services()
                        .entryFor(host, name)
                        .map(entry -> refusal("container", name, ProtectedServices.KEY, entry)));
    if (named.isPresent() || !IDENTIFIER.matcher(name).matches()) {
      return named;
    }
    return HostPart.of(containers, host)
        .findFirst()
        .map(
            entry ->
                "Refused: "
                    + name
                    + " may be the identifier of container "
                    + entry.name()
                    + ", which is protected. Name the container by its name.");
  }

  /** Why this network interface may not be touched. */
  Optional<String> network(String host, String name) {
    return HostPart.find(networks, host, name)
        .map(entry -> refusal("network", name, "protected.networks", entry));
  }

  /** The names of all that is protected on this host. */
  Stream<String> names(String host) {
    return Stream.of(
            register.services().entriesOf(host).map(ProtectedServices.Entry::unit),
            HostPart.of(containers, host).map(HostPart::name),
            HostPart.of(networks, host).map(HostPart::name))
        .flatMap(names -> names);
  }

  private static String refusal(String what, String name, String key, Object entry) {
    return "Refused: the "
        + what
        + " "
        + name
        + " is protected, since "
        + key
        + " in "
        + SafetySettings.FILE
        + " names "
        + entry
        + ". No approval changes that.";
  }
}
