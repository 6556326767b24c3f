package org.jarvis.gateway.listen;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.gateway.GatewayConfiguration;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the addresses that Jarvis listens on, and keeps their certificate fresh. The HTTP server
 * starts with the configuration that this component makes, so nothing listens before the guard is
 * there. Immediate, since nobody asks for it. It shares its configuration with the guard, whose
 * class designates it.
 */
@Component(
    service = {Listeners.class, HealthContributor.class},
    immediate = true,
    configurationPid = "org.jarvis.gateway")
public final class Listeners implements HealthContributor {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final String SERVER = "org.apache.felix.http";
  private static final long LOOK_SECONDS = 10;
  private static final int TIMEOUT_MILLIS = 2000;

  private final BundleContext context;
  private final Path data;
  private final Certificates certificates;
  private final ScheduledExecutorService watcher =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "jarvis-certificates");
            thread.setDaemon(true);
            return thread;
          });
  private final Future<?> watching;
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
  private final List<ServerPort> ports = new ArrayList<>();
  private @Nullable ListenSettings settings;
  private volatile @Nullable ShownCertificate shown;
  private volatile List<Listener> open = List.of();
  private volatile List<String> complaints = List.of();

  /** Opens what is configured. */
  @Activate
  public Listeners(
      BundleContext context,
      @Reference ConfigurationAdmin configurations,
      GatewayConfiguration configuration)
      throws IOException {
    this.context = context;
    this.data = Path.of(property("jarvis.data", "."));
    this.certificates =
        new Certificates(new HouseCertificate(data.resolve("tls")), Clock.systemUTC());
    configure(configuration);
    startServer(configurations);
    this.watching =
        watcher.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** Opens what is configured now. */
  @Modified
  void configure(GatewayConfiguration configuration) {
    ListenSettings next =
        ListenSettings.of(
            configuration,
            context.getProperty("jarvis.host"),
            context.getProperty("jarvis.port"),
            Path.of(property("jarvis.etc", ".")));
    next.complaints().forEach(LOG::error);
    apply(next);
  }

  @Deactivate
  void deactivate() {
    watching.cancel(false);
    watcher.shutdownNow();
    close();
  }

  /** Where Jarvis is reached from its own machine. */
  public Optional<String> url() {
    return open.stream()
        .min(
            Comparator.comparing((Listener listener) -> !listener.url().contains("//127.0.0.1"))
                .thenComparing(listener -> listener.address().indexOf(':') >= 0))
        .map(Listener::url);
  }

  /** Whether Jarvis answers there, and with its own certificate. */
  public boolean answers(String address) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(address + "/api/health").toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      ShownCertificate certificate = shown;
      if (connection instanceof HttpsURLConnection https && certificate != null) {
        https.setSSLSocketFactory(certificate.trusting());
        // It is trusted by what it is, not by its name.
        https.setHostnameVerifier((name, session) -> true);
      }
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException | GeneralSecurityException notYet) {
      LOG.debug("The server does not answer yet.", notYet);
      return false;
    }
  }

  /** What people should know of where Jarvis listens. */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>(complaints);
    ShownCertificate certificate = shown;
    if (certificate != null && !certificate.identity().own()) {
      remarks.add(
          "Self-generated certificate; your browser shows the same SHA-256 fingerprint: "
              + certificate.identity().fingerprint());
    }
    for (Listener listener : open) {
      if (!listener.tls() && !Listener.isLoopback(listener.address())) {
        remarks.add(
            "Jarvis speaks plain HTTP on "
                + listener.address()
                + ", because tls = never says so: passwords and tokens can be read on the way.");
      }
    }
    return remarks;
  }

  @Override
  public ComponentHealth health() {
    List<String> wrong = complaints;
    return wrong.isEmpty()
        ? new ComponentHealth("gateway", ComponentHealth.Status.UP, "It listens as configured.")
        : new ComponentHealth(
            "gateway",
            ComponentHealth.Status.DEGRADED,
            "Where Jarvis listens, or its certificate, is not as configured; the log has the"
                + " details.");
  }

  private synchronized void apply(ListenSettings next) {
    ListenSettings before = settings;
    settings = next;
    boolean same =
        before != null
            && before.listeners().equals(next.listeners())
            && before.hsts() == next.hsts();
    ShownCertificate certificate = chooseCertificate(next);
    complain(next);
    if (same) {
      return;
    }
    close();
    for (Listener listener : next.listeners()) {
      ServerPort port = new ServerPort(listener, listener.tls() ? certificate : null, next.hsts());
      ports.add(port);
      registrations.add(context.registerService(ConnectorFactory.class, port, null));
    }
    open = next.listeners();
    url().ifPresent(this::writeUrl);
    remarks().stream().filter(remark -> !complaints.contains(remark)).forEach(LOG::warn);
  }

  /** Null as long as nothing speaks TLS: a certificate that nobody sees need not be made. */
  private @Nullable ShownCertificate chooseCertificate(ListenSettings next) {
    if (next.listeners().stream().noneMatch(Listener::tls)) {
      shown = null;
      return null;
    }
    Identity identity = certificates.choose(next);
    ShownCertificate present = shown;
    if (present == null) {
      present = new ShownCertificate(identity);
      shown = present;
    } else if (!identity.fingerprint().equals(present.identity().fingerprint())
        && present.show(identity)) {
      LOG.info("Shows another certificate now: SHA-256 {}.", identity.fingerprint());
      ports.forEach(ServerPort::certificateChanged);
    }
    return present;
  }

  /** Looks whether the certificate's files have changed, and whether it ends soon. */
  private synchronized void look() {
    try {
      ListenSettings present = settings;
      if (present != null) {
        chooseCertificate(present);
        complain(present);
      }
    } catch (RuntimeException failure) {
      LOG.error("The certificate could not be looked after.", failure);
    }
  }

  private void complain(ListenSettings present) {
    List<String> all = new ArrayList<>(present.complaints());
    String complaint = certificates.complaint();
    if (complaint != null) {
      all.add(complaint);
    }
    complaints = List.copyOf(all);
  }

  private synchronized void close() {
    registrations.forEach(ServiceRegistration::unregister);
    registrations.clear();
    ports.clear();
    open = List.of();
  }

  /**
   * The server wants an address of its own before it asks for others: one of loopback that is
   * closed again as soon as the first of ours opens.
   */
  private static void startServer(ConfigurationAdmin configurations) throws IOException {
    configurations
        .getConfiguration(SERVER, "?")
        .updateIfDifferent(
            FrameworkUtil.asDictionary(
                Map.of(
                    "org.apache.felix.http.host",
                    "127.0.0.1",
                    "org.osgi.service.http.port",
                    "0",
                    "org.apache.felix.jakarta.websocket.enable",
                    "true")));
  }

  /** For {@code jarvis status}, which cannot know what the configuration made of the address. */
  private void writeUrl(String url) {
    Path file = data.resolve("jarvis.url");
    Path fresh = data.resolve("jarvis.url.new");
    try {
      Files.writeString(fresh, url + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      LOG.warn("{} cannot be written ({}).", file, unwritable.getMessage());
    }
  }

  private String property(String name, String usual) {
    String value = context.getProperty(name);
    return value == null ? usual : value;
  }
}
