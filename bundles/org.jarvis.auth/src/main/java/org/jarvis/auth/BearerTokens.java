package org.jarvis.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Authenticator.TokenGrant;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.SettingStore;

/**
 * Issues and checks bearer tokens: JSON Web Tokens (RFC 7519), signed with HMAC-SHA-256 and a
 * random key that stays in the setting store. No other algorithm is accepted, whatever a token's
 * header says. Safe from any thread.
 */
final class BearerTokens {
  private static final String KEY_SETTING = "auth.token-key";
  private static final String ISSUER = "jarvis";
  private static final String SCOPE_CLAIM = "scope";
  private static final int KEY_BYTES = 32;
  private static final int MAX_LENGTH = 4096;
  private static final Duration LIFETIME = Duration.ofDays(7);
  private static final Duration CLOCK_LEEWAY = Duration.ofSeconds(60);
  private static final Set<Scope> SCOPES = EnumSet.of(Scope.READ, Scope.OPERATE);

  private final Clock clock;
  private final RandomSecrets random;
  private final byte[] key;

  BearerTokens(SettingStore settings, RandomSecrets random, Clock clock) {
    this.clock = clock;
    this.random = random;
    String fresh = Base64.getEncoder().encodeToString(random.bytes(KEY_BYTES));
    this.key = Base64.getDecoder().decode(settings.putIfAbsent(KEY_SETTING, fresh));
    if (key.length < KEY_BYTES) {
      throw new JarvisException(
          ErrorCode.MISCONFIGURED,
          "The setting "
              + KEY_SETTING
              + " is too short for a signing key. Remove it, and a new"
              + " one is made; tokens issued so far end with it.");
    }
  }

  /** A new token for this account, and its id. */
  Issued issue(String username) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant end = now.plus(LIFETIME);
    String id = random.id();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject(username)
            .jwtID(id)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(end))
            .claim(SCOPE_CLAIM, String.join(" ", SCOPES.stream().map(Scope::word).toList()))
            .build();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build(), claims);
    try {
      token.sign(new MACSigner(key));
    } catch (JOSEException failure) {
      throw new JarvisException(ErrorCode.INTERNAL, "The token cannot be signed.", failure);
    }
    return new Issued(id, new TokenGrant(Secret.of(token.serialize()), end));
  }

  /** Whose token this is; empty for anything that is not a valid token of ours. */
  Optional<Authentication> check(Secret token) {
    if (token.reveal().length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token.reveal());
      if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
          || !jwt.verify(new MACVerifier(key))) {
        return Optional.empty();
      }
      return read(jwt.getJWTClaimsSet());
    } catch (ParseException | JOSEException | IllegalArgumentException invalid) {
      return Optional.empty();
    }
  }

  private Optional<Authentication> read(JWTClaimsSet claims) throws ParseException {
    Instant now = clock.instant();
    Date issued = claims.getIssueTime();
    Date end = claims.getExpirationTime();
    String subject = claims.getSubject();
    String id = claims.getJWTID();
    if (!ISSUER.equals(claims.getIssuer())
        || subject == null
        || id == null
        || issued == null
        || end == null
        || issued.toInstant().isAfter(now.plus(CLOCK_LEEWAY))
        || !end.toInstant().isAfter(now)) {
      return Optional.empty();
    }
    return Optional.of(
        new Authentication(
            new Principal(subject, PrincipalKind.TOKEN, id),
            scopes(claims.getStringClaim(SCOPE_CLAIM)),
            null,
            end.toInstant()));
  }

  private static Set<Scope> scopes(String words) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (Scope scope : Scope.values()) {
      if (words != null && Set.of(words.split(" ")).contains(scope.word())) {
        scopes.add(scope);
      }
    }
    return scopes;
  }

  /**
   * A token with its id.
   *
   * @param id its id; no secret
   * @param grant the token
   */
  record Issued(String id, TokenGrant grant) {}
}
