package org.jarvis.extensions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.extension.Extension;
import org.jarvis.api.extension.Extension.State;
import org.jarvis.api.health.ComponentHealth.Status;
import org.jarvis.api.persistence.AuditEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionKeeperTest {
  private static final String NAME = "org.example.memory";
  private static final Principal ADA = new Principal("ada", PrincipalKind.PERSON, "s1");

  @TempDir Path data;

  private final SteppingClock clock = new SteppingClock();
  private final MemoryConsents consents = new MemoryConsents();
  private final MemoryHost host = new MemoryHost();
  private final List<String> events = new ArrayList<>();
  private boolean safeMode;
  private ExtensionKeeper keeper;

  @BeforeEach
  void start() {
    keeper =
        new ExtensionKeeper(
            clock,
            new DropFolder(data.resolve("deploy"), clock),
            new PrivateCopies(data.resolve("extensions")),
            new ConsentBook(() -> Optional.of(consents)),
            host,
            new Announcer(() -> Optional.of(new Recorder())),
            safeMode);
    keeper.look();
  }

  /** As after a restart: nothing runs any more. */
  private void restart() {
    host.running.clear();
    start();
    look();
  }

  private final class Recorder implements EventStream {
    @Override
    public RecordedEvent publish(Event event) {
      Event.ExtensionChanged changed = (Event.ExtensionChanged) event;
      events.add(changed.turn() + " " + changed.version());
      return new RecordedEvent(events.size(), Instant.EPOCH, event.type(), null, "", "{}");
    }

    @Override
    public List<RecordedEvent> publishAll(List<? extends Event> all) {
      return all.stream().map(this::publish).toList();
    }

    @Override
    public List<RecordedEvent> after(long seq, int limit) {
      return List.of();
    }

    @Override
    public long head() {
      return 0;
    }

    @Override
    public Subscription subscribe(Listener listener) {
      return () -> {};
    }
  }

  private void look() {
    for (int i = 0; i < 4; i++) {
      clock.advance(Duration.ofMillis(500));
      keeper.look();
    }
  }

  private void drop(String file, TestJar jar) throws IOException {
    Path incoming = jar.writeTo(data.resolve("incoming"));
    Files.move(incoming, data.resolve("deploy").resolve(file), StandardCopyOption.REPLACE_EXISTING);
    look();
  }

  private void drop(String file, String version) throws IOException {
    drop(file, TestJar.bundle(NAME, version));
  }

  private Extension only() {
    assertThat(keeper.all()).hasSize(1);
    return keeper.all().get(0);
  }

  private Extension version(String version) {
    return keeper.all().stream()
        .filter(extension -> extension.version().equals(version))
        .findFirst()
        .orElseThrow();
  }

  private Extension approve(Extension extension) {
    clock.advance(Duration.ofSeconds(1));
    return keeper.decide(extension.id(), true, false, ADA, "127.0.0.1");
  }

  private Extension reject(Extension extension) {
    clock.advance(Duration.ofSeconds(1));
    return keeper.decide(extension.id(), false, false, ADA, "127.0.0.1");
  }

  @Test
  void makesTheFolderForItsOwnerAlone() throws IOException {
    assertThat(Files.getPosixFilePermissions(data.resolve("deploy"))).hasSize(3);
  }

  @Test
  void nothingRunsBeforeAPersonConsented() throws IOException {
    drop("memory.jar", "1.0.0");

    assertThat(only().state()).isEqualTo(State.AWAITING_CONSENT);
    assertThat(only().decidedBy()).isNull();
    assertThat(host.running).isEmpty();
    assertThat(events).containsExactly("AWAITS_CONSENT 1.0.0");
    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    assertThat(keeper.health().detail()).contains("1 wait");
  }

  @Test
  void runsOnceAPersonConsented() throws IOException {
    drop("memory.jar", "1.0.0");

    Extension extension = approve(only());

    assertThat(extension.state()).isEqualTo(State.RUNNING);
    assertThat(extension.decidedBy()).isEqualTo("ada");
    assertThat(host.running).containsEntry(NAME, "1.0.0");
    assertThat(events).containsExactly("AWAITS_CONSENT 1.0.0", "STARTED 1.0.0");
    assertThat(consents.audit)
        .extracting(AuditEntry::activity)
        .containsExactly("extension.approved");
    assertThat(consents.audit.get(0).origin()).isEqualTo("browser 127.0.0.1");
  }

  @Test
  void nobodyButAPersonCanConsent() throws IOException {
    drop("memory.jar", "1.0.0");
    for (PrincipalKind kind : PrincipalKind.values()) {
      if (kind != PrincipalKind.PERSON) {
        assertThatThrownBy(
                () ->
                    keeper.decide(
                        only().id(), true, false, new Principal("ada", kind, "t"), "127.0.0.1"))
            .extracting("code")
            .isEqualTo(ErrorCode.PERSON_REQUIRED);
      }
    }
    assertThat(consents.consents).isEmpty();
  }

  @Test
  void waitsUntilAFileIsWrittenCompletely() throws IOException {
    byte[] whole = TestJar.bundle(NAME, "1.0.0").entry("a", "b".repeat(9999)).bytes();
    Path file = data.resolve("deploy/memory.jar");
    for (int i = 1; i <= 5; i++) {
      Files.write(file, java.util.Arrays.copyOf(whole, whole.length * i / 6));
      clock.advance(Duration.ofSeconds(2));
      keeper.look();
      assertThat(keeper.all()).isEmpty();
    }
    Files.write(file, whole);
    look();
    assertThat(only().state()).isEqualTo(State.AWAITING_CONSENT);
  }

  @Test
  void whatWasConsentedToRunsWhateverHappensToTheFile() throws IOException {
    drop("memory.jar", "1.0.0");
    Extension waiting = only();
    TestJar.bundle(NAME, "6.6.6").writeTo(data.resolve("deploy/memory.jar"));

    approve(waiting);

    assertThat(host.running).containsEntry(NAME, "1.0.0");
  }

  @Test
  void aChangedPrivateCopyIsNotRun() throws IOException {
    drop("memory.jar", "1.0.0");
    Path copy = data.resolve("extensions").resolve(only().id() + ".jar");
    assertThat(Files.getPosixFilePermissions(copy)).hasSize(2);
    TestJar.bundle(NAME, "6.6.6").writeTo(copy);

    assertThat(approve(only()).state()).isEqualTo(State.FAILED);
    assertThat(host.running).isEmpty();
  }

  @Test
  void anotherContentNeedsAnotherConsentWhileTheOldOneRuns() throws IOException {
    drop("memory.jar", "1.0.0");
    Extension old = approve(only());
    drop("memory.jar", "1.1.0");

    Extension waiting = version("1.1.0");
    assertThat(waiting.state()).isEqualTo(State.AWAITING_CONSENT);
    assertThat(waiting.replaces()).isEqualTo(old.id());
    assertThat(version("1.0.0").state()).isEqualTo(State.RUNNING);
    assertThat(host.running).containsEntry(NAME, "1.0.0");

    approve(waiting);

    assertThat(only().version()).isEqualTo("1.1.0");
    assertThat(only().state()).isEqualTo(State.RUNNING);
    assertThat(host.steps).endsWith("start 1.0.0", "replace 1.0.0 by 1.1.0");
    assertThat(consents.consents).containsOnlyKeys(waiting.id());
  }

  @Test
  void aNewerVersionBesideTheOldOneTakesItsPlace() throws IOException {
    drop("memory-1.0.jar", "1.0.0");
    approve(only());
    drop("memory-1.1.jar", "1.1.0");
    approve(version("1.1.0"));

    assertThat(host.running).containsEntry(NAME, "1.1.0");
    assertThat(version("1.0.0").state()).isEqualTo(State.AWAITING_CONSENT);
    look();
    assertThat(host.steps).endsWith("replace 1.0.0 by 1.1.0");
  }

  @Test
  void goingBackToAnEarlierVersionAsksAgain() throws IOException {
    drop("memory.jar", "1.0.0");
    approve(only());
    drop("memory.jar", "1.1.0");
    approve(version("1.1.0"));
    drop("memory.jar", "1.0.0");

    assertThat(version("1.0.0").state()).isEqualTo(State.AWAITING_CONSENT);
    assertThat(host.running).containsEntry(NAME, "1.1.0");
    approve(version("1.0.0"));
    assertThat(host.running).containsEntry(NAME, "1.0.0");
  }

  @Test
  void endsWhenItsFileIsTakenAwayAndRunsAgainWhenTheSameBytesComeBack() throws IOException {
    drop("memory.jar", "1.0.0");
    approve(only());
    Files.delete(data.resolve("deploy/memory.jar"));
    look();
    assertThat(keeper.all()).isEmpty();
    assertThat(host.running).isEmpty();
    assertThat(events).endsWith("REMOVED 1.0.0");
    assertThat(data.resolve("extensions")).isEmptyDirectory();

    drop("again.jar", "1.0.0");
    assertThat(only().state()).isEqualTo(State.RUNNING);
  }

  @Test
  void endsWhenAnotherExtensionHasItsFile() throws IOException {
    drop("some.jar", "1.0.0");
    approve(only());
    drop("some.jar", TestJar.bundle("org.example.other", "2.0.0"));
    assertThat(only().version()).isEqualTo("2.0.0");
    assertThat(host.running).isEmpty();
  }

  @Test
  void runsOnWhileItsFileIsUnreadable() throws IOException {
    drop("memory.jar", "1.0.0");
    approve(only());
    Files.writeString(data.resolve("deploy/memory.jar"), "no zip");
    for (int i = 0; i < 20; i++) {
      look();
    }
    assertThat(keeper.all())
        .extracting(Extension::state)
        .containsExactlyInAnyOrder(State.RUNNING, State.UNACCEPTABLE);
    assertThat(host.running).containsEntry(NAME, "1.0.0");
  }

  @Test
  void rejectingStopsWhatRunsAndHolds() throws IOException {
    drop("memory.jar", "1.0.0");
    approve(only());
    assertThat(reject(only()).state()).isEqualTo(State.REJECTED);
    assertThat(host.running).isEmpty();

    restart();
    assertThat(only().state()).isEqualTo(State.REJECTED);
    assertThat(host.running).isEmpty();
    assertThat(approve(only()).state()).isEqualTo(State.RUNNING);
  }

  /** As when the code comes back at last, and is removed. */
  private void comesBack() {
    host.stuck.clear();
    host.running.clear();
  }

  @Test
  void whatIsRejectedButDoesNotEndIsShownAsFailedUntilItHas() throws IOException {
    drop("memory.jar", "1.0.0");
    approve(only());
    host.stuck.add(NAME);

    Extension rejected = reject(only());

    assertThat(rejected.state()).isEqualTo(State.FAILED);
    assertThat(rejected.reason()).contains("does not end; restart Jarvis");
    look();
    assertThat(only().state()).isEqualTo(State.FAILED);
    assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    assertThat(events).endsWith("STARTED 1.0.0", "FAILED 1.0.0");

    comesBack();
    look();
    assertThat(only().state()).isEqualTo(State.REJECTED);
    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    assertThat(events).endsWith("FAILED 1.0.0", "REJECTED 1.0.0");
  }

  @Test
  void whatHasNoFileButDoesNotEndIsShownAsFailedUntilItHas() throws IOException {
    drop("memory.jar", "1.0.0");
    approve(only());
    host.stuck.add(NAME);
    Files.delete(data.resolve("deploy/memory.jar"));
    look();

    assertThat(only().state()).isEqualTo(State.FAILED);
    assertThat(only().reason()).contains("does not end; restart Jarvis");
    assertThat(only().file()).isEqualTo("memory.jar");
    assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    assertThat(events).doesNotContain("REMOVED 1.0.0");

    drop("memory.jar", "1.1.0");
    assertThat(approve(version("1.1.0")).reason()).contains("waits for the end");
    assertThat(host.running).containsEntry(NAME, "1.0.0");

    comesBack();
    look();
    assertThat(only().version()).isEqualTo("1.1.0");
    assertThat(only().state()).isEqualTo(State.RUNNING);
    assertThat(events).contains("REMOVED 1.0.0");
  }

  @Test
  void theOldVersionIsNotShownAsRunningWhenItDoesNotGiveWay() throws IOException {
    drop("memory.jar", "1.0.0");
    approve(only());
    host.stuck.add(NAME);
    host.obstacles.put("1.1.0", new BundleHost.HostingException("Its stop did not end.", false));
    drop("memory.jar", "1.1.0");
    approve(version("1.1.0"));

    assertThat(keeper.all()).extracting(Extension::state).containsOnly(State.FAILED);
    assertThat(version("1.0.0").reason()).contains("did not end");
  }

  @Test
  void triesAgainToClearWhatAnEarlierLifeLeft() throws IOException {
    host.leftovers = true;
    restart();
    drop("memory.jar", "1.0.0");
    assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    assertThat(approve(only()).state()).isEqualTo(State.RUNNING);

    host.leftovers = false;
    look();
    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    host.steps.clear();
    look();
    assertThat(host.steps).isEmpty();
  }

  @Test
  void rejectingANewerVersionLeavesTheOldOneRunning() throws IOException {
    drop("memory.jar", "1.0.0");
    approve(only());
    drop("memory.jar", "1.1.0");
    reject(version("1.1.0"));
    look();
    assertThat(host.running).containsEntry(NAME, "1.0.0");
  }

  @Test
  void runsAgainAfterARestartAlsoWhileANewerVersionWaits() throws IOException {
    drop("memory.jar", "1.0.0");
    approve(only());
    restart();
    assertThat(host.steps).endsWith("clear", "start 1.0.0");
    assertThat(only().state()).isEqualTo(State.RUNNING);

    drop("memory.jar", "1.1.0");
    restart();
    assertThat(host.running).containsEntry(NAME, "1.0.0");
    assertThat(version("1.1.0").state()).isEqualTo(State.AWAITING_CONSENT);
  }

  @Test
  void doesNotRunAfterARestartWhatWasTakenAwayMeanwhile() throws IOException {
    drop("memory.jar", "1.0.0");
    approve(only());
    Files.delete(data.resolve("deploy/memory.jar"));
    restart();
    assertThat(host.running).isEmpty();
  }

  @Test
  void startsNothingWhileConsentsCannotBeReadAndGoesOnWithWhatRuns() throws IOException {
    drop("memory.jar", "1.0.0");
    approve(only());
    consents.unavailable = true;
    restart();
    assertThat(host.running).isEmpty();
    assertThat(only().state()).isEqualTo(State.AWAITING_CONSENT);
    assertThat(only().reason()).contains("disk is full");
    assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    assertThatThrownBy(() -> approve(only()))
        .isInstanceOf(JarvisException.class)
        .extracting("code")
        .isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);

    consents.unavailable = false;
    look();
    assertThat(host.running).containsEntry(NAME, "1.0.0");
    consents.unavailable = true;
    look();
    assertThat(only().state()).isEqualTo(State.RUNNING);
    Files.delete(data.resolve("deploy/memory.jar"));
    look();
    assertThat(host.running).isEmpty();
  }

  @Test
  void safeModeStartsNone() throws IOException {
    drop("memory.jar", "1.0.0");
    approve(only());
    safeMode = true;
    restart();
    assertThat(host.running).isEmpty();
    assertThat(only().reason()).contains("safe mode");
  }

  @Test
  void aVersionThatCannotRunLeavesTheOldOneRunning() throws IOException {
    host.obstacles.put("1.1.0", new BundleHost.HostingException("It threw.", false));
    drop("memory.jar", "1.0.0");
    approve(only());
    drop("memory.jar", "1.1.0");

    Extension failed = approve(version("1.1.0"));

    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.reason()).isEqualTo("It threw.");
    assertThat(host.running).containsEntry(NAME, "1.0.0");
    assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    restart();
    assertThat(host.running).containsEntry(NAME, "1.0.0");

    host.obstacles.clear();
    assertThat(approve(version("1.1.0")).state()).isEqualTo(State.RUNNING);
  }

  @Test
  void whatLacksSomethingIsTriedAgainWhenAnotherExtensionRuns() throws IOException {
    host.obstacles.put("1.0.0", new BundleHost.HostingException("It needs a package.", true));
    drop("memory.jar", "1.0.0");
    assertThat(approve(only()).state()).isEqualTo(State.FAILED);
    host.obstacles.clear();
    look();
    assertThat(only().state()).isEqualTo(State.FAILED);

    drop("other.jar", TestJar.bundle("org.example.other", "2.0.0"));
    approve(version("2.0.0"));
    look();
    assertThat(host.running).containsOnlyKeys(NAME, "org.example.other");
  }

  @Test
  void refusesWhatPosesAsAPartOfJarvis() throws IOException {
    drop("a.jar", TestJar.bundle("org.acme.part", "1.0.0"));
    drop("b.jar", TestJar.bundle("org.example.b", "2.0.0").header("Export-Package: com.acme.json"));

    for (String version : List.of("1.0.0", "2.0.0")) {
      assertThat(version(version).state()).isEqualTo(State.UNACCEPTABLE);
      assertThatThrownBy(() -> approve(version(version)))
          .extracting("code")
          .isEqualTo(ErrorCode.CONFLICT);
    }
    assertThat(consents.consents).isEmpty();
  }

  @Test
  void refusesTwoContentsOfOneVersionButNotWhatRuns() throws IOException {
    drop("a.jar", "1.0.0");
    drop("b.jar", TestJar.bundle(NAME, "1.0.0").entry("x", "y"));
    assertThat(keeper.all())
        .extracting(Extension::state)
        .containsExactly(State.UNACCEPTABLE, State.UNACCEPTABLE);
    Files.delete(data.resolve("deploy/b.jar"));
    look();
    approve(only());
    drop("b.jar", TestJar.bundle(NAME, "1.0.0").entry("x", "y"));
    assertThat(keeper.all())
        .extracting(Extension::state)
        .containsExactly(State.RUNNING, State.UNACCEPTABLE);
  }

  @Test
  void oddFilesAreShownWithTheReasonAndHarmNothing() throws IOException {
    Path deploy = data.resolve("deploy");
    Files.createDirectory(deploy.resolve("folder.jar"));
    Files.createSymbolicLink(deploy.resolve("link.jar"), Path.of("/etc/hostname"));
    Files.writeString(deploy.resolve("corrupt.jar"), "no zip");
    Files.writeString(deploy.resolve("empty.jar"), "");
    Files.writeString(deploy.resolve("readme.txt"), "hello");
    Files.writeString(deploy.resolve("tr\nick\u202E.jar"), "x");
    try (var huge = new java.io.RandomAccessFile(deploy.resolve("huge.jar").toFile(), "rw")) {
      huge.setLength(PrivateCopies.LARGEST + 1);
    }
    look();
    clock.advance(Duration.ofSeconds(5));
    drop("memory.jar", "1.0.0");

    assertThat(keeper.all())
        .filteredOn(extension -> extension.state() == State.UNACCEPTABLE)
        .extracting(Extension::file)
        .containsExactly(
            "corrupt.jar", "empty.jar", "folder.jar", "huge.jar", "link.jar", "tr ick .jar");
    assertThat(keeper.all()).extracting(Extension::id).doesNotHaveDuplicates();
    assertThat(version("1.0.0").state()).isEqualTo(State.AWAITING_CONSENT);
  }

  @Test
  void higherVersionByThePinnedSignerNeedsNoConsent() throws Exception {
    TestJar.Signatory ada = TestJar.Signatory.make(data, "Ada");
    TestJar.Signatory eve = TestJar.Signatory.make(data, "Eve");
    dropSigned(ada, "1.0.0");
    clock.advance(Duration.ofSeconds(1));
    keeper.decide(only().id(), true, true, ADA, "127.0.0.1");

    dropSigned(ada, "1.1.0");
    assertThat(only().version()).isEqualTo("1.1.0");
    assertThat(only().state()).isEqualTo(State.RUNNING);
    assertThat(consents.audit)
        .extracting(AuditEntry::activity)
        .contains("extension.approved-by-signer");
    assertThat(events).contains("STARTED 1.1.0");

    dropSigned(ada, "1.0.5");
    assertThat(version("1.0.5").state()).isEqualTo(State.AWAITING_CONSENT);
    dropSigned(eve, "1.2.0");
    assertThat(version("1.2.0").state()).isEqualTo(State.AWAITING_CONSENT);
    drop("memory.jar", "1.3.0");
    assertThat(version("1.3.0").state()).isEqualTo(State.AWAITING_CONSENT);
    assertThat(host.running).containsEntry(NAME, "1.1.0");

    dropSigned(ada, "2.0.0");
    assertThat(host.running).containsEntry(NAME, "2.0.0");
  }

  @Test
  void aSignerIsTrustedOnlyWhenPinnedAndOnlyForThatExtension() throws Exception {
    TestJar.Signatory ada = TestJar.Signatory.make(data, "Ada");
    dropSigned(ada, "1.0.0");
    approve(only());
    dropSigned(ada, "1.1.0");
    assertThat(version("1.1.0").state()).isEqualTo(State.AWAITING_CONSENT);

    keeper.decide(version("1.1.0").id(), true, true, ADA, "127.0.0.1");
    Path other =
        TestJar.bundle("org.example.other", "9.0.0").entry("x", "y").writeTo(data.resolve("o"));
    ada.sign(other, data.resolve("deploy/other.jar"));
    look();
    assertThat(version("9.0.0").state()).isEqualTo(State.AWAITING_CONSENT);
  }

  @Test
  void thereIsNoSignerToPinInAnUnsignedJar() throws IOException {
    drop("memory.jar", "1.0.0");
    assertThatThrownBy(() -> keeper.decide(only().id(), true, true, ADA, "127.0.0.1"))
        .extracting("code")
        .isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(only().state()).isEqualTo(State.AWAITING_CONSENT);
  }

  @Test
  void knowsNoOther() {
    assertThatThrownBy(() -> keeper.decide("f00d", true, false, ADA, "127.0.0.1"))
        .extracting("code")
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  private void dropSigned(TestJar.Signatory signatory, String version) throws IOException {
    Path plain = TestJar.bundle(NAME, version).entry("x", "y").writeTo(data.resolve("plain"));
    Path signed = signatory.sign(plain, data.resolve("signed"));
    Files.move(signed, data.resolve("deploy/memory.jar"), StandardCopyOption.REPLACE_EXISTING);
    look();
  }
}
