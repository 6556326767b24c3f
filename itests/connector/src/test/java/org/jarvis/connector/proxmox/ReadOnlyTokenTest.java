package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.lab.Lab;
import org.jarvis.lab.pve.ApiToken;
import org.jarvis.lab.pve.Release;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Half an hour with tokens that may not do everything, in each release: everything that they may
 * read is shown, what they may not read says which privilege is missing, and neither the cluster
 * nor the log is flooded.
 */
class ReadOnlyTokenTest {
  private static final int MINUTES = 30;
  private static final Pattern LACK = Pattern.compile("([A-Za-z.]+) on (/[^ ,.;]*)");

  /** What stands for "there is nothing of the kind", which is no lack of rights. */
  private static final Set<ErrorCode> NOTHING_THERE =
      EnumSet.of(ErrorCode.NOT_PRESENT, ErrorCode.NOT_RUNNING);

  private static PacedLab watched(Release release, Function<Lab, ApiToken> token) {
    PacedLab lab = new PacedLab(release, token);
    try {
      lab.pass(MINUTES);
      return lab;
    } catch (RuntimeException | Error failure) {
      lab.close();
      throw failure;
    }
  }

  /** Everything that somebody could look for, but what stopped guests do not do. */
  private static List<Turn> everything(PacedLab lab) {
    List<ResourceRef> resources = new ArrayList<>();
    lab.observation().nodes().stream().map(Node::ref).forEach(resources::add);
    lab.observation().storages().stream().map(Storage::ref).forEach(resources::add);
    resources.add(ResourceRef.cluster(lab.observation().nodes().get(0).cluster()));
    List<Turn> turns = new ArrayList<>();
    for (ResourceRef resource : resources) {
      Aspect.of(resource.kind()).stream()
          .filter(aspect -> !aspect.isToldByHost())
          .forEach(aspect -> turns.add(new Turn(resource, aspect)));
    }
    for (Guest guest : lab.observation().guests()) {
      for (Aspect aspect : Aspect.of(guest.ref().kind())) {
        boolean lasting = aspect == Aspect.CONFIGURATION || aspect == Aspect.SNAPSHOTS;
        if (lasting || guest.status() == Guest.Status.RUNNING) {
          turns.add(new Turn(guest.ref(), aspect));
        }
      }
    }
    return turns;
  }

  /** Checks what holds for every token, and tells the aspects that it may not read. */
  private static Set<Aspect> unreadable(PacedLab lab, Release release) {
    Set<Aspect> unreadable = EnumSet.noneOf(Aspect.class);
    for (Turn turn : everything(lab)) {
      AspectState state = lab.states().get(turn);
      assertThat(state).as("%s", turn).isNotNull();
      AspectState.Failure failure = state.failure();
      if (failure != null && !NOTHING_THERE.contains(failure.code())) {
        assertThat(failure.code()).as("%s", state).isEqualTo(ErrorCode.PRIVILEGE_MISSING);
        namesWhatIsMissing(failure.reason(), lab.token(), release);
        unreadable.add(turn.aspect());
      }
    }
    return unreadable;
  }

  /** Every privilege that a reason names exists in the release, and the token lacks it there. */
  private static void namesWhatIsMissing(String reason, ApiToken token, Release release) {
    assertThat(reason).contains("API token " + token.id()).contains("pveum acl modify /");
    Matcher lack = LACK.matcher(reason.substring(0, reason.indexOf("Give it")));
    int named = 0;
    while (lack.find()) {
      named++;
      assertThat(token.role().on(lack.group(2))).as(reason).doesNotContain(lack.group(1));
      assertThat(lack.group(1))
          .as(reason)
          .isNotEqualTo(release == Release.NINE ? "VM.Monitor" : "VM.GuestAgent.Audit");
    }
    assertThat(named).as(reason).isPositive();
  }

  /** The aspects that were read partly. */
  private static Set<Aspect> partly(PacedLab lab, Release release) {
    Set<Aspect> partly = EnumSet.noneOf(Aspect.class);
    lab.states()
        .forEach(
            (turn, state) -> {
              String incomplete = state.incomplete();
              if (incomplete != null) {
                namesWhatIsMissing(incomplete, lab.token(), release);
                partly.add(turn.aspect());
              }
            });
    return partly;
  }

  /** After the first minutes nothing new is refused, and the log is silent. */
  private static void isCalm(PacedLab lab, int failuresAMinute, int warnings) {
    int settled = MINUTES / 3;
    List<Integer> failed = lab.failedByMinute();
    assertThat(failed).as("failures by minute").allMatch(count -> count <= failuresAMinute + 4);
    assertThat(failed.subList(settled, MINUTES))
        .as("failures by minute: %s", failed)
        .allMatch(count -> count <= failuresAMinute);
    List<Integer> warned = lab.warningsByMinute();
    assertThat(warned.get(MINUTES - 1)).as("warnings").isLessThanOrEqualTo(warnings);
    assertThat(warned.get(MINUTES - 1))
        .as("warnings by minute: %s", warned)
        .isEqualTo(warned.get(settled));
    assertThat(lab.failedReadings()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void anAuditorSeesWhatItMayAndIsToldTheRest(Release release) {
    try (PacedLab lab = watched(release, Lab::auditorToken)) {
      Set<Aspect> unreadable = unreadable(lab, release);

      assertThat(unreadable)
          .isEqualTo(
              release == Release.NINE
                  ? EnumSet.of(Aspect.UPDATES)
                  : EnumSet.of(Aspect.UPDATES, Aspect.AGENT));
      assertThat(partly(lab, release)).isEqualTo(EnumSet.of(Aspect.LOG, Aspect.CONTENT));
      addressesOfContainersAreReadWhereThereIsACall(lab, release);
      assertThat(lab.observation().quorate()).isTrue();
      isCalm(lab, 1, 3);
    }
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void aWatcherOfGuestsAndStoragesSeesTheseAndIsToldTheRest(Release release) {
    try (PacedLab lab = watched(release, Lab::watcherToken)) {
      Set<Aspect> unreadable = unreadable(lab, release);

      assertThat(unreadable)
          .isEqualTo(
              EnumSet.of(
                  Aspect.BACKUP_JOBS,
                  Aspect.HIGH_AVAILABILITY,
                  Aspect.CEPH,
                  Aspect.SYSTEM,
                  Aspect.SERVICES,
                  Aspect.DISKS,
                  Aspect.ZFS,
                  Aspect.UPDATES,
                  Aspect.AGENT));
      assertThat(partly(lab, release))
          .isEqualTo(EnumSet.of(Aspect.TASKS, Aspect.LOG, Aspect.PRIVILEGES, Aspect.CONTENT));
      assertThat(lab.observation().guests()).hasSize(12);
      assertThat(lab.observation().quorumUnknown()).contains("Sys.Audit on /");
      for (Guest guest : lab.observation().guests()) {
        assertThat(lab.states().get(new Turn(guest.ref(), Aspect.CONFIGURATION)).detail())
            .isNotNull();
      }
      // The cluster's status, once a minute; older releases say why when asked by extjs alone.
      isCalm(lab, release == Release.NINE ? 1 : 2, 8);
    }
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void anOperatorIsToldOfNothingThatIsMissing(Release release) {
    try (PacedLab lab = watched(release, Lab::operatorToken)) {
      assertThat(unreadable(lab, release)).isEmpty();
      assertThat(partly(lab, release)).isEmpty();
      long read = lab.states().values().stream().filter(state -> state.failure() == null).count();
      assertThat(read).isGreaterThan(80);
      isCalm(lab, 1, 0);
    }
  }

  /** Containers tell their addresses since version 8; in version 7 nobody is asked for them. */
  private static void addressesOfContainersAreReadWhereThereIsACall(PacedLab lab, Release release) {
    int containers = 0;
    for (Guest guest : lab.observation().guests()) {
      if (guest.type() == GuestType.LXC && guest.status() == Guest.Status.RUNNING) {
        containers++;
        AspectState state = lab.states().get(new Turn(guest.ref(), Aspect.AGENT));
        assertThat(state.detail() != null).isEqualTo(release != Release.SEVEN);
      }
    }
    assertThat(containers).isPositive();
  }
}
