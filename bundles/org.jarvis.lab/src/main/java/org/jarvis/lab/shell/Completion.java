package org.jarvis.lab.shell;

import java.util.ArrayList;
import java.util.List;

/** What a shell at a terminal says of itself: its prompt, its welcome, and how words can go on. */
public final class Completion {

  private static final List<String> BUILT_IN = List.of("cd", "exit", "export", "unset", "type");

  private Completion() {}

  /** In the way of Debian: {@code root@titan:~# }. */
  public static String prompt(Login login) {
    String folder = login.folder();
    String home = login.home();
    String shown =
        folder.equals(home) || folder.startsWith(home + "/")
            ? "~" + folder.substring(home.length())
            : folder;
    return login.user()
        + "@"
        + login.machine().name()
        + ":"
        + shown
        + (login.isRoot() ? "# " : "$ ");
  }

  /** What is shown to somebody who has logged in. */
  public static String welcome(Login login) {
    Machine machine = login.machine();
    return "Linux %s %s %s x86_64\n\n%s, simulated: nothing here is real. Type help for what there is.\n"
        .formatted(machine.name(), machine.kernel(), machine.kernelBuild(), machine.system());
  }

  /** How the last word of a text can go on: programs first, files afterwards. */
  public static List<String> of(Login login, String text) {
    String word = text.substring(text.lastIndexOf(' ') + 1);
    boolean first = text.strip().equals(word.strip()) || text.matches(".*[|;&]\\s*\\S*");
    List<String> found = new ArrayList<>();
    if (first && !word.contains("/")) {
      for (String name : Programs.names(login.machine())) {
        add(found, name, word);
      }
      BUILT_IN.forEach(name -> add(found, name, word));
      return found;
    }
    int slash = word.lastIndexOf('/');
    String folder = slash < 0 ? "" : word.substring(0, slash + 1);
    FileTree files = login.machine().files();
    String absolute = FileTree.absolute(login.folder(), folder.isEmpty() ? "." : folder);
    for (String name : files.names(absolute)) {
      boolean isFolder =
          files.at(FileTree.absolute(absolute, name)) instanceof FileTree.Entry.Folder;
      add(found, folder + name + (isFolder ? "/" : ""), word);
    }
    return found;
  }

  private static void add(List<String> found, String candidate, String word) {
    if (candidate.startsWith(word)) {
      found.add(candidate);
    }
  }
}
