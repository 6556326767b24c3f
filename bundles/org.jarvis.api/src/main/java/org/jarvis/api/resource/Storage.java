package org.jarvis.api.resource;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A storage as one node sees it. A shared storage is seen by several nodes and is one storage all
 * the same: count its space once.
 *
 * @param cluster its cluster
 * @param node the node that sees it
 * @param name its name in the cluster
 * @param status whether the node can use it
 * @param type what it is, such as {@code dir} or {@code zfspool}
 * @param shared whether all nodes see the same content
 * @param content what may lie on it, such as {@code images}
 * @param used used space, {@code null} while unknown
 * @param total size, {@code null} while unknown
 * @param observation source and age
 */
public record Storage(
    ClusterId cluster,
    NodeName node,
    String name,
    Status status,
    @Nullable String type,
    boolean shared,
    List<String> content,
    @Nullable Bytes used,
    @Nullable Bytes total,
    Observation observation)
    implements Resource {

  /** Whether a node can use a storage. */
  public enum Status {
    /** It can. */
    AVAILABLE,
    /** It cannot. */
    UNAVAILABLE,
    /** Nobody can tell. */
    UNKNOWN;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word at the edges. */
    public String word() {
      return word;
    }
  }

  /** Keeps the content list from changing. */
  public Storage {
    content = List.copyOf(content);
  }

  @Override
  public ResourceRef ref() {
    return ResourceRef.storage(cluster, node, name);
  }

  @Override
  public String statusWord() {
    return status.word();
  }
}
