package org.jarvis.itests.system;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small disk that only one process and its children see, in a mount namespace of their own: it
 * can be filled and write-protected without harm to anybody else.
 */
final class PrivateDisk {
  private static final int BLOCK = 64 * 1024;

  private final Path folder;
  private final String size;

  /** A disk of this size, such as {@code 200m}, that is to be at this folder. */
  PrivateDisk(Path folder, String size) {
    this.folder = folder;
    this.size = size;
  }

  /** Whether this machine lets us make one. */
  static boolean possible(Path anywhere) throws IOException {
    Path folder = Files.createDirectories(anywhere.resolve("disk-trial"));
    String[] command = new PrivateDisk(folder, "1m").starter("").toArray(String[]::new);
    String[] whole = java.util.Arrays.copyOf(command, command.length + 1);
    whole[command.length] = "true";
    return Commands.run(folder, whole).exitCode() == 0;
  }

  /**
   * The words to put before a command to start it with this disk.
   *
   * @param options of the mount, such as {@code ro}; empty for none
   */
  List<String> starter(String options) {
    String mount =
        "mount -t tmpfs -o size=%s%s,mode=0700 tmpfs \"$0\" && exec \"$@\""
            .formatted(size, options.isEmpty() ? "" : "," + options);
    return root()
        ? List.of("unshare", "--mount", "sh", "-c", mount, folder.toString())
        : List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            mount,
            folder.toString());
  }

  /** Fills what is left of it, as the process sees it. */
  Path fill(ProcessHandle process) throws IOException {
    Path filler = seenBy(process).resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] block = new byte[BLOCK];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      return filler;
    }
  }

  /**
   * Fills it until no more than this is left.
   *
   * @param left in MiB
   */
  Path fillUpTo(ProcessHandle process, long left) throws IOException {
    Path filler = Files.createTempFile(seenBy(process), "filler", "");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] block = new byte[BLOCK];
      while (filler.toFile().getUsableSpace() > left << 20) {
        out.write(block);
      }
    }
    return filler;
  }

  /** Mounts it anew with this option, {@code ro} or {@code rw}. */
  void remount(ProcessHandle process, String option) throws IOException {
    String pid = Long.toString(process.pid());
    String[] command =
        root()
            ? new String[] {
              "nsenter", "--target", pid, "--mount", "mount", "-o", "remount," + option, path()
            }
            : new String[] {
              "nsenter",
              "--target",
              pid,
              "--user",
              "--preserve-credentials",
              "--mount",
              "mount",
              "-o",
              "remount," + option,
              path()
            };
    Outcome outcome = Commands.run(Path.of("/"), command);
    if (outcome.exitCode() != 0) {
      throw new IOException("The disk cannot be mounted anew: " + outcome.errors());
    }
  }

  private Path seenBy(ProcessHandle process) {
    return Path.of("/proc", Long.toString(process.pid()), "root" + path());
  }

  private String path() {
    return folder.toAbsolutePath().toString();
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }
}
