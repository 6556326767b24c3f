package org.jarvis.llm.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.PriceList;
import org.jarvis.testkit.llm.AnthropicDialect;
import org.jarvis.testkit.llm.Heard;
import org.jarvis.testkit.llm.Questions;
import org.jarvis.testkit.llm.StubModelServer;
import org.jarvis.testkit.llm.StubReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class AnthropicProviderTest {
  private static final String KEY = "sk-canary-0123456789";

  /** What is published, and with which properties. */
  private final Map<Object, Dictionary<?, ?>> published = new HashMap<>();

  private final Map<String, Object> written = new HashMap<>();
  private final StubModelServer server = new StubModelServer();
  private final List<AnthropicProvider> opened = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Path key = folder.resolve("key");
    Files.writeString(key, KEY + "\n");
    written.put("service.pid", "org.jarvis.llm.anthropic~one");
    written.put("felix.fileinstall.filename", "file:/j/etc/org.jarvis.llm.anthropic-one.cfg");
    written.put("name", "one");
    written.put("model", "some-model");
    written.put("address", server.address().toString());
    written.put("api.key.file", key.toString());
  }

  @AfterEach
  void close() {
    opened.forEach(AnthropicProvider::deactivate);
    server.close();
  }

  /** A bundle that can do nothing but publish services. */
  private BundleContext bundle() {
    return fake(
        BundleContext.class,
        "registerService",
        arguments -> {
          Object service = Objects.requireNonNull(arguments[1]);
          published.put(
              service,
              arguments[2] == null
                  ? FrameworkUtil.asDictionary(Map.of())
                  : (Dictionary<?, ?>) arguments[2]);
          return fake(
              ServiceRegistration.class, "unregister", nothing -> published.remove(service));
        });
  }

  private ConfigurationAdmin admin() {
    return fake(
        ConfigurationAdmin.class,
        "getConfiguration",
        arguments -> {
          assertThat(arguments[0]).isEqualTo("org.jarvis.llm.anthropic~one");
          return fake(
              Configuration.class, "getProperties", none -> FrameworkUtil.asDictionary(written));
        });
  }

  private interface Behaviour {
    Object of(Object[] arguments);
  }

  private static <T> T fake(Class<T> type, String can, Behaviour behaviour) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (!method.getName().equals(can)) {
                throw new UnsupportedOperationException(method.getName());
              }
              Object result = behaviour.of(arguments);
              return method.getReturnType() == void.class ? null : result;
            }));
  }

  private AnthropicProvider open(Map<String, Object> replaced) {
    Map<String, Object> properties = new HashMap<>(written);
    properties.putAll(replaced);
    AnthropicProvider provider = new AnthropicProvider(admin(), bundle(), properties);
    opened.add(provider);
    return provider;
  }

  private ModelProvider provider() {
    return (ModelProvider)
        published.keySet().stream()
            .filter(ModelProvider.class::isInstance)
            .findFirst()
            .orElseThrow(() -> new AssertionError(complaint()));
  }

  private String complaint() {
    assertThat(published.keySet()).noneMatch(ModelProvider.class::isInstance);
    ComponentHealth health = ((HealthContributor) published.keySet().iterator().next()).health();
    assertThat(health.status()).isEqualTo(ComponentHealth.Status.DOWN);
    assertThat(health.name()).startsWith("model ");
    return health.detail();
  }

  @Test
  void offersTheModelThatIsConfigured() {
    written.put("ranking", "7");
    written.put("title", "My model");
    open(Map.of());

    assertThat(published).hasSize(1);
    assertThat(published.get(provider()).get("service.ranking")).isEqualTo(7);
    assertThat(provider().definition().id()).isEqualTo("one");
    assertThat(provider().definition().title()).isEqualTo("My model");
    assertThat(provider().definition().model()).isEqualTo("some-model");
    assertThat(provider().definition().priceList()).contains(PriceList.FREE);
    assertThat(provider()).isInstanceOf(HealthContributor.class);
  }

  @Test
  void provesItselfByTheKeyInTheFile() {
    open(Map.of());
    server.answers(StubReply.stream(new AnthropicDialect().says(List.of("Hello"))));
    Heard heard = new Heard();
    provider().converse(Questions.within(Duration.ofSeconds(20)), heard);

    assertThat(heard.answer().text()).isEqualTo("Hello");
    assertThat(server.received().get(0).headers().values()).anyMatch(value -> value.endsWith(KEY));
  }

  @Test
  void leavesWithItsService() {
    AnthropicProvider provider = open(Map.of());
    provider.deactivate();
    opened.clear();

    assertThat(published).isEmpty();
  }

  @Test
  void takesAKeyByAPlaceholder() {
    written.remove("api.key.file");
    written.put("api.key", "$[env:SOME_KEY]");
    open(Map.of("api.key", KEY));

    assertThat(provider().definition().id()).isEqualTo("one");
  }

  @Test
  void refusesAKeyThatStandsInTheFileAndDoesNotRepeatIt() {
    written.remove("api.key.file");
    written.put("api.key", KEY);
    open(Map.of());

    assertThat(complaint())
        .startsWith("etc/org.jarvis.llm.anthropic-one.cfg: the key api.key needs a placeholder")
        .doesNotContain(KEY);
  }

  @Test
  void refusesAPlaceholderThatNothingWasFoundFor() {
    written.remove("api.key.file");
    written.put("api.key", "$[env:SOME_KEY]");
    open(Map.of());

    assertThat(complaint()).contains("api.key", "is not set");
  }

  @ParameterizedTest
  @CsvSource({
    "name, Not A Name, a short name",
    "model, '', the model's name",
    "address, http://example.com, begins with https",
    "address, https://user:secret@example.com, the address",
    "address, ftp://192.168.1.1, the address",
    "context.tokens, many, a whole number",
    "output.tokens, 100000000, a whole number",
    "tools, perhaps, true or false",
    "silence.seconds, 0, a whole number from 1 to 3600",
    "price.input, -1, a number such as",
    "price.input, 3, to be set as well",
    "api.key.file, /no/such/file, a file that exists",
    "thinking.tokens, some, a whole number"
  })
  void saysWhatIsWrong(String key, String value, String expected) {
    open(Map.of(key, value));

    assertThat(complaint())
        .startsWith("etc/org.jarvis.llm.anthropic-one.cfg: the key ")
        .contains(expected)
        .doesNotContain("secret@");
  }

  @Test
  void knowsPricesWhereTheyAreSaid() {
    open(Map.of("price.input", "3", "price.output", "15"));

    PriceList prices = provider().definition().priceList().orElseThrow();
    assertThat(prices.input()).isEqualByComparingTo("3");
    assertThat(prices.cacheRead()).isEqualByComparingTo("0.3");
    assertThat(prices.cacheWrite()).isEqualByComparingTo("3.75");
    assertThat(prices.currency()).isEqualTo("USD");
  }

  @Test
  void doesNotKnowWhatOthersCharge() {
    open(Map.of("address", "https://models.example.com"));

    assertThat(provider().definition().priceList()).isEmpty();
    assertThat(provider().definition().leavesTheHouse()).isTrue();
    assertThat(provider().definition().destination()).isEqualTo("models.example.com");
  }

  @Test
  void needsAKey() {
    written.remove("api.key.file");
    open(Map.of());

    assertThat(complaint()).contains("api.key", "$[env:NAME]");
  }

  @Test
  void goesToAnthropicUnlessToldOtherwise() {
    written.remove("address");
    open(Map.of());

    assertThat(provider().definition().destination()).isEqualTo("api.anthropic.com");
  }
}
