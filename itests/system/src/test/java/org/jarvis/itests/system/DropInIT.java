package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drops jars into a running Jarvis, as its owner would, while others go on using it. */
class DropInIT {
  @TempDir Path folder;

  private JarvisClient person;
  private Path deploy;

  @Test
  void extensionComesIsReplacedAndGoesWhileRequestsRun() throws IOException {
    Path first = ExampleExtension.build(folder, "1.0.0", "one");
    Path second = ExampleExtension.build(folder, "1.1.0", "two");
    Path third =
        ExampleExtension.sign(folder, ExampleExtension.build(folder, "1.2.0", "three"), "Ada");
    Path fourth =
        ExampleExtension.sign(folder, ExampleExtension.build(folder, "1.3.0", "four"), "Ada");
    try (RunningJarvis jarvis = RunningJarvis.demo(folder.resolve("data"))) {
      start(jarvis);
      try (Bystanders bystanders = new Bystanders(JarvisClient.person(jarvis.url()))) {
        waitsForAPerson(jarvis, first);
        isReplacedByConsent(second);
        isReplacedByItsPinnedSigner(third, fourth);
        isTakenAway();
        bystanders.assertUnharmed();
      }
    }
  }

  private void start(RunningJarvis jarvis) throws IOException {
    person = JarvisClient.firstPerson(jarvis);
    deploy = jarvis.data().resolve("deploy");
    assertThat(Files.getPosixFilePermissions(deploy)).hasSize(3);
  }

  private void waitsForAPerson(RunningJarvis jarvis, Path jar) throws IOException {
    drop(jar);
    JsonNode waiting = await("1.0.0", "awaiting-consent");
    assertThat(waiting.path("symbolicName").asText()).isEqualTo("org.example.memory");
    assertThat(waiting.path("name").asText()).isEqualTo("Memory");
    assertThat(waiting.path("asks").toString()).contains("line of its own to the health");
    assertThat(waiting.path("signer").isNull()).isTrue();
    assertThat(memory(person.get("/api/health").body())).isEmpty();

    JarvisClient.Reply refused =
        JarvisClient.token(jarvis.url()).post(path(waiting), decision("approve"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body().path("code").asText()).isEqualTo("person-required");
    assertThat(JarvisClient.anonymous(jarvis.url()).get("/api/extensions").status()).isEqualTo(401);
    assertThat(memory(person.get("/api/health").body())).isEmpty();

    decide(waiting, decision("approve"), "running");
    awaitWord("one");
  }

  private void isReplacedByConsent(Path jar) throws IOException {
    drop(jar);
    JsonNode waiting = await("1.1.0", "awaiting-consent");
    assertThat(waiting.path("replaces").asText())
        .isEqualTo(await("1.0.0", "running").path("id").asText());
    assertThat(memory(person.get("/api/health").body())).contains("says one");

    decide(waiting, decision("approve"), "running");
    awaitWord("two");
  }

  private void isReplacedByItsPinnedSigner(Path jar, Path next) throws IOException {
    drop(jar);
    JsonNode waiting = await("1.2.0", "awaiting-consent");
    assertThat(waiting.path("signer").path("subject").asText()).isEqualTo("CN=Ada");
    decide(waiting, decision("approve").put("pinSigner", true), "running");
    awaitWord("three");

    drop(next);
    await("1.3.0", "running");
    awaitWord("four");
    assertThat(person.get("/api/audit?limit=1000").body().toString())
        .contains("extension.approved", "extension.approved-by-signer");
  }

  private void isTakenAway() throws IOException {
    Files.delete(deploy.resolve("memory.jar"));
    person.await("/api/health", health -> memory(health).isEmpty());
    // It is out of use at once, and out of the list when its bundle is uninstalled.
    person.await("/api/extensions", extensions -> extensions.path("total").asInt() == 0);
    JsonNode events =
        person.await(
            "/api/events?limit=1000", told -> told.toString().contains("extension.removed"));
    assertThat(events.toString()).contains("extension.awaits-consent", "extension.started");
  }

  @Test
  void hostileJarsHarmNothing() throws IOException {
    try (RunningJarvis jarvis = RunningJarvis.demo(folder.resolve("data"))) {
      start(jarvis);
      HostileJar.withHeaders(
          deploy.resolve("fragment.jar"),
          "Bundle-SymbolicName: org.example.fragment",
          "Fragment-Host: org.jarvis.core");
      HostileJar.withHeaders(
          deploy.resolve("login.jar"),
          "Bundle-SymbolicName: org.jarvis.auth",
          "Bundle-Version: 99");
      HostileJar.withHeaders(
          deploy.resolve("lacking.jar"),
          "Bundle-SymbolicName: org.example.lacking",
          "Import-Package: com.example.nowhere");
      Files.writeString(deploy.resolve("corrupt.jar"), "This is no zip.");
      HostileJar.withStart(
          deploy.resolve("thrower.jar"),
          "org.example.thrower",
          "throw new IllegalStateException(\"no luck\");");
      HostileJar.withStart(
          deploy.resolve("endless.jar"),
          "org.example.endless",
          "while (true) { try { Thread.sleep(50); } catch (InterruptedException e) { } }");

      person.await("/api/extensions", list -> list.path("total").asInt() == 6);
      for (String file : List.of("fragment.jar", "login.jar", "corrupt.jar")) {
        JsonNode refused = file(file);
        assertThat(refused.path("state").asText()).isEqualTo("unacceptable");
        assertThat(refused.path("reason").asText()).isNotBlank();
        assertThat(person.post(path(refused), decision("approve")).status()).isEqualTo(409);
      }
      try (Bystanders bystanders = new Bystanders(JarvisClient.person(jarvis.url()))) {
        assertThat(decide(file("lacking.jar"), decision("approve"), "failed"))
            .contains("com.example.nowhere");
        assertThat(decide(file("thrower.jar"), decision("approve"), "failed"))
            .contains("IllegalStateException", "no luck");
        assertThat(decide(file("endless.jar"), decision("approve"), "failed"))
            .contains("did not end");
        bystanders.assertUnharmed();
      }
      assertThat(person.get("/api/health").body().toString()).contains("3 cannot run");
      assertThat(person.get("/api/auth/me").status()).isEqualTo(200);
    } // And it ends, although an extension does not let it.
  }

  /**
   * Registers, of every part that counts, one that answers nothing, with the highest ranking, made
   * of what the API's own bundle loads.
   */
  private static final String USURP =
      """
      for (org.osgi.framework.Bundle bundle : context.getBundles()) {
        if ("org.jarvis.api".equals(bundle.getSymbolicName())) {
          for (String name : new String[] {%s}) {
            try {
              Class<?> part = bundle.loadClass("org.jarvis.api." + name);
              Object usurper = java.lang.reflect.Proxy.newProxyInstance(
                  part.getClassLoader(), new Class<?>[] {part},
                  (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                      return method.getName().equals("equals")
                          ? (Object) (proxy == arguments[0])
                          : method.getName().equals("hashCode") ? (Object) 1 : "a usurper";
                    }
                    throw new IllegalStateException("usurped: " + method);
                  });
              java.util.Hashtable<String, Object> first = new java.util.Hashtable<>();
              first.put("service.ranking", Integer.MAX_VALUE);
              context.registerService(part.getName(), usurper, first);
            } catch (ClassNotFoundException unknown) {
              throw new IllegalStateException(unknown);
            }
          }
        }
      }
      """;

  @Test
  void standsInForNoPartOfJarvis() throws IOException {
    String parts =
        Stream.of(
                "persistence.SettingStore",
                "persistence.AuditLog",
                "persistence.ActionJournal",
                "persistence.AccountStore",
                "persistence.TokenStore",
                "persistence.ConversationStore",
                "action.ActionGate",
                "auth.Authenticator",
                "resource.LiveState",
                "safety.ProtectedResources",
                "tool.ToolCatalogue")
            .map(name -> '"' + name + '"')
            .collect(Collectors.joining(","));
    try (RunningJarvis jarvis = RunningJarvis.demo(folder.resolve("data"))) {
      start(jarvis);
      call("letter box", "guest:202");
      HostileJar.withStart(
          deploy.resolve("usurper.jar"), "org.example.usurper", USURP.formatted(parts));
      person.await("/api/extensions", list -> list.path("total").asInt() == 1);

      decide(file("usurper.jar"), decision("approve"), "running");

      call("big one", "node:titan");
      assertThat(person.get("/api/aliases").body().toString()).contains("letter box", "big one");
      JarvisClient.Reply asked = person.run("stop_container", GateScene.guest("mimas", 202));
      assertThat(asked.state()).as(asked.toString()).isEqualTo("AWAITING_APPROVAL");
      JarvisClient later = JarvisClient.person(jarvis.url());
      assertThat(later.answer(asked.action(), "reject").status()).isEqualTo(200);
      assertThat(person.post("/api/conversations", JarvisClient.object()).status()).isEqualTo(200);
      assertThat(person.get("/api/audit?limit=100").body().toString())
          .contains("letter box", "big one", "extension.approved");
      assertThat(person.get("/api/health").body().path("status").asText()).isEqualTo("UP");
    }
  }

  private void call(String alias, String what) throws IOException {
    JarvisClient.Reply reply =
        person.put(
            "/api/aliases/" + alias.replace(" ", "%20"),
            JarvisClient.object().put("ref", "pve:demo:" + what));
    assertThat(reply.status()).as(reply.toString()).isLessThan(300);
  }

  private void drop(Path jar) throws IOException {
    Path incoming = Files.copy(jar, deploy.resolve(".incoming"));
    Files.move(incoming, deploy.resolve("memory.jar"), StandardCopyOption.ATOMIC_MOVE);
  }

  private JsonNode await(String version, String state) throws IOException {
    JsonNode list = person.await("/api/extensions", found -> find(found, version, state) != null);
    return find(list, version, state);
  }

  private static JsonNode find(JsonNode list, String version, String state) {
    for (JsonNode item : list.path("items")) {
      if (item.path("version").asText().equals(version)
          && item.path("state").asText().equals(state)) {
        return item;
      }
    }
    return null;
  }

  private JsonNode file(String name) throws IOException {
    for (JsonNode item : person.get("/api/extensions").body().path("items")) {
      if (item.path("file").asText().equals(name)) {
        return item;
      }
    }
    throw new IOException("no " + name);
  }

  private String decide(JsonNode extension, ObjectNode decision, String state) throws IOException {
    JarvisClient.Reply reply = person.post(path(extension), decision);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(reply.body().path("state").asText()).as(reply.toString()).isEqualTo(state);
    return reply.body().path("reason").asText();
  }

  private static String path(JsonNode extension) {
    return "/api/extensions/" + extension.path("id").asText();
  }

  private static ObjectNode decision(String word) {
    return JarvisClient.object().put("decision", word);
  }

  private void awaitWord(String word) throws IOException {
    person.await("/api/health", health -> memory(health).endsWith("says " + word + "."));
  }

  /** What the example says about the memory; empty while it says nothing. */
  private static String memory(JsonNode health) {
    for (JsonNode part : health.path("components")) {
      if (part.path("name").asText().equals("memory")) {
        return part.path("detail").asText();
      }
    }
    return "";
  }

  /** Somebody who goes on using Jarvis all the while. */
  private static final class Bystanders implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(60);

    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<Thread> threads;
    private volatile boolean going = true;

    Bystanders(JarvisClient client) {
      threads =
          List.of("/api/health", "/api/resources").stream()
              .map(path -> new Thread(() -> ask(client, path), "bystander " + path))
              .toList();
      threads.forEach(Thread::start);
    }

    private void ask(JarvisClient client, String path) {
      while (going) {
        try {
          JarvisClient.Reply reply = client.get(path);
          if (reply.status() != 200) {
            failures.add(path + " answered " + reply);
          }
        } catch (IOException failure) {
          failures.add(path + " failed with " + failure);
        }
        requests.incrementAndGet();
        // Its own pace, well under what Jarvis lets one sender ask.
        LockSupport.parkNanos(PACE.toNanos());
      }
    }

    void assertUnharmed() {
      assertThat(requests.get()).isGreaterThan(50);
      assertThat(failures).isEmpty();
    }

    @Override
    public void close() throws IOException {
      going = false;
      for (Thread thread : threads) {
        try {
          thread.join(Duration.ofSeconds(30).toMillis());
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted", interrupted);
        }
      }
    }
  }
}
