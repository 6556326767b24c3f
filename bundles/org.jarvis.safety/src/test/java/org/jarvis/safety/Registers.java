package org.jarvis.safety;

import java.util.Set;

/** Makes protection registers for tests. */
final class Registers {
  private Registers() {}

  /** A register with these entries, whose memory of tags is empty and stored. */
  static ProtectionRegister with(String... entries) {
    TagMemory memory = new TagMemory();
    memory.setStore(new FakeSettingStore());
    return with(memory, entries);
  }

  static ProtectionRegister with(TagMemory memory, String... entries) {
    return new ProtectionRegister(
        ConfiguredProtection.read(entries),
        ProtectedServices.read(new String[0]),
        memory,
        nowhere());
  }

  /** A register that protects these services, and nothing else. */
  static ProtectionRegister withServices(String... entries) {
    TagMemory memory = new TagMemory();
    memory.setStore(new FakeSettingStore());
    return new ProtectionRegister(
        ConfiguredProtection.read(new String[0]),
        ProtectedServices.read(entries),
        memory,
        nowhere());
  }

  /** Knows of its own place what the configuration says, and nothing else. */
  static OwnPlaceRegister nowhere() {
    OwnPlaceRegister place =
        new OwnPlaceRegister(new HostFacts(null, Set.of(), Set.of(), null), new DecisionRecord());
    place.setStore(new FakeSettingStore());
    return place;
  }
}
