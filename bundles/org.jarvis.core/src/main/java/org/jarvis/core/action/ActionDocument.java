package org.jarvis.core.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.StoredAction;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Touch;
import org.jarvis.core.KeptJson;

/** Writes actions as the JSON documents that are kept, and reads them back. */
final class ActionDocument {
  private static final ObjectMapper JSON = KeptJson.with();

  private ActionDocument() {}

  /**
   * Writes one and reads it back, for nothing but the some hundred classes that this loads: the
   * first action of a life would otherwise come to its watchers a tenth of a second late.
   *
   * @return what was read, which is {@link #sample()}
   */
  static Action prepare() {
    Action sample = sample();
    return read(
        new StoredAction(
            sample.id(), 1, sample.state().name(), null, sample.requestedAt(), write(sample)));
  }

  /** An action that never was. */
  static Action sample() {
    return new Action(
        "sample",
        "none",
        "Nothing",
        new Arguments(Map.of("vmid", 1, "force", true, "names", List.of("none"))),
        "",
        List.of(
            new Action.Target(ResourceRef.cluster(new ClusterId("none")), "", "", Touch.USES, "")),
        ActionState.SUCCEEDED,
        Tier.GREEN,
        Consent.NONE,
        List.of(new Action.Verdict("none", "allow", "")),
        new Principal("nobody", PrincipalKind.PERSON, "none"),
        Origin.API,
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH,
        "",
        null,
        List.of(""),
        null,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }

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
