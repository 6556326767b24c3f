package org.jarvis.gateway;

import java.lang.reflect.Proxy;
import java.util.Map;

/** The configuration as Declarative Services would read it from a file with these values. */
public final class Configured {
  private Configured() {}

  public static GatewayConfiguration with(Map<String, Object> values) {
    return (GatewayConfiguration)
        Proxy.newProxyInstance(
            Configured.class.getClassLoader(),
            new Class<?>[] {GatewayConfiguration.class},
            (proxy, method, arguments) ->
                values.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
