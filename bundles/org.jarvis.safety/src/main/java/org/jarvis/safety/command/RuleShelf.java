package org.jarvis.safety.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jarvis.safety.command.grammar.RuleFile;
import org.jarvis.safety.command.grammar.RuleProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rules that count: those that are shipped, and those of the operator's folder. A file
 * that is wrong is told of, and what it last said rightly goes on to count.
 */
final class RuleShelf {
  private static final Logger LOG = LoggerFactory.getLogger(RuleShelf.class);
  private static final int MOST_FILES = 100;

  private final RuleBook shipped;
  private final Path folder;
  private final Confirmations confirmations;
  private final Map<String, OwnRuleFile> lastGood = new TreeMap<>();
  private volatile List<OwnRuleFile> files = List.of();
  private volatile RuleBook book;

  /**
   * Begins with the shipped rules alone.
   *
   * @param folder where the operator's are; need not be there
   */
  RuleShelf(RuleBook shipped, Path folder, Confirmations confirmations) {
    this.shipped = shipped;
    this.folder = folder;
    this.confirmations = confirmations;
    book = shipped;
  }

  /** The rules that count now. */
  RuleBook book() {
    return book;
  }

  /** The operator's files, as they are now. */
  List<OwnRuleFile> files() {
    return files;
  }

  /** Takes up what changed in the folder and among the confirmations. */
  synchronized void refresh() {
    List<OwnRuleFile> found = new ArrayList<>();
    RuleBook next = shipped;
    for (OwnRuleFile file : read()) {
      OwnRuleFile checked = file;
      try {
        next = added(next, file);
        if (file.rules() != null) {
          lastGood.put(file.name(), file);
        }
      } catch (RuleProblem problem) {
        checked = file.with(String.valueOf(problem.getMessage()));
      }
      if (checked.rules() == null) {
        next = withLastGood(next, checked.name());
      }
      found.add(checked);
    }
    lastGood.keySet().retainAll(found.stream().map(OwnRuleFile::name).toList());
    tell(found);
    files = List.copyOf(found);
    book = next;
  }

  private RuleBook added(RuleBook before, OwnRuleFile file) throws RuleProblem {
    RuleFile rules = file.rules();
    if (rules == null) {
      return before;
    }
    return before.with(
        confirmations.holds(file.name(), file.sha256()) ? rules : rules.unconfirmed());
  }

  private RuleBook withLastGood(RuleBook before, String name) {
    OwnRuleFile good = lastGood.get(name);
    try {
      return good == null ? before : added(before, good);
    } catch (RuleProblem clash) {
      return before; // another file is about its programs by now
    }
  }

  private List<OwnRuleFile> read() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> path.toString().endsWith(".rules") && Files.isRegularFile(path))
          .sorted()
          .limit(MOST_FILES)
          .map(OwnRuleFile::read)
          .toList();
    } catch (IOException unreadable) {
      LOG.warn("The rules in {} cannot be read; what was read before counts", folder, unreadable);
      return files;
    }
  }

  private void tell(List<OwnRuleFile> found) {
    List<String> told = files.stream().map(file -> file.sha256() + file.problem()).toList();
    for (OwnRuleFile file : found) {
      if (file.problem() != null && !told.contains(file.sha256() + file.problem())) {
        LOG.error("Command rules are not used: {}", file.problem());
      }
    }
  }
}
