package org.jarvis.api.safety;

import java.util.List;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the people of a house call its guests and nodes beside their names: <em>media server</em>
 * for {@code jellyfin}. An alias in a person's typed sentence can stand for consent to a small
 * change, as a name does, so only a person gives one. The safety bundle provides the one service.
 * Answers from memory; safe from any thread.
 */
@ProviderType
public interface Aliases {
  /** All of them, by their words; also those whose resource is called otherwise now, or gone. */
  List<Alias> all();

  /**
   * Gives an alias, or moves it. Once this returns it is durable and in the audit log.
   *
   * @param words one to three words of small or capital letters and digits, at most 40 characters;
   *     articles at the beginning are left out
   * @param resource the guest or node that is meant
   * @param principal who gives it: anybody but a person is refused with {@code PERSON_REQUIRED}
   * @param address the person's network address, for the record
   * @throws org.jarvis.api.error.JarvisException with {@code PERSON_REQUIRED}, {@code NOT_FOUND}
   *     for an unknown resource, {@code INVALID_INPUT} for words that cannot be an alias, {@code
   *     CONFLICT} where they name something else already, or {@code STORAGE_UNAVAILABLE}
   */
  Alias give(String words, ResourceRef resource, Principal principal, String address);

  /**
   * Takes an alias away. Once this returns it is durable and in the audit log.
   *
   * @throws org.jarvis.api.error.JarvisException with {@code PERSON_REQUIRED}, {@code NOT_FOUND} or
   *     {@code STORAGE_UNAVAILABLE}
   */
  void takeAway(String words, Principal principal, String address);

  /**
   * Some words that stand for a resource, as long as it has the name that it had when they were
   * given: another guest under the same number is not meant.
   *
   * @param words small letters and digits, with single spaces
   * @param resource what they stand for
   * @param name the resource's name when they were given
   */
  record Alias(String words, ResourceRef resource, String name) {
    /** Whether this is still what was meant. */
    public boolean standsFor(Resource seen) {
      return seen.ref().equals(resource) && seen.name().equals(name);
    }
  }
}
