package org.jarvis.safety;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.SettingStore;

/** Keeps settings in memory, and can be broken. */
final class FakeSettingStore implements SettingStore {
  final Map<String, String> values = new ConcurrentHashMap<>();
  boolean broken;

  @Override
  public Optional<String> get(String name) {
    refuseIfBroken();
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public void put(String name, String value) {
    refuseIfBroken();
    values.put(name, value);
  }

  @Override
  public String putIfAbsent(String name, String value) {
    refuseIfBroken();
    String present = values.putIfAbsent(name, value);
    return present == null ? value : present;
  }

  private void refuseIfBroken() {
    if (broken) {
      throw new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "the disk is full");
    }
  }
}
