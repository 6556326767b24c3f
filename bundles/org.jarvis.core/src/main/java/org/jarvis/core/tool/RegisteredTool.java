package org.jarvis.core.tool;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.core.CanonicalJson;
import org.jspecify.annotations.Nullable;

/**
 * A tool in the catalogue. What it says of itself was read once, when it came, so that it cannot
 * change its mind later; and where its code fails, the error names it.
 */
public final class RegisteredTool {
  private final Tool tool;
  private final ToolDefinition definition;
  private final ArgumentSchema schema;
  private final String provider;
  private final String fingerprint;

  RegisteredTool(Tool tool, String provider) {
    this.tool = tool;
    this.definition = tool.definition();
    this.schema = ArgumentSchema.of(definition);
    this.provider = provider;
    this.fingerprint = CanonicalJson.hash(List.of(provider, definition.toString()));
  }

  /** The tool itself. Only the executor may run it. */
  public Tool tool() {
    return tool;
  }

  /** What it is. */
  public ToolDefinition definition() {
    return definition;
  }

  /** The symbolic name of the bundle that brought it. */
  public String provider() {
    return provider;
  }

  /** SHA-256, in hex, of who brought it and of all that it says of itself. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Why it cannot be used at present; empty when it can. */
  public Optional<String> unavailable() {
    try {
      return guarded(tool::unavailable);
    } catch (JarvisException failed) {
      // It must not take the whole catalogue away.
      return Optional.of(failed.getMessage());
    }
  }

  /** What these arguments make of it, once they fit its schema. */
  public ToolUse use(Arguments arguments) {
    schema.check(arguments);
    ToolUse use = guarded(() -> tool.use(arguments));
    // What is never done claims nothing.
    if (use.effect().compareTo(definition.effect()) > 0
        || (use.tier() != Tier.BLACK && use.tier().compareTo(definition.tier()) > 0)) {
      throw failed("claims more than what its definition declares", null);
    }
    return use;
  }

  /** The uses that make sense on this resource. */
  public List<ToolOffer> offers(Resource resource) {
    return guarded(() -> tool.offers(resource));
  }

  /** Why it makes no sense on the targets as they are. */
  public Optional<Obstacle> obstacle(Arguments arguments, List<Resource> targets) {
    return guarded(() -> tool.obstacle(arguments, targets));
  }

  /** What a person should know before consenting. */
  public Impact impact(Arguments arguments, List<Resource> targets) {
    return guarded(() -> tool.impact(arguments, targets));
  }

  /** The targets as they are once it is done. */
  public List<Resource> expected(Arguments arguments, List<Resource> before) {
    List<Resource> expected = guarded(() -> tool.expected(arguments, before));
    if (expected.size() != before.size()) {
      throw failed("expects other targets than it was given", null);
    }
    return List.copyOf(expected);
  }

  private <T> T guarded(Supplier<T> call) {
    try {
      return call.get();
    } catch (JarvisException telling) {
      throw telling;
    } catch (RuntimeException | LinkageError failure) {
      throw failed("failed: " + failure.getClass().getSimpleName(), failure);
    }
  }

  private JarvisException failed(String how, @Nullable Throwable cause) {
    return new JarvisException(
        ErrorCode.INTERNAL,
        "The tool " + definition.name() + " of " + provider + " " + how + ".",
        cause);
  }
}
