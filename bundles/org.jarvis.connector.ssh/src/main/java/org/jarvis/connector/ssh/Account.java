package org.jarvis.connector.ssh;

import java.nio.file.Path;
import org.jarvis.api.auth.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Who Jarvis is on a host.
 *
 * @param user the account's name
 * @param key where its private key is
 * @param passphrase what opens the key, {@code null} for one that is open
 * @param sudo whether the account gets root's rights through {@code sudo -n}
 */
record Account(String user, Path key, @Nullable Secret passphrase, boolean sudo) {}
