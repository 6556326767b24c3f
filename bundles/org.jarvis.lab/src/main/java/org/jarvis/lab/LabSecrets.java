package org.jarvis.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.jarvis.lab.http.PrivateFiles;
import org.jarvis.lab.pve.ApiToken;
import org.jarvis.lab.pve.Role;
import org.jspecify.annotations.Nullable;

/**
 * What proves who may do what in a lab.
 *
 * @param operator may act
 * @param auditor may only read
 * @param watcher may read guests and storages alone
 * @param faultToken may switch faults
 */
record LabSecrets(ApiToken operator, ApiToken auditor, ApiToken watcher, String faultToken) {

  private static final String USER = "jarvis@pve";
  private static final String FILE = "secrets.properties";

  /** The ones kept in this folder, made where there are none; null keeps nothing. */
  static LabSecrets keptIn(@Nullable Path folder) throws IOException {
    Properties kept = new Properties();
    if (folder == null) {
      return from(kept);
    }
    Path file = folder.resolve(FILE);
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        kept.load(in);
      }
    }
    int before = kept.size();
    LabSecrets secrets = from(kept);
    if (kept.size() != before) {
      try (OutputStream out = PrivateFiles.create(file)) {
        kept.store(out, "The demo lab's secrets. Delete this file to get new ones.");
      }
    }
    return secrets;
  }

  List<ApiToken> tokens() {
    return List.of(operator, auditor, watcher);
  }

  private static LabSecrets from(Properties kept) {
    return new LabSecrets(
        new ApiToken(USER, "operator", secret(kept, "token.operator"), Role.OPERATOR),
        new ApiToken(USER, "auditor", secret(kept, "token.auditor"), Role.AUDITOR),
        new ApiToken(USER, "watcher", secret(kept, "token.watcher"), Role.WATCHER),
        secret(kept, "token.faults"));
  }

  private static String secret(Properties kept, String key) {
    String value = kept.getProperty(key, "");
    if (value.isBlank()) {
      value = key.equals("token.faults") ? random() : UUID.randomUUID().toString();
      kept.setProperty(key, value);
    }
    return value;
  }

  private static String random() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public String toString() {
    return "LabSecrets[" + operator + ", " + auditor + ", " + watcher + "]";
  }
}
