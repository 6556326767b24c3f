package org.jarvis.api.extension;

import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Principal;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The jars in {@code deploy/}. None of them runs before a person has consented to exactly this jar,
 * or to its signer. The bundle {@code org.jarvis.extensions} provides the one service. Safe from
 * any thread; {@link #decide} blocks until the extension runs or has failed to.
 */
@ProviderType
public interface Extensions {
  /** All of them, by file name. */
  List<Extension> all();

  /** One of them. */
  Optional<Extension> find(String id);

  /**
   * A person decides whether an extension may run. It does at once, in the place of an earlier
   * version of it.
   *
   * @param id the extension
   * @param granted whether it may run
   * @param pinSigner whether later versions by the same signer may run without being asked for
   * @param person who decides
   * @param address the person's network address, for the record
   * @return the extension as it is afterwards
   * @throws org.jarvis.api.error.JarvisException with {@code NOT_FOUND}, {@code PERSON_REQUIRED},
   *     {@code CONFLICT} when it can never run, or {@code INVALID_INPUT} when there is no signer to
   *     pin
   */
  Extension decide(String id, boolean granted, boolean pinSigner, Principal person, String address);
}
