package org.jarvis.core.tool;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.tool.ToolConsents;
import org.jarvis.core.CanonicalJson;
import org.jarvis.core.ServiceSlot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what each extension's tool said of itself when a person consented to it. Jarvis's own
 * tools come with Jarvis and need no consent. Questions are answered from memory.
 */
public final class KnownTools implements ToolConsents {
  private static final Logger LOG = LoggerFactory.getLogger(KnownTools.class);
  private static final Set<String> OWN = Set.of("org.jarvis.tools", "org.jarvis.mcp");
  private static final String SETTING = "tool.";

  private final Clock clock;
  private final ToolRegistry tools;
  private final ServiceSlot<SettingStore> settings;
  private final ServiceSlot<AuditLog> audit;

  /** What was consented to, by the tool's name. Guarded by this. */
  private final Map<String, String> consented = new LinkedHashMap<>();

  /** Remembers nothing until it is asked. */
  public KnownTools(
      Clock clock,
      ToolRegistry tools,
      ServiceSlot<SettingStore> settings,
      ServiceSlot<AuditLog> audit) {
    this.clock = clock;
    this.tools = tools;
    this.settings = settings;
    this.audit = audit;
  }

  /** Why a tool waits for a person's consent; empty when it does not. */
  public Optional<String> objection(RegisteredTool tool) {
    if (OWN.contains(tool.provider())) {
      return Optional.empty();
    }
    String name = tool.definition().name();
    try {
      return known(tool).equals(print(tool))
          ? Optional.empty()
          : Optional.of(
              "What the tool "
                  + name
                  + " of "
                  + tool.provider()
                  + " says of itself has changed since a person consented to it. It waits for a"
                  + " person's consent: POST /api/tools/"
                  + name
                  + "/consent from the browser.");
    } catch (JarvisException unreadable) {
      return Optional.of(
          "Whether a person consented to the tool "
              + name
              + " cannot be read: "
              + unreadable.getMessage());
    }
  }

  /** A tool that is met for the first time is what the extension's own consent covers. */
  private synchronized String known(RegisteredTool tool) {
    String name = tool.definition().name();
    String kept = consented.get(name);
    if (kept == null) {
      kept = settings.require().putIfAbsent(SETTING + name, print(tool));
      consented.put(name, kept);
    }
    return kept;
  }

  private static String print(RegisteredTool tool) {
    return tool.fingerprint();
  }

  @Override
  public void consent(String name, Principal person) {
    if (!person.isPerson()) {
      throw new JarvisException(
          ErrorCode.PERSON_REQUIRED,
          "Only a person signed in with a browser can consent to a tool. No token can.");
    }
    RegisteredTool tool = tools.require(name);
    if (objection(tool).isEmpty()) {
      throw new JarvisException(ErrorCode.CONFLICT, "The tool " + name + " waits for no consent.");
    }
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    detail.put("provider", tool.provider());
    detail.put("fingerprint", print(tool));
    detail.put("credential", person.credential());
    audit
        .require()
        .append(
            new AuditEntry(
                clock.instant(),
                person.name() + " (" + person.kind().word() + ")",
                person.address() == null ? "browser" : "browser " + person.address(),
                "tool.consented",
                name,
                CanonicalJson.of(detail)));
    settings.require().put(SETTING + name, print(tool));
    synchronized (this) {
      consented.put(name, print(tool));
    }
    LOG.info("{} consented to the tool {} of {}", person.name(), name, tool.provider());
  }
}
