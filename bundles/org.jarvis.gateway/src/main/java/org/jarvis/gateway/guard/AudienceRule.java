package org.jarvis.gateway.guard;

import org.jarvis.api.auth.Audience;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * Which credentials open which door. MCP takes bearer tokens alone: a cookie is sent by any page
 * that a person has open, and a person's consent must never ride along with what a model asks. A
 * token that was made for MCP opens nothing else, so that a stolen one cannot ask as anything but
 * the untrusted origin that an MCP client is.
 */
final class AudienceRule {
  private AudienceRule() {}

  /**
   * Refuses credentials at a door that they are not for.
   *
   * @throws JarvisException with {@code UNAUTHENTICATED} or {@code INSUFFICIENT_SCOPE}
   */
  static void check(Caller caller, RequestPath path) {
    boolean mcp = path.isMcp();
    if (mcp && caller.principal().isPerson()) {
      throw new JarvisException(
          ErrorCode.UNAUTHENTICATED,
          "MCP takes bearer tokens alone, no session cookie. Make a token in the settings of the"
              + " page and send it as Authorization: Bearer.");
    }
    if (!mcp && caller.authentication().audience() == Audience.MCP) {
      throw new JarvisException(
          ErrorCode.INSUFFICIENT_SCOPE,
          "This token was made for MCP and opens /mcp alone. Make a token for the API in the"
              + " settings of the page.");
    }
  }
}
