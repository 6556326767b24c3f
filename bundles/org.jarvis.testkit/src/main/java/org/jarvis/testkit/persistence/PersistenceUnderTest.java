package org.jarvis.testkit.persistence;

import java.time.Instant;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.ActionJournal;
import org.jarvis.api.persistence.AttemptStore;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.ConsentStore;
import org.jarvis.api.persistence.ConversationStore;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.PreferenceStore;
import org.jarvis.api.persistence.ProblemStore;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.persistence.SnapshotStore;
import org.jarvis.api.persistence.TokenStore;
import org.osgi.annotation.versioning.ConsumerType;

/** The stores of a provider, on the same durable place. */
@ConsumerType
public interface PersistenceUnderTest extends AutoCloseable {
  /** Where actions are kept. */
  ActionJournal actions();

  /** Where events are kept. */
  EventJournal events();

  /** The audit log. */
  AuditLog audit();

  /** Where accounts, sessions and known browsers are kept. */
  AccountStore accounts();

  /** Where tokens are kept. */
  TokenStore tokens();

  /** Where failed attempts are kept. */
  AttemptStore attempts();

  /** Where preferences are kept. */
  PreferenceStore preferences();

  /** Where the last states of clusters are kept. */
  SnapshotStore snapshots();

  /** Where decisions about extensions are kept. */
  ConsentStore consents();

  /** Where settings are kept. */
  SettingStore settings();

  /** Where problems are kept. */
  ProblemStore problems();

  /** Where conversations are kept, and what asking models used. */
  ConversationStore conversations();

  /** Where figures are kept. */
  MetricStore metrics();

  /**
   * Does what the provider does from time to time by itself, as if it were this moment: makes what
   * is old coarser, and removes what is too old by the default limits.
   */
  void tend(Instant now);

  /** Closes everything and opens it again, as a restart does. */
  void restart();

  @Override
  void close();
}
