package org.jarvis.api.safety;

import java.util.List;
import java.util.Locale;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Lists what is protected, with the reasons, and takes a person's release of a guest that a tag
 * protected. No tool reaches it. The safety bundle provides the one service. Safe from any thread.
 */
@ProviderType
public interface ProtectionLedger {
  /** All that is protected, from memory; a resource has an item for each reason. */
  List<Item> items();

  /**
   * Ends the protection that a tag once gave to a guest. Once this returns it is durable and in the
   * audit log. Other reasons to protect it go on.
   *
   * @param guest the guest's address
   * @param typed the guest's name as {@link Item#name()} gives it, typed by the person
   * @param principal who releases it: anybody but a person is refused with {@code PERSON_REQUIRED}
   * @param address the person's network address, for the record
   * @throws org.jarvis.api.error.JarvisException with {@code PERSON_REQUIRED}, {@code NOT_FOUND}
   *     where no tag protects it, {@code CONFLICT} while that cannot end, {@code TYPED_NAME_WRONG},
   *     or {@code STORAGE_UNAVAILABLE}
   */
  void release(ResourceRef guest, String typed, Principal principal, String address);

  /**
   * One reason to protect something.
   *
   * @param source where the reason comes from
   * @param ref the protected resource; {@code null} for a service
   * @param name its name, or its number or address where it has none; a service as configured
   * @param reason why, in words
   * @param obstacle why it cannot be released in Jarvis now, and what to do; {@code null} when it
   *     can
   */
  record Item(
      Source source,
      @Nullable ResourceRef ref,
      String name,
      String reason,
      @Nullable String obstacle) {}

  /** Where a reason comes from. */
  enum Source {
    /** The configuration names the resource. */
    CONFIGURATION,
    /** The configuration names the service. */
    SERVICE,
    /** The guest has, or had, the tag {@link ProtectedResources#TAG}. */
    TAG,
    /** Jarvis itself runs in it. */
    HOME;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word at the edges. */
    public String word() {
      return word;
    }
  }
}
