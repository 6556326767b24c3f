package org.jarvis.safety;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Whereabouts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people stated in Jarvis about where it runs. Safe from any thread. */
final class StatedPlaces {
  /** The setting that holds them, such as {@code attic=101,home=outside}. */
  static final String SETTING = "safety.whereabouts";

  private static final Logger LOG = LoggerFactory.getLogger(StatedPlaces.class);
  private static final String OUTSIDE = "outside";
  private static final String NOT_READ = "The storage of Jarvis is missing";

  private final Object storing = new Object();
  private @Nullable SettingStore store;
  private volatile @Nullable Map<ClusterId, Whereabouts> places;
  private volatile String trouble = NOT_READ;

  /** A store has come. */
  void use(SettingStore arrived) {
    synchronized (storing) {
      store = arrived;
      read(arrived);
    }
  }

  /** A store leaves; what was read goes on to count. */
  void leave(SettingStore left) {
    synchronized (storing) {
      if (store == left) {
        store = null;
      }
    }
  }

  /** Tries again what failed. */
  void readIfUnknown() {
    if (places == null) {
      synchronized (storing) {
        SettingStore present = store;
        if (places == null && present != null) {
          read(present);
        }
      }
    }
  }

  private void read(SettingStore from) {
    try {
      places = parse(from.get(SETTING).orElse(""));
    } catch (JarvisException failed) {
      if (!failed.getMessage().equals(trouble)) {
        LOG.error(
            "What people stated about where Jarvis runs cannot be read: {}", failed.getMessage());
      }
      trouble = failed.getMessage();
    }
  }

  /** Why it is not known what people stated; empty when it is. */
  Optional<String> ignorance() {
    return places == null ? Optional.of(trouble) : Optional.empty();
  }

  /** What somebody stated about a cluster. */
  Optional<Whereabouts> of(ClusterId cluster) {
    Map<ClusterId, Whereabouts> known = places;
    return known == null ? Optional.empty() : Optional.ofNullable(known.get(cluster));
  }

  /**
   * Keeps a statement, or takes it back.
   *
   * @throws JarvisException with {@code STORAGE_UNAVAILABLE}
   */
  void put(ClusterId cluster, Whereabouts place) {
    synchronized (storing) {
      SettingStore present = store;
      Map<ClusterId, Whereabouts> known = places;
      if (present == null || known == null) {
        throw new JarvisException(
            ErrorCode.STORAGE_UNAVAILABLE, "It cannot be stored at the moment: " + trouble + ".");
      }
      Map<ClusterId, Whereabouts> next = new TreeMap<>(known);
      if (place instanceof Whereabouts.Unknown) {
        next.remove(cluster);
      } else {
        next.put(cluster, place);
      }
      present.put(SETTING, text(next));
      places = Map.copyOf(next);
    }
  }

  private static String text(Map<ClusterId, Whereabouts> places) {
    return places.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + word(entry.getValue()))
        .collect(Collectors.joining(","));
  }

  private static String word(Whereabouts place) {
    return place instanceof Whereabouts.InGuest home ? home.guest().toString() : OUTSIDE;
  }

  private static Map<ClusterId, Whereabouts> parse(String text) {
    Map<ClusterId, Whereabouts> places = new TreeMap<>();
    try {
      for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
        String[] pair = part.split("=", 2);
        places.put(
            new ClusterId(pair[0]),
            pair[1].equals(OUTSIDE)
                ? new Whereabouts.Outside()
                : new Whereabouts.InGuest(new GuestId(Integer.parseInt(pair[1]))));
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
      throw new JarvisException(
          ErrorCode.STORAGE_UNAVAILABLE,
          "The stored setting " + SETTING + " holds what cannot be read",
          unreadable);
    }
    return Map.copyOf(places);
  }
}
