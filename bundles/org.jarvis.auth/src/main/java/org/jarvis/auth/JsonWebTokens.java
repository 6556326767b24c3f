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
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.SettingStore;

/**
 * Signs and checks JSON Web Tokens (RFC 7519), with HMAC-SHA-256 and a random key that stays in the
 * setting store. No other algorithm is accepted, whatever a token's header says. A sound signature
 * alone opens nothing: see {@link BearerTokens}. Safe from any thread.
 */
final class JsonWebTokens {
  private static final String KEY_SETTING = "auth.token-key";
  private static final String ISSUER = "jarvis";
  private static final String SCOPE_CLAIM = "scope";
  private static final int KEY_BYTES = 32;
  private static final Duration CLOCK_LEEWAY = Duration.ofSeconds(60);

  private final Clock clock;
  private final byte[] key;

  JsonWebTokens(SettingStore settings, RandomSecrets random, Clock clock) {
    this.clock = clock;
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

  /** A signed token that says this. */
  Secret sign(String id, String username, Set<Scope> scopes, Instant issuedAt, Instant end) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject(username)
            .jwtID(id)
            .issueTime(Date.from(issuedAt))
            .expirationTime(Date.from(end))
            .claim(
                SCOPE_CLAIM,
                String.join(" ", new TreeSet<>(scopes).stream().map(Scope::word).toList()))
            .build();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build(), claims);
    try {
      token.sign(new MACSigner(key));
    } catch (JOSEException failure) {
      throw new JarvisException(ErrorCode.INTERNAL, "The token cannot be signed.", failure);
    }
    return Secret.of(token.serialize());
  }

  /** What a token says; empty for anything that is not a valid token of ours. */
  Optional<Claims> check(Secret token) {
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

  private Optional<Claims> read(JWTClaimsSet claims) {
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
    return Optional.of(new Claims(id, subject));
  }

  /**
   * What a valid token says.
   *
   * @param id its id
   * @param username whose it is
   */
  record Claims(String id, String username) {}
}
