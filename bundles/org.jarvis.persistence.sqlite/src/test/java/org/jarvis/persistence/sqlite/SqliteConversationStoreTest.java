package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.testkit.persistence.ConversationStoreContract;
import org.jarvis.testkit.persistence.PersistenceUnderTest;

class SqliteConversationStoreTest extends ConversationStoreContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
