package org.jarvis.safety.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jarvis.safety.command.grammar.RuleFile;
import org.jarvis.safety.command.grammar.RuleFileReader;
import org.jarvis.safety.command.grammar.RuleProblem;
import org.jspecify.annotations.Nullable;

/**
 * One of the operator's own rule files, as it was read.
 *
 * @param name its name
 * @param sha256 the hash of its content
 * @param rules what is in it; {@code null} when it cannot be used
 * @param problem why it cannot be used; {@code null} when it can
 */
record OwnRuleFile(String name, String sha256, @Nullable RuleFile rules, @Nullable String problem) {
  private static final long LARGEST = 1024 * 1024;

  /** Reads a file. Whatever is wrong with it is in the answer. */
  static OwnRuleFile read(Path path) {
    String name = String.valueOf(path.getFileName());
    try {
      if (Files.size(path) > LARGEST) {
        return new OwnRuleFile(name, "", null, name + ": The file is longer than a megabyte.");
      }
      byte[] content = Files.readAllBytes(path);
      String sha256 = sha256(content);
      try {
        RuleFile rules = RuleFileReader.read(name, new String(content, StandardCharsets.UTF_8));
        OwnRuleLimits.check(rules);
        return new OwnRuleFile(name, sha256, rules, null);
      } catch (RuleProblem problem) {
        return new OwnRuleFile(name, sha256, null, problem.getMessage());
      }
    } catch (IOException unreadable) {
      return new OwnRuleFile(
          name, "", null, name + ": The file cannot be read: " + unreadable.getMessage());
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has it
    }
  }

  /** The same content, of which something else is found to be wrong. */
  OwnRuleFile with(String found) {
    return new OwnRuleFile(name, sha256, null, found);
  }
}
