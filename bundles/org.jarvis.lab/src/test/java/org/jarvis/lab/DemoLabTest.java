package org.jarvis.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.console.Command;
import org.jarvis.lab.pve.ApiToken;
import org.jarvis.lab.pve.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class DemoLabTest {

  @TempDir private Path data;
  private final ConfiguredConnectors connectors = new ConfiguredConnectors();
  private final Shell shell = new Shell();

  @Test
  void configuresAConnectorThatCanReachItAndTakesItAwayAgain() throws IOException {
    DemoLab demo = new DemoLab(connectors.admin(), data, new DemoConfig(3), shell::take);

    assertThat(connectors.properties)
        .containsOnlyKeys("org.jarvis.connector.proxmox~demo", "org.jarvis.connector.ssh~demo");
    Map<String, Object> written = connectors.properties.get("org.jarvis.connector.proxmox~demo");
    assertThat(written)
        .containsOnlyKeys("name", "addresses", "token", "tls.fingerprint", "runs.outside");
    assertThat(written).containsEntry("name", "demo").containsEntry("runs.outside", "true");
    int port =
        Integer.parseInt(
            String.valueOf(written.get("addresses")).replace("https://127.0.0.1:", ""));
    String credential = String.valueOf(written.get("token"));
    int secret = credential.indexOf('=');
    ApiToken token =
        new ApiToken("jarvis@pve", "operator", credential.substring(secret + 1), Role.OPERATOR);
    assertThat(credential).startsWith("jarvis@pve!operator=");
    try (WireClient client = new WireClient(port)) {
      assertThat(String.valueOf(written.get("tls.fingerprint")).split(","))
          .hasSize(3)
          .contains(client.fingerprint());
      assertThat(client.send(token, "GET", "/nodes", "").data()).hasSize(3);
    }

    assertThat(shell.commands).extracting(Command::getScope).containsExactly("lab");
    assertThat(shell.commands).extracting(Command::getName).containsExactly("fault");

    demo.stop();

    assertThat(shell.commands).isEmpty();
    assertThat(connectors.properties).isEmpty();
    assertThatThrownBy(() -> new WireClient(port)).isInstanceOf(ConnectException.class);
  }

  @Test
  void configuresSshToItsNodesAndToTheGuestThatRunsDocker() throws IOException {
    DemoLab demo = new DemoLab(connectors.admin(), data, new DemoConfig(4, 12), shell::take);

    Map<String, Object> nodes = connectors.properties.get("org.jarvis.connector.ssh~demo");
    assertThat(nodes)
        .containsEntry("cluster", "demo")
        .containsEntry("user", "root")
        .containsEntry("key", data.resolve("ssh/jarvis_ed25519").toAbsolutePath().toString());
    assertThat(String.valueOf(nodes.get("host-keys")).split(",", -1))
        .hasSize(4)
        .allSatisfy(pin -> assertThat(pin).matches("[a-z]+ SHA256:[A-Za-z0-9+/]{43}"));
    assertThat(nodes.get("address.titan")).asString().matches("127\\.0\\.0\\.1:[0-9]+");
    Map<String, Object> docker =
        connectors.properties.get("org.jarvis.connector.ssh.host~demo-docker-host");
    assertThat(docker)
        .containsEntry("name", "docker-host")
        .containsEntry("guest", "103")
        .containsEntry("address", "127.0.0.1");
    assertThat(Files.getPosixFilePermissions(data.resolve("ssh/jarvis_ed25519"))).hasSize(2);

    demo.stop();

    assertThat(connectors.properties).isEmpty();
  }

  @Test
  void senselessConfigurationIsRefusedAndLeavesNothingBehind() {
    assertThatThrownBy(() -> new DemoLab(connectors.admin(), data, new DemoConfig(0), shell::take))
        .hasMessage("nodes is 0, it must be 1 to 100");
    assertThat(connectors.properties).isEmpty();
    assertThat(shell.commands).isEmpty();
  }

  @Test
  void nothingIsLeftOfALabWhoseSwitchesNobodyTakes() {
    assertThatThrownBy(
            () ->
                new DemoLab(
                    connectors.admin(),
                    data,
                    new DemoConfig(1),
                    command -> {
                      throw new IllegalStateException("the bundle is stopping");
                    }))
        .hasMessage("the bundle is stopping");
    assertThat(data.resolve(Lab.RUNNING_FILE)).doesNotExist();
    assertThat(connectors.properties).isEmpty();
  }

  /** Takes commands as the framework's registry does. */
  private static final class Shell {
    private final List<Command> commands = new ArrayList<>();

    @SuppressWarnings("unchecked") // A proxy knows nothing of type parameters.
    ServiceRegistration<Command> take(Command command) {
      commands.add(command);
      return ConfiguredConnectors.proxy(
          ServiceRegistration.class,
          Map.of(
              "unregister",
              arguments -> {
                commands.remove(command);
                return null;
              }));
    }
  }

  /** As much of Configuration Admin as the lab may use. */
  private static final class ConfiguredConnectors {
    private final Map<String, Map<String, Object>> properties = new HashMap<>();

    ConfigurationAdmin admin() {
      return proxy(
          ConfigurationAdmin.class,
          "getFactoryConfiguration",
          arguments -> configuration(arguments[0] + "~" + arguments[1]));
    }

    private Configuration configuration(String pid) {
      Map<String, Call> calls = new HashMap<>();
      calls.put(
          "update",
          arguments -> {
            Dictionary<?, ?> dictionary = (Dictionary<?, ?>) arguments[0];
            Map<String, Object> copy = new HashMap<>();
            List<Object> keys = new ArrayList<>(Collections.list(dictionary.keys()));
            keys.forEach(key -> copy.put(String.valueOf(key), dictionary.get(key)));
            properties.put(pid, copy);
            return null;
          });
      calls.put(
          "delete",
          arguments -> {
            properties.remove(pid);
            return null;
          });
      return proxy(Configuration.class, calls);
    }

    private interface Call {
      Object with(Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, String method, Call call) {
      return proxy(type, Map.of(method, call));
    }

    private static <T> T proxy(Class<T> type, Map<String, Call> calls) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> {
                Call call = calls.get(method.getName());
                if (call == null) {
                  throw new UnsupportedOperationException(method.getName());
                }
                return call.with(arguments);
              }));
    }
  }

  /** A configuration of so many nodes and guests. */
  private record DemoConfig(int nodes, int guests) implements DemoLab.Config {
    DemoConfig(int nodes) {
      this(nodes, 5);
    }

    @Override
    public double speed() {
      return 1;
    }

    @Override
    public long seed() {
      return 1;
    }

    @Override
    public int port() {
      return 0;
    }

    @Override
    public String release() {
      return "8";
    }

    @Override
    public int fault_port() {
      return 0;
    }

    @Override
    public int ssh_port() {
      return 0;
    }

    @Override
    public String data() {
      return "";
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return DemoLab.Config.class;
    }
  }
}
