package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.Set;
import org.jarvis.api.auth.Accounts;
import org.jarvis.api.auth.Accounts.CreatedToken;
import org.jarvis.api.auth.Accounts.TokenInfo;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.JsonBody;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/auth/tokens}: the bearer tokens of whoever asks. */
@Component(service = TokensResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/auth/tokens")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class TokensResource {
  @Reference Parts parts;

  /** All tokens, newest first; never their text. */
  @GET
  public Response tokens(@Context HttpServletRequest request) {
    String username = Caller.of(request).principal().name();
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (TokenInfo token : accounts().tokens(username)) {
      items.add(encode(token).put("lastUsedAt", time(token.lastUsedAt())));
    }
    return Replies.list(items);
  }

  /** Makes a named token, whose text is told only here. */
  @POST
  public Response create(@Context HttpServletRequest request, InputStream input) {
    Caller caller = Caller.of(request);
    JsonBody body = JsonBody.read(input);
    String name = body.text("name");
    Set<Scope> scopes = Scopes.of(body.words("scopes", Scopes.WORDS));
    Audience audience = Scopes.audience(body.word("audience", Scopes.AUDIENCES, false));
    Instant expiresAt = body.optionalInstant("expiresAt");
    body.check();
    CreatedToken created =
        accounts()
            .createToken(
                caller.authentication(), name, scopes, audience, expiresAt, caller.address());
    return Replies.created(encode(created.info()).put("token", created.token().reveal()));
  }

  /** Revokes a token, at once. */
  @DELETE
  @Path("{id}")
  public Response revoke(@Context HttpServletRequest request, @PathParam("id") String id) {
    Caller caller = Caller.of(request);
    if (!accounts().revokeToken(caller.authentication(), id, caller.address())) {
      throw new JarvisException(ErrorCode.NOT_FOUND, "This account has no token of this id.");
    }
    return Response.noContent().build();
  }

  private Accounts accounts() {
    return parts.accounts().require();
  }

  private static ObjectNode encode(TokenInfo token) {
    ObjectNode node =
        Json.object()
            .put("id", token.id())
            .put("name", token.name())
            .put("kind", token.issuedByLogin() ? "login" : "named");
    node.set("scopes", Scopes.encode(token.scopes()));
    return node.put("audience", token.audience().word())
        .put("createdAt", Json.time(token.createdAt()))
        .put("expiresAt", time(token.expiresAt()));
  }

  private static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : Json.time(instant);
  }
}
