package org.jarvis.persistence.contract;

import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.ActionJournal;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.api.persistence.SettingStore;

/** The stores of a provider, on the same durable place. */
public interface PersistenceUnderTest extends AutoCloseable {
  ActionJournal actions();

  EventJournal events();

  AuditLog audit();

  AccountStore accounts();

  SettingStore settings();

  /** Closes everything and opens it again, as a restart does. */
  void restart();

  @Override
  void close();
}
