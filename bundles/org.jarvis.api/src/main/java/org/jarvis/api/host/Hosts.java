package org.jarvis.api.host;

import java.util.List;
import java.util.Optional;
import org.jarvis.api.resource.ResourceRef;
import org.osgi.annotation.versioning.ProviderType;

/** What is known of the hosts. The core provides the one service. Answers from memory. */
@ProviderType
public interface Hosts {
  /** All hosts, by name. */
  List<Host> all();

  /** The host of this name; empty for an unknown one. */
  Optional<Host> find(HostId id);

  /**
   * The hosts that a word can mean: {@code cluster/name}, or a name alone, which may fit one host
   * of each cluster.
   */
  List<Host> named(String word);

  /** The host that stands for a node or guest; empty where none does. */
  Optional<Host> of(ResourceRef place);
}
