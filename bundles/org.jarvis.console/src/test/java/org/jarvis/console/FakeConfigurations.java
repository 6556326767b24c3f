package org.jarvis.console;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The logging's configuration, in memory. */
@SuppressWarnings({"JdkObsolete", "NullAway"}) // Configuration Admin's own types
final class FakeConfigurations implements ConfigurationAdmin {
  private final Dictionary<String, Object> properties = new Hashtable<>();

  FakeConfigurations with(String key, String value) {
    properties.put(key, value);
    return this;
  }

  @Nullable Object value(String key) {
    return properties.get(key);
  }

  @Override
  public Configuration[] listConfigurations(String filter) {
    return filter.equals("(service.pid=org.ops4j.pax.logging)") && !properties.isEmpty()
        ? new Configuration[] {new Logging()}
        : null;
  }

  @Override
  public Configuration createFactoryConfiguration(String pid) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Configuration createFactoryConfiguration(String pid, String location) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Configuration getConfiguration(String pid, String location) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Configuration getConfiguration(String pid) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Configuration getFactoryConfiguration(String pid, String name, String location) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Configuration getFactoryConfiguration(String pid, String name) {
    throw new UnsupportedOperationException();
  }

  private final class Logging implements Configuration {
    @Override
    public Dictionary<String, Object> getProperties() {
      Dictionary<String, Object> copy = new Hashtable<>();
      properties.keys().asIterator().forEachRemaining(key -> copy.put(key, properties.get(key)));
      return copy;
    }

    @Override
    public void update(Dictionary<String, ?> next) {
      next.keys().asIterator().forEachRemaining(key -> properties.put(key, next.get(key)));
    }

    @Override
    public String getPid() {
      return "org.ops4j.pax.logging";
    }

    @Override
    public Dictionary<String, Object> getProcessedProperties(ServiceReference<?> reference) {
      return getProperties();
    }

    @Override
    public void delete() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getFactoryPid() {
      return null;
    }

    @Override
    public void update() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean updateIfDifferent(Dictionary<String, ?> next) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setBundleLocation(String location) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getBundleLocation() {
      return null;
    }

    @Override
    public long getChangeCount() {
      return 0;
    }

    @Override
    public void addAttributes(ConfigurationAttribute... attributes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<ConfigurationAttribute> getAttributes() {
      return Set.of();
    }

    @Override
    public void removeAttributes(ConfigurationAttribute... attributes) {
      throw new UnsupportedOperationException();
    }
  }
}
