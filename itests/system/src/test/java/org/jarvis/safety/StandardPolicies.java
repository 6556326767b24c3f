package org.jarvis.safety;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.safety.SafetyPolicy;

/**
 * The standard policies as a new installation has them, with a store that is nothing but memory.
 */
public final class StandardPolicies {
  private StandardPolicies() {}

  /** Makes all that are required. */
  public static List<SafetyPolicy> make() {
    SettingStore store = new Memory();
    OwnPlaceRegister place =
        new OwnPlaceRegister(new HostFacts(null, Set.of(), Set.of(), null), new DecisionRecord());
    place.setStore(store);
    TagMemory tagged = new TagMemory();
    tagged.setStore(store);
    ProtectionRegister register =
        new ProtectionRegister(
            ConfiguredProtection.read(new String[0]),
            ProtectedServices.read(new String[0]),
            tagged,
            place);
    return List.of(
        new TierPolicy(new NeverTools(NeverTools.USUAL.toArray(String[]::new))),
        new ProtectionPolicy(register),
        new WhereaboutsPolicy(place),
        new QuorumPolicy(),
        new OriginPolicy(new AliasBook(new DecisionRecord())),
        new KnowledgePolicy(),
        command(register, place));
  }

  private static SafetyPolicy command(ProtectionRegister register, OwnPlaceRegister place) {
    ProtectedParts parts = new ProtectedParts(register, new String[0], new String[0]);
    return new CommandPolicy(
        CommandAnalysts.shipped(), new HostPlaces(), new CommandProtection(register, parts, place));
  }

  private static final class Memory implements SettingStore {
    private final Map<String, String> values = new ConcurrentHashMap<>();

    @Override
    public Optional<String> get(String name) {
      return Optional.ofNullable(values.get(name));
    }

    @Override
    public void put(String name, String value) {
      values.put(name, value);
    }

    @Override
    public String putIfAbsent(String name, String value) {
      String present = values.putIfAbsent(name, value);
      return present == null ? value : present;
    }
  }
}
