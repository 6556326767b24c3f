package org.jarvis.lab.shell;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is logged in to a machine.
 *
 * @param machine where
 * @param user as whom
 * @param folder where they are
 * @param screen their terminal, or null where there is none
 * @param threads where the programs of a pipe run, each on one of its own
 */
public record Login(
    Machine machine, String user, String folder, @Nullable Screen screen, Executor threads) {

  boolean isRoot() {
    return user.equals("root");
  }

  /** The folder that is theirs. */
  String home() {
    return isRoot() ? "/root" : "/home/" + user;
  }

  Login on(Machine other) {
    return new Login(other, "root", "/root", screen, threads);
  }

  Login as(String other) {
    return new Login(machine, other, folder, screen, threads);
  }

  Login in(String newFolder) {
    return new Login(machine, user, newFolder, screen, threads);
  }
}
