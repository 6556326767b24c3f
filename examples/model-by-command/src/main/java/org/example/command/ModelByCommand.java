package org.example.command;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.provider.LastOutcome;
import org.jarvis.api.llm.provider.ProviderConfiguration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Asks a command on Jarvis's own machine. There is one for each file
 * etc/org.jarvis.extension.command-NAME.cfg, and none without such a file.
 */
@Component(
    configurationPid = "org.jarvis.extension.command",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ModelByCommand implements ModelProvider, HealthContributor {
  private final Settings settings;
  private final LastOutcome outcome;
  private final Set<CommandExchange> running = ConcurrentHashMap.newKeySet();
  private volatile boolean left;

  @Activate
  public ModelByCommand(Map<String, Object> properties) {
    settings = Settings.read(new ProviderConfiguration(properties, properties));
    outcome = new LastOutcome(settings.definition());
  }

  @Override
  public ProviderDefinition definition() {
    return settings.definition();
  }

  @Override
  public ComponentHealth health() {
    return outcome.health();
  }

  @Override
  public ModelExchange converse(ModelRequest request, Consumer<AnswerEvent> events) {
    CommandExchange exchange =
        new CommandExchange(settings, request, outcome.noting(events), running::remove);
    running.add(exchange);
    // First among the running ones, then asked: so none is overlooked by a leave() meanwhile.
    CommandExchange.inBackground(left ? exchange::leave : exchange::run);
    return exchange;
  }

  /** Called when the bundle stops, and when the configuration is changed or deleted. */
  @Deactivate
  void leave() {
    left = true;
    running.forEach(CommandExchange::leave);
  }
}
