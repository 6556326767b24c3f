package org.jarvis.console.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jarvis.api.text.InertText;

/**
 * {@code jarvis console}: sends commands to the Jarvis that runs on a data folder. With a command
 * it ends with that command's status; without one it reads commands line by line.
 */
public final class ConsoleMain {
  private static final String PROMPT = "jarvis> ";

  private final BufferedReader input;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean prompting;

  ConsoleMain(BufferedReader input, PrintStream out, PrintStream err, boolean prompting) {
    this.input = input;
    this.out = out;
    this.err = err;
    this.prompting = prompting;
  }

  /** Takes the data folder, then the words of a command. */
  public static void main(String[] arguments) {
    ConsoleMain client =
        new ConsoleMain(
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
            new PrintStream(System.out, true, StandardCharsets.UTF_8),
            new PrintStream(System.err, true, StandardCharsets.UTF_8),
            Boolean.getBoolean(
                "jarvis.console.prompting")); // the script knows if this is a terminal
    List<String> words = List.of(arguments);
    System.exit(client.run(Path.of(words.get(0)), words.subList(1, words.size())));
  }

  int run(Path data, List<String> words) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(ConsoleAddress.of(data)));
      BufferedReader replies =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
      OutputStream requests = Channels.newOutputStream(channel);
      return words.isEmpty()
          ? converse(replies, requests)
          : ask(words.size() == 1 ? words.get(0) : Quoting.join(words), replies, requests);
    } catch (IOException e) {
      err.println(
          "jarvis: the console does not answer ("
              + e.getMessage()
              + "). It is there shortly after Jarvis has started, for the user who started it.");
      return 1;
    }
  }

  private int converse(BufferedReader replies, OutputStream requests) throws IOException {
    if (prompting) {
      out.println("Commands of Jarvis; 'help' lists them, 'exit' leaves.");
    }
    int status = 0;
    while (true) {
      if (prompting) {
        out.print(PROMPT);
        out.flush();
      }
      String line = input.readLine();
      if (line == null || line.strip().equals("exit") || line.strip().equals("quit")) {
        return prompting ? 0 : status;
      }
      if (!line.isBlank()) {
        status = Math.max(status, ask(line, replies, requests));
      }
    }
  }

  private int ask(String command, BufferedReader replies, OutputStream requests)
      throws IOException {
    if (command.indexOf('\n') >= 0 || command.indexOf('\r') >= 0) {
      err.println("jarvis: a command is one line.");
      return 1;
    }
    requests.write((command + "\n").getBytes(StandardCharsets.UTF_8));
    requests.flush();
    for (String line = replies.readLine(); line != null; line = replies.readLine()) {
      // Root asks too, and whoever runs Jarvis may have put another program behind the socket.
      String text = line.isEmpty() ? "" : InertText.printed(line.substring(1));
      switch (line.isEmpty() ? ' ' : line.charAt(0)) {
        case Frame.OUTPUT -> out.println(text);
        case Frame.ERROR -> err.println("jarvis: " + text);
        case Frame.END -> {
          return text.equals("0") ? 0 : 1;
        }
        default -> throw new IOException("it speaks another language");
      }
    }
    throw new IOException("it hung up");
  }
}
