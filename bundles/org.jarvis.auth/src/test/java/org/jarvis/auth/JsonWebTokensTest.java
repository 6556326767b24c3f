package org.jarvis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import java.util.EnumSet;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.auth.Secret;
import org.junit.jupiter.api.Test;

class JsonWebTokensTest {
  private final MemoryStores stores = new MemoryStores();
  private final MovableClock clock = new MovableClock();
  private final JsonWebTokens tokens = new JsonWebTokens(stores, new RandomSecrets(), clock);

  private String issue() {
    return tokens
        .sign(
            "id", "owner", EnumSet.of(Scope.READ), clock.instant(), clock.instant().plusSeconds(60))
        .reveal();
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("jarvis")
        .subject("owner")
        .jwtID("id")
        .claim("scope", "read operate admin")
        .issueTime(Date.from(clock.instant()))
        .expirationTime(Date.from(clock.instant().plusSeconds(60)));
  }

  private byte[] key() {
    return Base64.getDecoder().decode(stores.settings.get("auth.token-key"));
  }

  private String signed(JWSAlgorithm algorithm, byte[] key, JWTClaimsSet claims) throws Exception {
    SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm), claims);
    jwt.sign(new MACSigner(key));
    return jwt.serialize();
  }

  private boolean accepts(String token) {
    return tokens.check(Secret.of(token)).isPresent();
  }

  @Test
  void acceptsWhatItIssued() {
    assertThat(accepts(issue())).isTrue();
  }

  @Test
  void refusesUnsignedTokens() {
    assertThat(accepts(new PlainJWT(claims().build()).serialize())).isFalse();
  }

  @Test
  void refusesAnotherKeyAndEveryOtherAlgorithm() throws Exception {
    byte[] foreign = "0123456789012345678901234567890123456789".getBytes(StandardCharsets.UTF_8);
    assertThat(accepts(signed(JWSAlgorithm.HS256, foreign, claims().build()))).isFalse();
    assertThat(accepts(signed(JWSAlgorithm.HS256, key(), claims().build()))).isTrue();
    byte[] longKey = new byte[64];
    assertThat(accepts(signed(JWSAlgorithm.HS512, longKey, claims().build()))).isFalse();
  }

  @Test
  void refusesAnAlteredPayload() {
    String token = issue();
    String[] parts = token.split("\\.", -1);
    String payload =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("read", "read operate admin");
    String altered =
        parts[0]
            + "."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(payload.getBytes(StandardCharsets.UTF_8))
            + "."
            + parts[2];
    assertThat(accepts(altered)).isFalse();
  }

  @Test
  void refusesTokensWithoutEndIssuerOrSubject() throws Exception {
    assertThat(accepts(signed(JWSAlgorithm.HS256, key(), claims().expirationTime(null).build())))
        .isFalse();
    assertThat(accepts(signed(JWSAlgorithm.HS256, key(), claims().issuer("other").build())))
        .isFalse();
    assertThat(accepts(signed(JWSAlgorithm.HS256, key(), claims().subject(null).build())))
        .isFalse();
  }

  @Test
  void refusesWhatIsNoTokenAtAll() {
    assertThat(accepts("")).isFalse();
    assertThat(accepts("a.b.c")).isFalse();
    assertThat(accepts("x".repeat(100_000))).isFalse();
  }
}
