package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.tool.Touch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TargetClaimsTest {
  private static final ResourceRef GUEST = ResourceRef.guest(FakeCluster.ID, new GuestId(101));
  private static final ResourceRef OTHER_GUEST =
      ResourceRef.guest(FakeCluster.ID, new GuestId(102));
  private static final ResourceRef NODE = ResourceRef.node(FakeCluster.ID, FakeCluster.NODE);
  private static final ResourceRef OTHER_NODE =
      ResourceRef.node(FakeCluster.ID, new NodeName("boreas"));
  private static final ResourceRef STORAGE =
      ResourceRef.storage(FakeCluster.ID, FakeCluster.NODE, "nas");

  private final GateFixture fixture = new GateFixture();
  private final Set<String> ended = new HashSet<>();
  private final TargetClaims claims =
      new TargetClaims(fixture.states, action -> ended.contains(action.id()));

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void letsOneActionAtATimeChangeATarget() {
    Action first = action("1", Map.of(GUEST, Touch.TENDS));

    assertThat(claims.claim(first)).isEmpty();
    assertThat(claims.claim(action("2", Map.of(GUEST, Touch.TENDS)))).hasValue(first);

    claims.release(first);
    assertThat(claims.claim(action("2", Map.of(GUEST, Touch.TENDS)))).isEmpty();
  }

  @Test
  void isNotHeldByAnActionWhoseEndIsRecorded() {
    Action first = action("1", Map.of(GUEST, Touch.TENDS));
    Action second = action("2", Map.of(GUEST, Touch.TENDS));
    Action third = action("3", Map.of(GUEST, Touch.TENDS));
    claims.claim(first);

    ended.add("1");
    assertThat(claims.claim(second)).as("whoever was told of the end goes on").isEmpty();
    claims.release(first);
    assertThat(claims.claim(third)).as("its own late release takes nothing").hasValue(second);
  }

  @Test
  void letsSeveralUseOneStorage() {
    claims.claim(action("1", Map.of(GUEST, Touch.TENDS, STORAGE, Touch.USES)));

    assertThat(claims.claim(action("2", Map.of(OTHER_GUEST, Touch.TENDS, STORAGE, Touch.USES))))
        .isEmpty();
    assertThat(claims.claim(action("3", Map.of(STORAGE, Touch.RECONFIGURES)))).isPresent();
  }

  @Test
  void takesOneNodeOfAClusterDownAtATime() {
    claims.claim(action("1", Map.of(NODE, Touch.TAKES_DOWN)));

    assertThat(claims.claim(action("2", Map.of(OTHER_NODE, Touch.TAKES_DOWN)))).isPresent();
    assertThat(claims.claim(action("3", Map.of(OTHER_NODE, Touch.TENDS)))).isEmpty();
  }

  @Test
  void takesNoNodeDownWhileAGuestOnItIsChanged() {
    claims.claim(action("1", Map.of(GUEST, Touch.TENDS)));

    assertThat(claims.claim(action("2", Map.of(NODE, Touch.TAKES_DOWN)))).isPresent();
  }

  @Test
  void claimsNothingWhereItCannotClaimAll() {
    claims.claim(action("1", Map.of(GUEST, Touch.TENDS)));

    claims.claim(action("2", Map.of(OTHER_GUEST, Touch.TENDS, GUEST, Touch.TENDS)));

    assertThat(claims.claim(action("3", Map.of(OTHER_GUEST, Touch.TENDS)))).isEmpty();
  }

  private static Action action(String id, Map<ResourceRef, Touch> targets) {
    Action sample = ActionDocument.sample();
    List<Action.Target> all =
        targets.entrySet().stream()
            .map(
                target ->
                    new Action.Target(
                        target.getKey(), "name", "label", target.getValue(), "fingerprint"))
            .toList();
    return new Action(
        id,
        sample.tool(),
        sample.title(),
        sample.arguments(),
        sample.argumentsHash(),
        all,
        ActionState.RUNNING,
        sample.tier(),
        sample.consent(),
        sample.verdicts(),
        sample.principal(),
        sample.origin(),
        sample.requestedAt(),
        null,
        null,
        "",
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }
}
