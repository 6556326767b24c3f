package org.jarvis.api.resource;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A guest: a VM or a container.
 *
 * @param cluster its cluster
 * @param id its number
 * @param type VM or container
 * @param name its name, or its number where it has none
 * @param node the node that holds it now
 * @param status what it does
 * @param template whether it is a template, which cannot run
 * @param tags its tags, sorted
 * @param lock what holds it, such as {@code backup}; {@code null} when free
 * @param pool its resource pool
 * @param haState what high availability wants of it, {@code null} when not managed
 * @param cpu share of its processors in use, from 0 to 1
 * @param cpus its processors
 * @param memoryUsed memory in use
 * @param memoryTotal memory it may use
 * @param diskTotal size of its root disk
 * @param uptime since it started
 * @param observation source and age
 */
public record Guest(
    ClusterId cluster,
    GuestId id,
    GuestType type,
    String name,
    NodeName node,
    Status status,
    boolean template,
    List<String> tags,
    @Nullable String lock,
    @Nullable String pool,
    @Nullable String haState,
    @Nullable Double cpu,
    @Nullable Integer cpus,
    @Nullable Bytes memoryUsed,
    @Nullable Bytes memoryTotal,
    @Nullable Bytes diskTotal,
    @Nullable Duration uptime,
    Observation observation)
    implements Resource {

  /** What a guest does. */
  public enum Status {
    /** It runs. */
    RUNNING,
    /** It does not run. */
    STOPPED,
    /** It is suspended in memory. */
    PAUSED,
    /** Nobody can tell, for example because its node is silent. */
    UNKNOWN;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word at the edges. */
    public String word() {
      return word;
    }
  }

  /** Keeps the tags from changing. */
  public Guest {
    tags = List.copyOf(tags);
  }

  @Override
  public ResourceRef ref() {
    return ResourceRef.guest(cluster, id);
  }

  @Override
  public String statusWord() {
    return status.word();
  }

  /** How people call it: {@code media (VM 101)}. */
  public String label() {
    return name + " (" + type.label() + " " + id + ")";
  }

  /** The same guest, doing this. */
  public Guest withStatus(Status status) {
    return new Guest(
        cluster,
        id,
        type,
        name,
        node,
        status,
        template,
        tags,
        lock,
        pool,
        haState,
        cpu,
        cpus,
        memoryUsed,
        memoryTotal,
        diskTotal,
        uptime,
        observation);
  }

  /** The same guest on this node. */
  public Guest withNode(NodeName node) {
    return new Guest(
        cluster,
        id,
        type,
        name,
        node,
        status,
        template,
        tags,
        lock,
        pool,
        haState,
        cpu,
        cpus,
        memoryUsed,
        memoryTotal,
        diskTotal,
        uptime,
        observation);
  }

  /** The same guest with these tags and no others. */
  public Guest withTags(List<String> tags) {
    return new Guest(
        cluster,
        id,
        type,
        name,
        node,
        status,
        template,
        tags,
        lock,
        pool,
        haState,
        cpu,
        cpus,
        memoryUsed,
        memoryTotal,
        diskTotal,
        uptime,
        observation);
  }
}
