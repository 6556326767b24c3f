package org.jarvis.api.llm.provider;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.llm.ModelCapabilities;
import org.jarvis.api.llm.PriceList;
import org.jarvis.api.llm.ProviderDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What every provider that speaks HTTP is configured with, under the same keys.
 *
 * @param definition what it is
 * @param endpoint where its server is
 * @param key what it proves itself with; empty for a server that wants nothing
 * @param patience how long to wait
 * @param ranking which of several is asked first: the highest
 */
public record ProviderSettings(
    ProviderDefinition definition, Endpoint endpoint, Secret key, Patience patience, int ranking) {
  /** The key of its name. */
  public static final String NAME = "name";

  /** The key of its title. */
  public static final String TITLE = "title";

  /** The key of its server's address. */
  public static final String ADDRESS = "address";

  /** The key of the model. */
  public static final String MODEL = "model";

  /** The key of the API key. */
  public static final String KEY = "api.key";

  /** The key of the file that holds the API key. */
  public static final String KEY_FILE = "api.key.file";

  /** The key of the ranking. */
  public static final String RANKING = "ranking";

  /** The key of how much the model can keep in mind. */
  public static final String CONTEXT = "context.tokens";

  /** The key of how long an answer may be. */
  public static final String OUTPUT = "output.tokens";

  /** The key of whether the model can ask for tools. */
  public static final String TOOLS = "tools";

  /** The key of how long the server may take to begin. */
  public static final String FIRST = "first.answer.seconds";

  /** The key of how long the server may be silent. */
  public static final String SILENCE = "silence.seconds";

  /** The key of the prices' currency. */
  public static final String CURRENCY = "price.currency";

  /** The key of the price of questions. */
  public static final String PRICE_INPUT = "price.input";

  /** The key of the price of answers. */
  public static final String PRICE_OUTPUT = "price.output";

  /** The key of the price of questions from the cache. */
  public static final String PRICE_CACHE_READ = "price.cache.read";

  /** The key of the price of questions into the cache. */
  public static final String PRICE_CACHE_WRITE = "price.cache.write";

  private static final int LARGEST_KEY_FILE = 4096;
  private static final int LONGEST_SECONDS = 3600;
  private static final int MOST_TOKENS = 100_000_000;
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /**
   * What holds where a configuration says nothing.
   *
   * @param address where the server is; empty where that has to be said
   * @param keyNeeded whether there is no use without a key
   * @param contextTokens how much the model can keep in mind
   * @param outputTokens how long an answer may be
   * @param firstSeconds how long the server may take to begin
   * @param silenceSeconds how long it may be silent
   * @param cacheRead what reading from the cache costs, as a share of the price of questions
   * @param cacheWrite what writing into the cache costs, as a share of the price of questions
   */
  public record Defaults(
      String address,
      boolean keyNeeded,
      int contextTokens,
      int outputTokens,
      int firstSeconds,
      int silenceSeconds,
      BigDecimal cacheRead,
      BigDecimal cacheWrite) {}

  /** What to call a provider while its name is not known: the name as given, or the PID. */
  public static String label(Map<String, ?> properties) {
    ProviderConfiguration configuration = new ProviderConfiguration(properties, properties);
    try {
      String name = configuration.text(NAME);
      return name.matches("[a-z][a-z0-9-]{0,31}") ? name : configuration.pid();
    } catch (JarvisException noName) {
      return configuration.pid();
    }
  }

  /**
   * Reads a configuration.
   *
   * @throws JarvisException with code {@code MISCONFIGURED}
   */
  public static ProviderSettings read(ProviderConfiguration configuration, Defaults defaults) {
    return new Reading(configuration, defaults).settings();
  }

  private record Reading(ProviderConfiguration configuration, Defaults defaults) {
    ProviderSettings settings() {
      Endpoint endpoint = endpoint();
      int ranking = configuration.number(RANKING, 0, -1_000_000, 1_000_000);
      return new ProviderSettings(definition(endpoint), endpoint, key(), patience(), ranking);
    }

    private ProviderDefinition definition(Endpoint endpoint) {
      String title = configuration.text(TITLE);
      String model = configuration.text(MODEL);
      if (model.isEmpty()) {
        throw configuration.wrong(MODEL, "the model's name as its server knows it");
      }
      ModelCapabilities capabilities = capabilities();
      PriceList prices = prices(endpoint);
      String name = configuration.text(NAME);
      try {
        return new ProviderDefinition(
            name,
            title.isEmpty() ? name : title,
            model,
            endpoint.destination(),
            !endpoint.withinTheHouse(),
            capabilities,
            prices);
      } catch (IllegalArgumentException invalid) {
        throw configuration.wrong(
            NAME,
            "a short name for the provider: lower-case words joined by hyphens, of at most "
                + ProviderDefinition.MAX_ID
                + " characters, such as claude");
      }
    }

    private Endpoint endpoint() {
      String given = configuration.text(ADDRESS);
      return Endpoint.parse(given.isEmpty() ? defaults.address() : given)
          .orElseThrow(
              () ->
                  configuration.wrong(
                      ADDRESS,
                      "the address of a server of models, without user or query, such as"
                          + " http://192.168.1.20:11434; outside of your own networks it begins"
                          + " with https"));
    }

    private ModelCapabilities capabilities() {
      int context = configuration.number(CONTEXT, defaults.contextTokens(), 512, MOST_TOKENS);
      // Where only the context is said, an answer may take half of it at most.
      int otherwise = Math.min(defaults.outputTokens(), context / 2);
      int output = configuration.number(OUTPUT, otherwise, 16, context - 1);
      return new ModelCapabilities(context, output, configuration.flag(TOOLS, true));
    }

    private @Nullable PriceList prices(Endpoint endpoint) {
      BigDecimal unknown = BigDecimal.ONE.negate();
      BigDecimal input = configuration.decimal(PRICE_INPUT, unknown);
      BigDecimal output = configuration.decimal(PRICE_OUTPUT, unknown);
      if (input.signum() < 0 && output.signum() < 0) {
        // Nobody sends a bill for a machine of one's own; what others charge is not known.
        return endpoint.withinTheHouse() ? PriceList.FREE : null;
      }
      if (input.signum() < 0 || output.signum() < 0) {
        throw configuration.wrong(
            input.signum() < 0 ? PRICE_INPUT : PRICE_OUTPUT,
            "to be set as well: what a million tokens cost");
      }
      String currency = configuration.text(CURRENCY);
      try {
        return new PriceList(
            currency.isEmpty() ? "USD" : currency,
            input,
            configuration.decimal(PRICE_CACHE_READ, input.multiply(defaults.cacheRead())),
            configuration.decimal(PRICE_CACHE_WRITE, input.multiply(defaults.cacheWrite())),
            output);
      } catch (IllegalArgumentException invalid) {
        throw configuration.wrong(CURRENCY, "three capital letters, such as USD");
      }
    }

    private Patience patience() {
      return new Patience(
          CONNECT,
          seconds(FIRST, defaults.firstSeconds()),
          seconds(SILENCE, defaults.silenceSeconds()));
    }

    private Duration seconds(String key, int otherwise) {
      return Duration.ofSeconds(configuration.number(key, otherwise, 1, LONGEST_SECONDS));
    }

    private Secret key() {
      String inline = configuration.secret(KEY);
      String file = configuration.text(KEY_FILE);
      if (!inline.isEmpty() && !file.isEmpty()) {
        throw configuration.wrong(
            KEY, "to be alone: either it or " + KEY_FILE + " tells the key, not both");
      }
      if (inline.isEmpty() && file.isEmpty() && defaults.keyNeeded()) {
        throw configuration.wrong(
            KEY,
            "a placeholder for the API key, such as $[env:NAME] (or "
                + KEY_FILE
                + " the file that holds it)");
      }
      Secret key = Secret.of(file.isEmpty() ? inline : content(file));
      if (!Credential.fits(key)) {
        throw configuration.wrong(
            file.isEmpty() ? KEY : KEY_FILE, "a key on one line, without blanks");
      }
      return key;
    }

    private String content(String file) {
      try {
        Path path = Path.of(file);
        if (Files.size(path) <= LARGEST_KEY_FILE) {
          String content = Files.readString(path).strip();
          if (!content.isEmpty()) {
            return content;
          }
        }
      } catch (IOException | InvalidPathException unreadable) {
        throw configuration.wrong(KEY_FILE, "a file that exists and that Jarvis may read");
      }
      throw configuration.wrong(KEY_FILE, "a file that holds the key and nothing else");
    }
  }
}
