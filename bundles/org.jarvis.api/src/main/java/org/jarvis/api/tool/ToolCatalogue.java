package org.jarvis.api.tool;

import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All tools that there are at this moment. Menus, REST, chat and MCP all read this one catalogue.
 * It describes; to run a tool, go through {@link org.jarvis.api.action.ActionGate}. The core
 * provides the one service. Safe from any thread.
 */
@ProviderType
public interface ToolCatalogue {
  /** All tools, by name. */
  List<Entry> tools();

  /** One tool. */
  Optional<Entry> tool(String name);

  /**
   * What can be done with a resource, each use decided for this principal just as a preview would
   * be, from the state at hand. Observing comes last.
   *
   * @throws org.jarvis.api.error.JarvisException with code {@code NOT_FOUND}
   */
  List<MenuEntry> menu(ResourceRef ref, Principal principal, Origin origin);

  /**
   * One use of a tool that somebody else thought of, decided in the same way.
   *
   * @throws org.jarvis.api.error.JarvisException {@code UNKNOWN_TOOL}, {@code INVALID_ARGUMENTS},
   *     or what else stands against finding out what it is about
   */
  MenuEntry offer(String tool, Arguments arguments, Principal principal, Origin origin);

  /**
   * A tool in the catalogue.
   *
   * @param definition what it is
   * @param tier the tier that its declared effect amounts to; certain arguments may be milder
   * @param provider the symbolic name of the bundle that brought it
   * @param unavailable why it cannot be used at present, {@code null} when it can
   */
  record Entry(
      ToolDefinition definition, Tier tier, String provider, @Nullable String unavailable) {}

  /**
   * One entry of a resource's menu.
   *
   * @param tool the tool's name
   * @param title what it would do
   * @param arguments what to send
   * @param effect what it does to the target
   * @param tier the tier that it was judged at
   * @param consent the gesture that it needs
   * @param refusal why it cannot be done now, {@code null} when it can
   */
  record MenuEntry(
      String tool,
      String title,
      Arguments arguments,
      Effect effect,
      Tier tier,
      Consent consent,
      @Nullable String refusal) {}
}
