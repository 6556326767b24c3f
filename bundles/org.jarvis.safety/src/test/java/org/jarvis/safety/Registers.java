package org.jarvis.safety;

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
    return new ProtectionRegister(ConfiguredProtection.read(entries), memory);
  }
}
