package org.jarvis.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.NodeCertificates;
import org.jarvis.api.resource.detail.ReplicationJobs;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.tools.host.HostPrints;
import org.junit.jupiter.api.Test;

/** The tools that are there to mend one kind of problem each. */
class RemedyToolsTest {
  private static final Node PVE1 = Home.node("pve1", Node.Status.ONLINE);

  @Test
  void runsAReplicationJobUntilItWentWell() {
    Run run = Run.of("run_replication", Map.of(), PVE1);
    run.context.reads(
        SampleDetails.of(Aspect.REPLICATION),
        SampleDetails.of(Aspect.REPLICATION),
        SampleDetails.replicated());

    assertThat(run.tool.use(run.arguments).tier()).isEqualTo(Tier.YELLOW);
    assertThat(run.result().summary()).isEqualTo("The replication job 101-0 ran and went well.");
    assertThat(run.context.calls).contains("replicate 101-0 from pve1");
  }

  @Test
  void saysWhyAReplicationJobFailedAgain() {
    Run run = Run.of("run_replication", Map.of(), PVE1);
    ReplicationJobs.Job before = SampleDetails.replicated().jobs().get(0);
    run.context.reads(
        SampleDetails.replicated(),
        new ReplicationJobs(
            List.of(
                new ReplicationJobs.Job(
                    before.id(),
                    before.guest(),
                    before.target(),
                    before.schedule(),
                    true,
                    before.lastSync(),
                    before.next(),
                    before.took(),
                    1,
                    "out of space"))));

    assertThat(run.failure())
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.REMOTE_ERROR))
        .hasMessageContaining("out of space");
  }

  @Test
  void runsNoReplicationJobThatIsNotThere() {
    Run run = Run.of("run_replication", Map.of("job", "999-0"), PVE1);
    run.context.reads(SampleDetails.of(Aspect.REPLICATION));

    assertThat(run.failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(run.context.calls).noneMatch(call -> call.startsWith("replicate"));
  }

  @Test
  void seesThatAScrubRuns() {
    Run run = Run.of("start_zfs_scrub", Map.of(), PVE1);
    run.context
        .prints
        .on("zpool scrub rpool", "")
        .on("zpool status rpool", "  pool: rpool\n  scan: scrub in progress since Sun Nov  8\n");

    assertThat(run.tool.use(run.arguments).tier()).isEqualTo(Tier.YELLOW);
    assertThat(run.result().data()).containsEntry("scan", "scrub in progress since Sun Nov 8");
    assertThat(run.context.prints.ran).containsExactly("zpool scrub rpool", "zpool status rpool");
  }

  @Test
  void saysWhyAScrubDoesNotRun() {
    Run busy = Run.of("start_zfs_scrub", Map.of(), PVE1);
    busy.context.prints.on(
        "zpool scrub", HostPrints.ended(1, "", "cannot scrub rpool: currently scrubbing"));
    assertThat(busy.failure()).hasMessageContaining("currently scrubbing");

    Run idle = Run.of("start_zfs_scrub", Map.of(), PVE1);
    idle.context.prints.on("zpool scrub", "").on("zpool status", "  scan: none requested\n");
    assertThat(idle.failure().code()).isEqualTo(ErrorCode.EFFECT_MISSING);
  }

  @Test
  void leavesTheJournalAloneUnlessAskedFor() {
    Run run = Run.of("clean_package_cache", Map.of(), PVE1);
    run.context.reads(SampleDetails.of(Aspect.SYSTEM));
    run.context.prints.on("apt-get clean", "");

    assertThat(run.tool.use(run.arguments).tier()).isEqualTo(Tier.RED);
    assertThat(run.tool.use(run.arguments).consent()).isEqualTo(Consent.HOLD);
    assertThat(run.result().data()).containsEntry("freedBytes", 0L);
    assertThat(run.context.prints.ran).containsExactly("apt-get clean");
  }

  @Test
  void shortensTheJournalWhereAPersonTypedTheName() {
    Run run = Run.of("clean_package_cache", Map.of("journal", true), PVE1);
    run.context.reads(SampleDetails.of(Aspect.SYSTEM));
    run.context.prints.on("apt-get clean", "").on("journalctl --vacuum-size=200M", "");

    run.result();
    assertThat(run.tool.use(run.arguments).consent()).isEqualTo(Consent.TYPED);
    assertThat(run.impact()).contains("lost for good");
    assertThat(run.context.prints.ran)
        .containsExactly("apt-get clean", "journalctl --vacuum-size=200M");
  }

  @Test
  void renewsTheClustersOwnCertificateOnTheNode() {
    Run run = Run.of("renew_certificate", Map.of(), PVE1);
    run.context.reads(SampleDetails.of(Aspect.CERTIFICATES), SampleDetails.renewed());
    run.context.prints.on("pvecm updatecerts --force", "").on("systemctl restart pveproxy", "");

    assertThat(run.obstacle()).isEqualTo("nothing");
    assertThat(run.result().summary()).startsWith("The certificate of node pve1 holds until ");
    assertThat(run.context.prints.ran)
        .containsExactly("pvecm updatecerts --force", "systemctl restart pveproxy");
  }

  @Test
  void ordersACertificateThatCameByAcme() {
    Run run = Run.of("renew_certificate", Map.of(), PVE1);
    run.context.taskType = "acmenewcert";
    run.context.reads(uploaded("2026-01-01T00:00:00Z"), uploaded("2026-04-01T00:00:00Z"));

    run.result();
    assertThat(run.context.calls).contains("order certificate for pve1");
    assertThat(run.context.prints.ran).isEmpty();
  }

  private static NodeCertificates uploaded(String until) {
    return new NodeCertificates(
        List.of(
            new NodeCertificates.Certificate(
                "pveproxy-ssl.pem", null, null, "4F", null, Instant.parse(until), List.of())));
  }

  @Test
  void leavesANodeAloneWhoseCertificateIsPinned() {
    Run run = Run.of("renew_certificate", Map.of(), PVE1);
    run.home.knows(
        run.home.clusters().get(0).cluster(),
        new ConnectionDetail(
            List.of(
                new ConnectionDetail.Member(
                    "https://192.0.2.1:8006",
                    PVE1.node(),
                    true,
                    ConnectionDetail.Member.State.ANSWERING,
                    null,
                    null,
                    null,
                    null,
                    true)),
            new ConnectionDetail.Traffic(0, 0, 0, 0, null, 0, 0)));

    assertThat(run.obstacle()).startsWith("CONFLICT").contains("pinned", "tls.fingerprint");
  }

  @Test
  void disablesAServiceInErrorAndHasItStarted() {
    Guest guest =
        new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.RUNNING).ha("started").build();
    Run run = Run.of("reset_ha_service", Map.of(), guest);
    run.context.reads(
        SampleDetails.managed("error"),
        SampleDetails.managed("stopped"),
        SampleDetails.managed("started"));
    run.context.statusesToCome.add(Guest.Status.RUNNING);

    assertThat(run.obstacle()).isEqualTo("nothing");
    assertThat(run.tool.use(run.arguments).tier()).isEqualTo(Tier.RED);
    assertThat(run.result().data()).containsEntry("state", "started");
    assertThat(run.context.calls)
        .containsSubsequence("request disabled of 101", "request started of 101");
  }

  @Test
  void resetsNothingThatIsNotInError() {
    Guest plain = Run.vm(Guest.Status.RUNNING);
    assertThat(Run.of("reset_ha_service", Map.of(), plain).obstacle()).startsWith("NOT_PRESENT");

    Run run =
        Run.of(
            "reset_ha_service",
            Map.of(),
            new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.RUNNING).ha("started").build());
    run.context.reads(SampleDetails.managed("started"));
    assertThat(run.failure().code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(run.context.calls).noneMatch(call -> call.startsWith("request"));
  }
}
