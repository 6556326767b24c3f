package org.jarvis.safety;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;

/**
 * What the operator's configuration protects.
 *
 * @param addresses the addresses that could be read
 * @param unreadable the entries that are no addresses
 */
record ConfiguredProtection(Set<ResourceRef> addresses, List<String> unreadable) {
  ConfiguredProtection {
    addresses = Set.copyOf(addresses);
    unreadable = List.copyOf(unreadable);
  }

  /** Reads the setting: entries separated by commas, in one value or in several. */
  static ConfiguredProtection read(String[] values) {
    Set<ResourceRef> addresses = new LinkedHashSet<>();
    List<String> unreadable = new ArrayList<>();
    for (String entry : Entries.of(values)) {
      ResourceRef.parse(entry).ifPresentOrElse(addresses::add, () -> unreadable.add(entry));
    }
    return new ConfiguredProtection(addresses, unreadable);
  }

  /** The entry that protects the resource: its own, its cluster's, or its shared storage's. */
  Optional<ResourceRef> entryFor(Resource resource) {
    if (addresses.isEmpty()) {
      return Optional.empty();
    }
    ResourceRef own = resource.ref();
    if (addresses.contains(own)) {
      return Optional.of(own);
    }
    ResourceRef whole = ResourceRef.cluster(own.cluster());
    if (addresses.contains(whole)) {
      return Optional.of(whole);
    }
    return resource instanceof Storage storage && storage.shared()
        ? addresses.stream().filter(address -> isSameStorage(address, storage)).findFirst()
        : Optional.empty();
  }

  /** A shared storage is one storage, whichever node's view of it the entry names. */
  private static boolean isSameStorage(ResourceRef address, Storage storage) {
    return switch (address.kind()) {
      case STORAGE ->
          address.cluster().equals(storage.cluster())
              && address.path().get(1).equals(storage.name());
      case CLUSTER, NODE, GUEST -> false;
    };
  }
}
