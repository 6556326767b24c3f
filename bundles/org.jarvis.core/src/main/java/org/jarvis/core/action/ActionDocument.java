package org.jarvis.core.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jarvis.api.action.Action;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.StoredAction;
import org.jarvis.core.KeptJson;

/** Writes actions as the JSON documents that are kept, and reads them back. */
final class ActionDocument {
  private static final ObjectMapper JSON = KeptJson.with();

  private ActionDocument() {}

  static String write(Action action) {
    try {
      return JSON.writeValueAsString(action);
    } catch (JsonProcessingException failure) {
      throw new JarvisException(
          ErrorCode.INTERNAL, "The action " + action.id() + " cannot be written.", failure);
    }
  }

  /**
   * Reads one back.
   *
   * @throws JarvisException with {@code CONFLICT} for a document of another form, such as a newer
   *     Jarvis's after a rollback
   */
  static Action read(StoredAction stored) {
    try {
      return JSON.readValue(stored.document(), Action.class);
    } catch (JsonProcessingException failure) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "Action "
              + stored.id()
              + " was kept in a form that this Jarvis cannot read. The audit log tells of it; the"
              + " Jarvis that kept it can show and settle it.",
          failure);
    }
  }
}
