package org.jarvis.tools.host;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.NodeCertificates;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Reading;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.TaskVerdict;
import org.jspecify.annotations.Nullable;

/**
 * {@code renew_certificate}. A certificate that came by ACME is ordered anew; the cluster's own is
 * made anew over SSH. Either way it is another one afterwards, so a node whose certificate is
 * pinned is left alone: Jarvis would refuse it from then on.
 */
final class RenewCertificateTool extends NodeCommandTool {
  private static final String TITLE = "Renew certificate";

  /** What pveproxy shows where it is there, instead of the cluster's own. */
  private static final String UPLOADED = "pveproxy-ssl.pem";

  private static final String OWN = "pve-ssl.pem";
  private static final Duration UNTIL_SEEN = Duration.ofMinutes(2);
  private static final Columns<Outcome> RESULT =
      Outcome.columns()
          .text("file", "The certificate's file.", of -> of.more("file"))
          .text("validUntil", "When it expires now.", of -> of.more("validUntil"));

  private final Facts facts;
  private final EffectWatch watch;

  RenewCertificateTool(Commands commands, Facts facts, EffectWatch watch) {
    super(
        Severity.DISRUPTING.definition(
            new Severity.Look(
                "renew_certificate",
                TITLE,
                "Renews the certificate that a node's interface shows, and sees that it holds for"
                    + " longer: by ACME where it came from there, otherwise with the cluster's own"
                    + " authority, over SSH. Whoever trusts the old one alone refuses the node then,"
                    + " so a person has to approve, and a node that is pinned in Jarvis is refused."),
            Subject.NODE.schema(List.of(), List.of()),
            RESULT,
            ResourceKind.NODE,
            false,
            Duration.ofMinutes(8),
            null),
        commands);
    this.facts = facts;
    this.watch = watch;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return Severity.DISRUPTING.use(TITLE, targets(arguments, Touch.INTERRUPTS, null));
  }

  @Override
  public Optional<Obstacle> obstacle(Arguments arguments, List<Resource> targets) {
    Node node = node(targets);
    return facts.node(node.cluster(), node.name()).stream()
        .flatMap(known -> pinned(known).stream())
        .findFirst()
        .map(
            member ->
                new Obstacle(
                    ErrorCode.CONFLICT,
                    "The certificate of node "
                        + node.name()
                        + " is pinned for "
                        + member.address()
                        + ", so Jarvis would refuse the node once it has another. Renew it by hand"
                        + " (pvecm updatecerts --force, then systemctl restart pveproxy), and put its"
                        + " new fingerprint into tls.fingerprint of"
                        + " etc/org.jarvis.connector.proxmox-"
                        + node.cluster()
                        + ".cfg."))
        .or(() -> super.obstacle(arguments, targets));
  }

  private Optional<ConnectionDetail.Member> pinned(Node node) {
    return facts.connection(node.cluster()).stream()
        .flatMap(connection -> connection.members().stream())
        .filter(member -> member.pinned() && node.node().equals(member.node()))
        .findFirst();
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    String name = node(targets).name();
    return new Impact(
        "Gives the interface of node " + name + " a new certificate.",
        List.of(
            "Browsers and tools that trust the old certificate alone refuse node "
                + name
                + " afterwards.",
            "Proxmox VE's own interface on this node is away for a moment. No guest is interrupted."),
        null);
  }

  @Override
  ToolResult doOn(Node node, ToolContext context) {
    NodeCertificates.Certificate before = shown(context, node);
    TaskState task = null;
    if (before.file().equals(UPLOADED)) {
      task = context.operations(node.cluster()).orderCertificate(node, context.follower());
      TaskVerdict.judge(
          task,
          node,
          "got no new certificate",
          "One that was uploaded by hand has to be uploaded anew.");
    } else {
      Exchange exchange = exchange(context);
      exchange.answer("pvecm", "updatecerts", "--force");
      exchange.answer("systemctl", "restart", "pveproxy");
    }
    boolean renewed =
        watch.until(
            () -> isLater(before.validUntil(), now(context, node)),
            UNTIL_SEEN,
            "The certificate of node "
                + node.name()
                + " was renewed; what came of it was not seen.");
    if (!renewed) {
      throw new JarvisException(
          ErrorCode.EFFECT_MISSING,
          "A new certificate was asked for, but "
              + before.file()
              + " of node "
              + node.name()
              + " expires no later than before.");
    }
    String until = String.valueOf(now(context, node));
    return new Outcome(node, task, null, Map.of("file", before.file(), "validUntil", until))
        .result("The certificate of node " + node.name() + " holds until " + until + ".", RESULT);
  }

  private static boolean isLater(@Nullable Instant before, @Nullable Instant now) {
    return now != null && (before == null || now.isAfter(before));
  }

  /** When it expires; unknown while the interface is just starting. */
  private static @Nullable Instant now(ToolContext context, Node node) {
    try {
      return shown(context, node).validUntil();
    } catch (JarvisException away) {
      return null;
    }
  }

  private static NodeCertificates.Certificate shown(ToolContext context, Node node) {
    List<NodeCertificates.Certificate> all =
        Reading.fresh(context, node, Aspect.CERTIFICATES, NodeCertificates.class).certificates();
    return find(all, UPLOADED)
        .or(() -> find(all, OWN))
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.NOT_FOUND,
                    "Node " + node.name() + " tells of no certificate that its interface shows."));
  }

  private static Optional<NodeCertificates.Certificate> find(
      List<NodeCertificates.Certificate> all, String file) {
    return all.stream().filter(certificate -> certificate.file().equals(file)).findFirst();
  }
}
