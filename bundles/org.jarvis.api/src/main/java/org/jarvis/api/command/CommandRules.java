package org.jarvis.api.command;

import java.util.List;
import org.jarvis.api.auth.Principal;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The operator's own rules for commands, and a person's confirmation of them. The safety bundle
 * provides the one service. Safe from any thread.
 */
@ProviderType
public interface CommandRules {
  /** The files, by name. */
  List<File> files();

  /**
   * Confirms a file as it is, so that its rules count with the tiers that it names. Once this
   * returns it is durable and in the audit log.
   *
   * @param file the file's name
   * @param sha256 the hash of its content that the person saw, in small hexadecimal digits
   * @param principal who confirms: anybody but a person is refused with {@code PERSON_REQUIRED}
   * @param address the person's network address, for the record
   * @throws org.jarvis.api.error.JarvisException with {@code PERSON_REQUIRED}, {@code NOT_FOUND},
   *     {@code CONFLICT} where the file has another hash or cannot be used, or {@code
   *     STORAGE_UNAVAILABLE}
   */
  void confirm(String file, String sha256, Principal principal, String address);

  /**
   * A file of rules.
   *
   * @param name its name, such as {@code ups.rules}
   * @param sha256 the hash of its content, in small hexadecimal digits
   * @param confirmed whether a person confirmed this content; until then all its rules are RED
   * @param programs the programs that its rules are about
   * @param problem why its content is not used, with line and cure, and that what was used before
   *     still counts; {@code null} while nothing is wrong
   */
  record File(
      String name,
      String sha256,
      boolean confirmed,
      List<String> programs,
      @Nullable String problem) {
    /** Keeps the list from changing. */
    public File {
      programs = List.copyOf(programs);
    }
  }
}
