package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.auth.Authenticator.SessionGrant;
import org.jarvis.api.auth.Authenticator.TokenGrant;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.BrowserCookie;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.guard.SessionCookie;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.JsonBody;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/**
 * {@code /api/auth}: setup and login, which are public, logout, the password, and who somebody is.
 */
@Component(service = AuthResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/auth")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class AuthResource {
  private static final List<String> KINDS = List.of("session", "token");

  @Reference Parts parts;

  /** Makes the first account. */
  @POST
  @Path("setup")
  public Response setup(@Context HttpServletRequest request, InputStream input) {
    JsonBody body = JsonBody.read(input);
    Secret token = Secret.of(body.text("token"));
    String username = body.text("username");
    Secret password = Secret.of(body.text("password"));
    body.check();
    authenticator().setUp(token, username, password, address(request));
    return Replies.created(Json.object().put("username", username));
  }

  /** Opens a session or issues a token. */
  @POST
  @Path("login")
  public Response login(@Context HttpServletRequest request, InputStream input) {
    JsonBody body = JsonBody.read(input);
    String username = body.text("username");
    Secret password = Secret.of(body.text("password"));
    String kind = body.word("kind", KINDS, false);
    body.check();
    if (kind.equals("token")) {
      TokenGrant grant = authenticator().issueToken(username, password, address(request));
      return Replies.ok(
          Json.object()
              .put("token", grant.token().reveal())
              .put("expiresAt", Json.time(grant.expiresAt())));
    }
    SessionGrant grant =
        authenticator()
            .openSession(
                username, password, BrowserCookie.of(request).orElse(null), address(request));
    Duration lifetime = Duration.between(Instant.now(), grant.expiresAt());
    Response reply = Replies.ok(Json.object().put("csrfToken", grant.csrfToken().reveal()));
    return Response.fromResponse(reply)
        .header("Set-Cookie", SessionCookie.set(grant.cookie(), lifetime, secure(request)))
        .header("Set-Cookie", BrowserCookie.set(grant.browser(), secure(request)))
        .build();
  }

  /** Ends the session. */
  @POST
  @Path("logout")
  public Response logout(@Context HttpServletRequest request) {
    Caller caller = Caller.of(request);
    if (!caller.principal().isPerson()) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "A bearer token has no session to log out of. DELETE /api/auth/tokens/{id} revokes it.");
    }
    authenticator().endSession(caller.principal().credential(), caller.address());
    return Response.noContent().header("Set-Cookie", SessionCookie.remove(secure(request))).build();
  }

  /** Who is asking. */
  @GET
  @Path("me")
  public Response me(@Context HttpServletRequest request) {
    Caller caller = Caller.of(request);
    ObjectNode body =
        Json.object()
            .put("username", caller.principal().name())
            .put("kind", caller.principal().isPerson() ? "session" : "token");
    body.set("scopes", Scopes.encode(caller.authentication().scopes()));
    caller.csrf().ifPresent(token -> body.put("csrfToken", token.reveal()));
    return Replies.ok(body);
  }

  /** Changes the password; everything else that is logged in ends. */
  @POST
  @Path("password")
  public Response password(@Context HttpServletRequest request, InputStream input) {
    Caller caller = Caller.of(request);
    caller.requirePerson();
    JsonBody body = JsonBody.read(input);
    Secret current = Secret.of(body.text("current"));
    Secret next = Secret.of(body.text("new"));
    body.check();
    parts
        .accounts()
        .require()
        .changePassword(caller.authentication(), current, next, caller.address());
    return Response.noContent().build();
  }

  private Authenticator authenticator() {
    return parts.authenticator().require();
  }

  private static String address(HttpServletRequest request) {
    return String.valueOf(request.getRemoteAddr());
  }

  /** Also behind a proxy that speaks TLS: there the page's origin tells. */
  private static boolean secure(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    return request.isSecure() || (origin != null && origin.startsWith("https://"));
  }
}
