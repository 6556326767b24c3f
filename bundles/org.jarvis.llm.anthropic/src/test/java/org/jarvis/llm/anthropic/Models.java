package org.jarvis.llm.anthropic;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.llm.ModelCapabilities;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.provider.Endpoint;
import org.jarvis.api.llm.provider.Patience;
import org.jarvis.api.llm.provider.ProviderSettings;

/** Models to test with. */
final class Models {
  private static final Duration LONG = Duration.ofSeconds(30);

  private Models() {}

  static ProviderDefinition definition(URI server) {
    Endpoint endpoint = Endpoint.parse(server.toString()).orElseThrow();
    return new ProviderDefinition(
        "claude",
        "Claude",
        "claude-test",
        endpoint.destination(),
        !endpoint.withinTheHouse(),
        new ModelCapabilities(200_000, 8_192, true),
        null);
  }

  static AnthropicModel at(URI server, String key, Duration first, Duration silence) {
    return new AnthropicModel(
        new ProviderSettings(
            definition(server),
            Endpoint.parse(server.toString()).orElseThrow(),
            Secret.of(key),
            new Patience(LONG, first, silence),
            0),
        0,
        Clock.systemUTC());
  }
}
