package org.jarvis.connector.proxmox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;

/**
 * What a member answered: data, or an error of its own. Both mean that the member is well.
 *
 * @param address which member
 * @param data the reply's data, {@code null} for an error
 * @param failure the error, {@code null} for data
 * @param relayed whether the error is that another node, on whose behalf the member asked, cannot
 *     be reached from there
 */
record Answer(
    URI address, @Nullable JsonNode data, @Nullable JarvisException failure, boolean relayed) {

  /** The data. */
  JsonNode dataOrThrow() {
    if (data == null) {
      throw failure == null ? new IllegalStateException("An answer without content.") : failure;
    }
    return data;
  }
}
