package org.jarvis.safety;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.ProtectedResources;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers every guest that was ever seen with the tag {@value #TAG}, so that taking the tag away
 * in the cluster does not take the protection away.
 *
 * <p>Questions are answered from memory. Reading and writing the store happens when the store comes
 * and when the live state changes, never during a decision.
 *
 * <p>Immediate, because it has to watch from the start, asked or not.
 */
@Component(service = TagMemory.class, immediate = true)
public final class TagMemory {
  /** The tag that protects a guest. */
  static final String TAG = ProtectedResources.TAG;

  /** The name of the setting that holds the addresses, separated by commas. */
  static final String SETTING = "safety.protected-by-tag";

  private static final Logger LOG = LoggerFactory.getLogger(TagMemory.class);
  private static final String SEPARATOR = ",";

  private final Set<ResourceRef> seen = ConcurrentHashMap.newKeySet();
  private final Object storing = new Object();
  private @Nullable SettingStore store;
  private volatile @Nullable LiveState watched;
  private LiveState.@Nullable Subscription subscription;
  private volatile boolean unsaved;
  private volatile boolean loaded;
  private volatile @Nullable String trouble = "the storage of Jarvis is missing";

  /** Knows nothing until the store comes. */
  @Activate
  public TagMemory() {}

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setStore(SettingStore arrived) {
    synchronized (storing) {
      store = arrived;
      // A store that comes back may be another one: what is in memory has to be in it too.
      unsaved = !seen.isEmpty();
      loaded = false;
      trouble = "it is not read yet";
    }
    synchronise();
  }

  void unsetStore(SettingStore left) {
    synchronized (storing) {
      if (store == left) {
        store = null;
        trouble = "the storage of Jarvis is missing";
      }
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setLiveState(LiveState arrived) {
    watch(arrived);
    look(arrived.clusters());
  }

  void unsetLiveState(LiveState left) {
    // When another one took its place, that one was set before this is called.
    if (watched == left) {
      watch(null);
    }
  }

  @Deactivate
  void stop() {
    watch(null);
  }

  /** Whether the guest carries the tag, or was ever seen with it. */
  boolean holds(Guest guest) {
    if (guest.tags().contains(TAG) && seen.add(guest.ref())) {
      // Without the lock: this is asked during decisions, which may not wait for the store.
      unsaved = true;
    }
    return seen.contains(guest.ref());
  }

  /** Why it is not known which guests carried the tag in the past; empty when it is known. */
  Optional<String> ignorance() {
    return loaded ? Optional.empty() : Optional.ofNullable(trouble);
  }

  /** Why what was seen is not safely stored; empty when it is. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** All guests that the tag protects. */
  Set<ResourceRef> all() {
    return Set.copyOf(seen);
  }

  /**
   * Forgets a guest, durably. If the tag is seen again, it protects again.
   *
   * @throws JarvisException with {@code STORAGE_UNAVAILABLE}; then it is still protected
   */
  void forget(ResourceRef guest) {
    synchronized (storing) {
      SettingStore present = store;
      if (present == null || !loaded) {
        throw new JarvisException(
            ErrorCode.STORAGE_UNAVAILABLE,
            "It cannot be stored at the moment, so it stays protected. Try again later.");
      }
      present.put(SETTING, text(seen.stream().filter(ref -> !ref.equals(guest))));
      seen.remove(guest);
    }
  }

  private void look(List<ClusterSnapshot> clusters) {
    for (ClusterSnapshot cluster : clusters) {
      for (Guest guest : cluster.guests().values()) {
        if (guest.tags().contains(TAG)) {
          holds(guest);
        }
      }
    }
    synchronise();
  }

  private void synchronise() {
    synchronized (storing) {
      SettingStore present = store;
      if (present == null || (loaded && !unsaved)) {
        return;
      }
      try {
        if (!loaded) {
          seen.addAll(read(present));
          loaded = true;
        }
        if (unsaved) {
          // Cleared first, so that what is seen during the write is written the next time.
          unsaved = false;
          present.put(SETTING, text(seen.stream()));
        }
        trouble = null;
      } catch (JarvisException failed) {
        unsaved = !seen.isEmpty();
        if (!failed.getMessage().equals(trouble)) {
          trouble = failed.getMessage();
          LOG.error("Guests tagged {} cannot be remembered: {}", TAG, failed.getMessage());
        }
      }
    }
  }

  private static String text(Stream<ResourceRef> guests) {
    return guests.sorted().map(ResourceRef::toString).collect(Collectors.joining(SEPARATOR));
  }

  private static List<ResourceRef> read(SettingStore store) {
    return store
        .get(SETTING)
        .filter(text -> !text.isEmpty())
        .map(text -> List.of(text.split(SEPARATOR, -1)).stream().map(TagMemory::address).toList())
        .orElse(List.of());
  }

  private static ResourceRef address(String text) {
    return ResourceRef.parse(text)
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.STORAGE_UNAVAILABLE,
                    "the stored setting " + SETTING + " holds an address that cannot be read"));
  }

  private void watch(@Nullable LiveState next) {
    LiveState.Subscription opened = next == null ? null : next.subscribe(this::look);
    LiveState.Subscription former;
    synchronized (storing) {
      former = subscription;
      watched = next;
      subscription = opened;
    }
    if (former != null) {
      former.close();
    }
  }
}
