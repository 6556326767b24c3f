package org.jarvis.llm.anthropic;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.provider.LastOutcome;
import org.jarvis.api.llm.provider.ProviderConfiguration;
import org.jarvis.api.llm.provider.ProviderSettings;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Claude model, as one configuration describes it. A wrong configuration is no failure to
 * activate: it is said in the log and on the health page, until it is mended.
 *
 * <p>Immediate, because the service it brings is registered only where the configuration makes
 * sense. Public, because Declarative Services demands it; the package is not exported.
 */
@Component(
    immediate = true,
    service = {},
    configurationPid = AnthropicProvider.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = AnthropicProvider.Configuration.class, factory = true)
public final class AnthropicProvider {
  static final String PID = "org.jarvis.llm.anthropic";
  private static final Logger LOG = LoggerFactory.getLogger(AnthropicProvider.class);

  static final String THINKING = "thinking.tokens";

  /** The shares are those of Anthropic's list: of a cache that lasts five minutes. */
  static final ProviderSettings.Defaults DEFAULTS =
      new ProviderSettings.Defaults(
          "https://api.anthropic.com",
          true,
          200_000,
          8_192,
          120,
          60,
          new BigDecimal("0.10"),
          new BigDecimal("1.25"));

  private final @Nullable AnthropicModel model;
  private final ServiceRegistration<?> registration;

  /** What a configuration may hold. Read from the raw properties, to say exactly what is wrong. */
  @ObjectClassDefinition(
      name = "Claude",
      description = "A Claude model that Jarvis may talk to. One configuration per model.")
  @interface Configuration {
    /** {@value ProviderSettings#NAME}. */
    @AttributeDefinition(
        name = "Name",
        description =
            "Short name of the provider: lower-case words joined by hyphens. What it answered is"
                + " recorded under it.")
    String name();

    /** {@value ProviderSettings#TITLE}. */
    @AttributeDefinition(
        name = "Title",
        description = "How it is called on the page. Without, its name.",
        required = false)
    String title();

    /** {@value ProviderSettings#ADDRESS}. */
    @AttributeDefinition(
        name = "Address",
        description = "https address of the server, where it is not Anthropic's own.",
        required = false)
    String address() default "https://api.anthropic.com";

    /** {@value ProviderSettings#MODEL}. */
    @AttributeDefinition(
        name = "Model",
        description = "The model's name as its server knows it, such as claude-sonnet-4-5.")
    String model();

    /** {@value ProviderSettings#KEY}. */
    @AttributeDefinition(
        name = "API key",
        description =
            "A placeholder for it: $[env:NAME] or $[secret:NAME]. The key itself is refused here.",
        type = AttributeType.PASSWORD,
        required = false)
    String api_key();

    /** {@value ProviderSettings#KEY_FILE}. */
    @AttributeDefinition(
        name = "File of the API key",
        description = "A file that holds the key and nothing else, instead of the key api.key.",
        required = false)
    String api_key_file();

    /** {@value ProviderSettings#RANKING}. */
    @AttributeDefinition(
        name = "Ranking",
        description = "Of several providers the one with the highest is asked first.",
        required = false)
    int ranking() default 0;

    /** {@value ProviderSettings#CONTEXT}. */
    @AttributeDefinition(
        name = "Context",
        description = "How many tokens the model keeps in mind, question and answer together.",
        required = false)
    int context_tokens() default 200_000;

    /** {@value ProviderSettings#OUTPUT}. */
    @AttributeDefinition(
        name = "Longest answer",
        description = "How many tokens an answer may have.",
        required = false)
    int output_tokens() default 8_192;

    /** {@value ProviderSettings#TOOLS}. */
    @AttributeDefinition(
        name = "Tools",
        description = "Whether the model can ask for tools.",
        required = false)
    boolean tools() default true;

    /** {@value AnthropicProvider#THINKING}. */
    @AttributeDefinition(
        name = "Thinking",
        description =
            "How many tokens of an answer the model may use to think first, 1024 at least, and half"
                + " of the answer at most; 0 for none.",
        required = false)
    int thinking_tokens() default 0;

    /** {@value ProviderSettings#FIRST}. */
    @AttributeDefinition(
        name = "Wait for the first word",
        description = "Seconds until the server has to begin to answer.",
        required = false,
        min = "1",
        max = "3600")
    int first_answer_seconds() default 120;

    /** {@value ProviderSettings#SILENCE}. */
    @AttributeDefinition(
        name = "Longest silence",
        description = "Seconds without a sign of life, after which an answer is given up.",
        required = false,
        min = "1",
        max = "3600")
    int silence_seconds() default 60;

    /** {@value ProviderSettings#PRICE_INPUT}. */
    @AttributeDefinition(
        name = "Price of questions",
        description = "What a million tokens of questions cost. Not known unless set.",
        required = false)
    String price_input();

    /** {@value ProviderSettings#PRICE_OUTPUT}. */
    @AttributeDefinition(
        name = "Price of answers",
        description = "What a million tokens of answers cost.",
        required = false)
    String price_output();

    /** {@value ProviderSettings#PRICE_CACHE_READ}. */
    @AttributeDefinition(
        name = "Price of questions from the cache",
        description =
            "What a million tokens of them cost. Without, a tenth of the price of questions.",
        required = false)
    String price_cache_read();

    /** {@value ProviderSettings#PRICE_CACHE_WRITE}. */
    @AttributeDefinition(
        name = "Price of questions into the cache",
        description =
            "What a million tokens of them cost. Without, five quarters of the price of questions.",
        required = false)
    String price_cache_write();

    /** {@value ProviderSettings#CURRENCY}. */
    @AttributeDefinition(
        name = "Currency",
        description = "Of the prices, as three capital letters.",
        required = false)
    String price_currency() default "USD";
  }

  /**
   * Offers the model.
   *
   * @param admin tells how the configuration was written, before placeholders were replaced
   * @param bundle publishes the model, or the complaint about a wrong configuration
   * @param properties the configuration
   */
  @Activate
  public AnthropicProvider(
      @Reference ConfigurationAdmin admin, BundleContext bundle, Map<String, Object> properties) {
    ProviderConfiguration configuration =
        new ProviderConfiguration(properties, asWritten(admin, properties));
    AnthropicModel opened = null;
    ServiceRegistration<?> registered;
    try {
      ProviderSettings settings = ProviderSettings.read(configuration, DEFAULTS);
      opened =
          new AnthropicModel(
              settings, configuration.number(THINKING, 0, 0, 1_000_000), Clock.systemUTC());
      registered =
          bundle.registerService(
              new String[] {ModelProvider.class.getName(), HealthContributor.class.getName()},
              opened,
              FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, settings.ranking())));
    } catch (JarvisException wrong) {
      LOG.warn("A language model is not used. {}", wrong.getMessage());
      ComponentHealth health =
          new ComponentHealth(
              LastOutcome.nameOf(ProviderSettings.label(properties)),
              ComponentHealth.Status.DOWN,
              wrong.getMessage());
      registered = bundle.registerService(HealthContributor.class, () -> health, null);
    }
    this.model = opened;
    this.registration = registered;
  }

  /** Empty where that cannot be told, so that a key is refused rather than believed. */
  private static Map<String, Object> asWritten(
      ConfigurationAdmin admin, Map<String, Object> properties) {
    try {
      Dictionary<String, Object> written =
          admin
              .getConfiguration(String.valueOf(properties.get(Constants.SERVICE_PID)), null)
              .getProperties();
      Map<String, Object> copy = new HashMap<>();
      if (written != null) {
        Collections.list(written.keys()).forEach(key -> copy.put(key, written.get(key)));
      }
      return copy;
    } catch (IOException unreadable) {
      LOG.warn(
          "The configuration of a language model cannot be read as it was written.", unreadable);
      return Map.of();
    }
  }

  @Deactivate
  void deactivate() {
    registration.unregister();
    if (model != null) {
      model.close();
    }
  }
}
