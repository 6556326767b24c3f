package org.jarvis.safety.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.command.CommandRules;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.safety.DecisionRecord;
import org.jarvis.safety.command.grammar.ProgramRule;
import org.jarvis.safety.command.grammar.RuleFile;
import org.jarvis.safety.command.grammar.RuleProblem;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the rules for commands: reads the operator's own again when they change, and takes a
 * person's confirmation of them. When the shipped ones cannot be read this does not start, and no
 * command runs.
 */
@Component(service = {OwnRules.class, CommandRules.class, HealthContributor.class})
public final class OwnRules implements CommandRules, HealthContributor {
  private static final Logger LOG = LoggerFactory.getLogger(OwnRules.class);
  private static final String HEALTH_NAME = "command-rules";
  private static final long SECONDS = 5;

  private final DecisionRecord journal;
  private final Confirmations confirmations = new Confirmations();
  private final RuleShelf shelf;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "jarvis-command-rules");
            thread.setDaemon(true);
            return thread;
          });

  private @Nullable Future<?> watching;

  /**
   * Reads all rules.
   *
   * @throws RuleProblem when a shipped one is wrong
   */
  @Activate
  public OwnRules(@Reference DecisionRecord journal) throws RuleProblem {
    this(journal, Path.of(System.getProperty("jarvis.etc", "etc"), "commands"));
    watching = watch.scheduleWithFixedDelay(this::refresh, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  OwnRules(DecisionRecord journal, Path folder) throws RuleProblem {
    this.journal = journal;
    shelf = new RuleShelf(RuleBook.of(ShippedRules.read()), folder, confirmations);
    shelf.refresh();
    LOG.info("Rules for {} programs", shelf.book().size());
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setStore(SettingStore arrived) {
    confirmations.use(arrived);
    shelf.refresh();
  }

  void unsetStore(SettingStore left) {
    confirmations.leave(left);
    shelf.refresh();
  }

  @Deactivate
  void stop() {
    if (watching != null) {
      watching.cancel(false);
    }
    watch.shutdownNow();
  }

  void refresh() {
    try {
      shelf.refresh();
    } catch (RuntimeException failure) {
      LOG.warn("The rules for commands could not be read again", failure);
    }
  }

  /** The rules that count now. */
  RuleBook book() {
    return shelf.book();
  }

  @Override
  public List<File> files() {
    List<File> files = new ArrayList<>();
    for (OwnRuleFile file : shelf.files()) {
      RuleFile rules = file.rules();
      files.add(
          new File(
              file.name(),
              file.sha256(),
              rules != null && confirmations.holds(file.name(), file.sha256()),
              rules == null ? List.of() : rules.programs().stream().map(ProgramRule::name).toList(),
              file.problem()));
    }
    return List.copyOf(files);
  }

  @Override
  public void confirm(String file, String sha256, Principal principal, String address) {
    DecisionRecord.requirePerson(principal);
    shelf.refresh();
    OwnRuleFile found =
        shelf.files().stream()
            .filter(candidate -> candidate.name().equals(file))
            .findFirst()
            .orElseThrow(
                () ->
                    new JarvisException(
                        ErrorCode.NOT_FOUND, "There is no such file in etc/commands."));
    if (found.problem() != null) {
      throw new JarvisException(ErrorCode.CONFLICT, found.problem());
    }
    if (!found.sha256().equals(sha256)) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "The file has another content by now. Look at it again, and confirm what you see.");
    }
    journal.append(
        principal, address, "command-rules.confirmed", file, "{\"sha256\":\"" + sha256 + "\"}");
    confirmations.keep(file, sha256);
    shelf.refresh();
  }

  @Override
  public ComponentHealth health() {
    long bad = shelf.files().stream().filter(file -> file.problem() != null).count();
    return bad == 0
        ? new ComponentHealth(
            HEALTH_NAME, ComponentHealth.Status.UP, "It is known what commands mean.")
        : new ComponentHealth(
            HEALTH_NAME,
            ComponentHealth.Status.DEGRADED,
            bad
                + " of the files in etc/commands cannot be used; what they last said rightly"
                + " counts. The log, and GET /api/commands/rules, tell which line is wrong.");
  }
}
