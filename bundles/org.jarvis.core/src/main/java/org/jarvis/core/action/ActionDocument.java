package org.jarvis.core.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jarvis.api.action.Action;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
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

  static Action read(String document) {
    try {
      return JSON.readValue(document, Action.class);
    } catch (JsonProcessingException failure) {
      throw new JarvisException(ErrorCode.INTERNAL, "A kept action cannot be read.", failure);
    }
  }
}
