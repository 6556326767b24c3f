package org.jarvis.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.ClusterRegistry;
import org.jarvis.testkit.connector.SampleConnector.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/** The contract holds for a good connector, and each of its tests fails for a bad one. */
class ConnectorContractTest extends ConnectorContract<SampleConnector> {
  private static final Map<Fault, Consumer<ConnectorContract<SampleConnector>>> FOUND_BY =
      foundBy();

  /** {@code null} for a good one. */
  private Fault fault;

  private static ConnectorContractTest of(Fault fault) {
    ConnectorContractTest contract = new ConnectorContractTest();
    contract.fault = fault;
    return contract;
  }

  private static Map<Fault, Consumer<ConnectorContract<SampleConnector>>> foundBy() {
    Map<Fault, Consumer<ConnectorContract<SampleConnector>>> found = new EnumMap<>(Fault.class);
    found.put(Fault.PUBLISHES, ConnectorContract::announcesOneClusterAndPublishesNothing);
    found.put(Fault.ANOTHER_SOURCE, ConnectorContract::reportsWhatIsThere);
    found.put(Fault.SEEMS_FRESHER, ConnectorContract::saysWhenTheReadingBegan);
    found.put(Fault.READS_ONCE, ConnectorContract::readsAgainAndAgain);
    found.put(Fault.HIDES_SILENCE, ConnectorContract::tellsThatItsSystemDoesNotAnswerAndRecovers);
    found.put(Fault.TELLS_SECRETS, ConnectorContract::tellsThatItsSystemDoesNotAnswerAndRecovers);
    found.put(Fault.GIVES_UP, ConnectorContract::tellsThatItsSystemDoesNotAnswerAndRecovers);
    found.put(Fault.NEEDS_AN_ANSWER, ConnectorContract::waitsForASystemThatIsNotThereYet);
    found.put(Fault.BREAKS_WHERE_TAKEN, ConnectorContract::waitsForANameThatIsTaken);
    found.put(Fault.READS_OLD, ConnectorContract::readsOneGuestAsItIs);
    found.put(Fault.GUESSES, ConnectorContract::knowsNoGuestThatIsNotThere);
    found.put(Fault.SILENCE_IS_GONE, ConnectorContract::takesSilenceForNoAnswer);
    found.put(Fault.KNOWS_EVERY_TASK, ConnectorContract::knowsNoTaskThatIsNotThere);
    found.put(Fault.ANY_ASPECT, ConnectorContract::refusesAnAspectOfAnotherKind);
    found.put(Fault.ALWAYS_WELL, ConnectorContract::examinesItsSystem);
    found.put(Fault.KNOWS_NO_TASK, test -> test.doesWhatItIsAsked(WritingMethod.START));
    found.put(Fault.TELLS_NO_TASK, test -> test.doesWhatItIsAsked(WritingMethod.START));
    found.put(Fault.DOES_NOTHING, test -> test.doesWhatItIsAsked(WritingMethod.STOP));
    found.put(Fault.ACCEPTED_IS_DONE, ConnectorContract::tellsATaskBeforeItEnds);
    found.put(Fault.FAILURE_IS_SUCCESS, ConnectorContract::tellsAFailureAsOne);
    found.put(Fault.UNSENT_IS_UNKNOWN, ConnectorContract::saysThatNothingWasSent);
    found.put(Fault.LOST_IS_UNSENT, ConnectorContract::repeatsNothingThatMayHaveHadAnEffect);
    found.put(Fault.REPEATS, ConnectorContract::repeatsNothingThatMayHaveHadAnEffect);
    found.put(Fault.INTERRUPT_CANCELS, ConnectorContract::anInterruptedThreadLetsTheTaskGoOn);
    found.put(Fault.FOLLOWER_FIRST, ConnectorContract::aFollowerThatFailsLetsTheTaskGoOn);
    found.put(Fault.ANY_GUEST, ConnectorContract::touchesNoOtherGuest);
    found.put(Fault.DOES_MORE, ConnectorContract::refusesWhatItCannotDo);
    found.put(Fault.REFUSES_MUTELY, ConnectorContract::refusesWhatItCannotDo);
    found.put(
        Fault.LEAVES_WITHOUT_A_WORD,
        test -> test.leavesNothingBehind(DetachReason.CONNECTOR_LEAVING));
    found.put(
        Fault.ANOTHER_REASON, test -> test.leavesNothingBehind(DetachReason.CONFIGURATION_REMOVED));
    found.put(
        Fault.LEAVES_A_THREAD, test -> test.leavesNothingBehind(DetachReason.CONNECTOR_LEAVING));
    found.put(Fault.TALKS_ON, ConnectorContract::leavesWhileItReads);
    found.put(Fault.LEAVES_FOLLOWERS, ConnectorContract::leavesWhileSomethingIsChanged);
    return found;
  }

  @Override
  protected WatchedSystem system() {
    return new SampleSystem(patience());
  }

  @Override
  protected SampleConnector open(WatchedSystem system, ClusterRegistry registry) {
    if (fault == Fault.PUBLISHES) {
      return new SampleConnector.Publishing((SampleSystem) system, registry);
    }
    Set<Fault> faults = fault == null ? Set.of() : Set.of(fault);
    return new SampleConnector((SampleSystem) system, registry, faults);
  }

  @Override
  protected void leave(SampleConnector connector, DetachReason reason) {
    connector.leave(reason);
  }

  @Override
  protected Set<WritingMethod> abilities() {
    return Set.of(WritingMethod.START, WritingMethod.STOP);
  }

  /** What a bad one does not do is not waited for as long as what a good one is late with. */
  @Override
  protected Duration patience() {
    return fault == null ? Duration.ofSeconds(30) : Duration.ofSeconds(1);
  }

  @Override
  protected boolean isOfTheSystem(Thread thread) {
    return thread.getName().equals(SampleSystem.THREAD);
  }

  @ParameterizedTest
  @EnumSource
  void findsThe(Fault bad) {
    ConnectorContractTest contract = of(bad);
    contract.begin();
    try {
      assertThatExceptionOfType(Throwable.class)
          .isThrownBy(() -> FOUND_BY.get(bad).accept(contract))
          .isNotInstanceOf(TestAbortedException.class);
    } finally {
      contract.end();
    }
  }

  /** One that is forgotten here would be asked of no connector. */
  @Test
  void knowsEveryWritingMethod() {
    assertThat(WritingMethod.values())
        .hasSize(
            (int)
                Arrays.stream(ClusterOperations.class.getMethods())
                    .filter(method -> !Modifier.isStatic(method.getModifiers()))
                    .count());
  }
}
