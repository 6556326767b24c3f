package org.jarvis.itests.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small disk with a file system of its own, ext4 in a file, that only one process and its
 * children see. It can be made read-only under them: Linux refuses to mount a disk read-only on
 * which files are open for writing, as those of a database always are, but ext4 does it by itself
 * when it meets an error, and can be told to. As with a real disk, there is no way back but to
 * check it and to mount it anew. Only the system's administrator can make one.
 */
final class FailingDisk {
  /** From here on e2fsck has not mended what it found. */
  private static final String NOT_MENDED = "4";

  private final Path folder;
  private final Path image;

  /** A disk that is to be at this folder, and is kept in this file, which must not be on it. */
  FailingDisk(Path folder, Path image) {
    this.folder = folder.toAbsolutePath();
    this.image = image.toAbsolutePath();
  }

  /** Whether this machine lets us make one. */
  static boolean possible(Path anywhere) throws IOException {
    Path folder = Files.createDirectories(anywhere.resolve("ext4-trial"));
    FailingDisk trial = new FailingDisk(folder, anywhere.resolve("ext4-trial.image"));
    try {
      trial.format("2m");
      List<String> words = new ArrayList<>(trial.starter());
      words.add("true");
      return Commands.run(folder, words.toArray(String[]::new)).exitCode() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    } finally {
      Files.deleteIfExists(trial.image);
    }
  }

  /** Makes it, of this size, such as {@code 200m}. */
  void format(String size) throws IOException {
    run("truncate", "-s", size, image.toString());
    run("mkfs.ext4", "-q", "-m", "0", image.toString());
  }

  /** The words to put before a command to start it with this disk. */
  List<String> starter() {
    return List.of(
        "unshare",
        "--mount",
        "sh",
        "-c",
        "mount -o loop \"$1\" \"$0\" && rmdir \"$0/lost+found\" && chmod 700 \"$0\" && shift"
            + " && exec \"$@\"",
        folder.toString(),
        image.toString());
  }

  /** Has ext4 do what it does when the disk fails: from now on nothing is written any more. */
  void fail(ProcessHandle process) throws IOException {
    within(process, "mount -o remount,abort \"$1\"");
  }

  /** Takes it away, checks it, and mounts it anew. */
  void mend(ProcessHandle process) throws IOException {
    within(
        process,
        "cp \"$2\" \"$2.mended\" && { e2fsck -fy \"$2.mended\" >/dev/null; test $? -lt "
            + NOT_MENDED
            + "; } && umount -l \"$1\" && mount -o loop \"$2.mended\" \"$1\"");
  }

  private void within(ProcessHandle process, String script) throws IOException {
    run(
        "nsenter",
        "--target",
        Long.toString(process.pid()),
        "--mount",
        "sh",
        "-c",
        script,
        "sh",
        folder.toString(),
        image.toString());
  }

  private static void run(String... command) throws IOException {
    Outcome outcome = Commands.run(Path.of("/"), command);
    if (outcome.exitCode() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + outcome.errors());
    }
  }
}
