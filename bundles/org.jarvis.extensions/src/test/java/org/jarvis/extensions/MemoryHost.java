package org.jarvis.extensions;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Notes what would run. */
final class MemoryHost implements BundleHost {
  final Map<String, String> running = new HashMap<>();
  final List<String> steps = new ArrayList<>();
  final Map<String, HostingException> obstacles = new HashMap<>();

  /** The symbolic names of those whose code does not come back. */
  final Set<String> stuck = new HashSet<>();

  boolean leftovers;
  final Set<String> ownNames = new HashSet<>(Set.of("org.acme.part"));
  final Set<String> ownPackages = new HashSet<>(Set.of("com.acme.json"));

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public boolean heldUpWhileLeaving() {
    return false;
  }

  @Override
  public Set<String> ownNames() {
    return ownNames;
  }

  @Override
  public Set<String> ownPackages() {
    return ownPackages;
  }

  @Override
  public Presence presence(Jar jar) {
    if (stuck.contains(jar.symbolicName())) {
      return Presence.STAYS;
    }
    return running.containsKey(jar.symbolicName()) ? Presence.RUNS : Presence.NONE;
  }

  @Override
  public boolean clear() {
    steps.add("clear");
    return !leftovers;
  }

  @Override
  public void start(Jar jar, Content content) throws HostingException {
    refuse(jar, content);
    steps.add("start " + jar.version());
    running.put(jar.symbolicName(), jar.version().toString());
  }

  @Override
  public void replace(Jar old, Content oldContent, Jar jar, Content content)
      throws HostingException {
    refuse(jar, content);
    steps.add("replace " + old.version() + " by " + jar.version());
    running.put(jar.symbolicName(), jar.version().toString());
  }

  @Override
  public void remove(Jar jar) throws HostingException {
    if (stuck.contains(jar.symbolicName())) {
      throw new HostingException("Its stop does not end; restart Jarvis.", false);
    }
    steps.add("remove " + jar.version());
    running.remove(jar.symbolicName());
  }

  private void refuse(Jar jar, Content content) throws HostingException {
    HostingException obstacle = obstacles.get(jar.version().toString());
    if (obstacle != null) {
      throw obstacle;
    }
    try (InputStream bytes = content.open()) {
      bytes.readAllBytes();
    } catch (IOException changed) {
      throw new HostingException(String.valueOf(changed.getMessage()), false);
    }
  }
}
