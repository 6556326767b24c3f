package org.jarvis.console.socket;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jarvis.console.client.Frame;
import org.jarvis.console.client.Quoting;

/** One visitor: takes commands until they leave or break the rules of the door. */
final class Visit {
  private static final int END_OF_INPUT = -1;

  private final InputStream requests;
  private final OutputStream replies;
  private final FrameStream output;
  private final FrameStream errors;
  private final Shells shells;
  private final Runnable heardOf;

  /**
   * A visit.
   *
   * @param heardOf told whenever the visitor is seen to be alive
   */
  Visit(InputStream requests, OutputStream replies, Shells shells, Runnable heardOf) {
    this.requests = requests;
    this.replies = new BufferedOutputStream(replies);
    this.output = new FrameStream(this.replies, Frame.OUTPUT);
    this.errors = new FrameStream(this.replies, Frame.ERROR);
    this.shells = shells;
    this.heardOf = heardOf;
  }

  void run() throws IOException {
    PrintStream out = new PrintStream(output, false, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(errors, false, StandardCharsets.UTF_8);
    try (Shell shell = shells.open(out, err)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = requests.read(); next != END_OF_INPUT; next = requests.read()) {
        if (next == '\n') {
          heardOf.run();
          boolean succeeded = answer(line.toByteArray(), shell, err);
          line.reset();
          out.flush();
          err.flush();
          end(succeeded);
          heardOf.run();
        } else if (line.size() < Frame.LONGEST_COMMAND) {
          line.write(next);
        } else {
          err.println("a command has at most " + Frame.LONGEST_COMMAND + " bytes.");
          err.flush();
          end(false);
          return;
        }
      }
    }
  }

  /** Says no to a visitor for whom there is no room. */
  static void refuse(OutputStream replies, String reason) throws IOException {
    replies.write(
        (Frame.ERROR + reason + "\n" + Frame.END + "1\n").getBytes(StandardCharsets.UTF_8));
    replies.flush();
  }

  private static boolean answer(byte[] line, Shell shell, PrintStream err) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString().strip();
      List<String> words = Quoting.split(text);
      return words.isEmpty() || shell.run(words);
    } catch (CharacterCodingException e) {
      err.println("a command is UTF-8 text.");
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
    }
    return false;
  }

  private void end(boolean succeeded) throws IOException {
    output.finish();
    errors.finish();
    replies.write((Frame.END + (succeeded ? "0" : "1") + "\n").getBytes(StandardCharsets.UTF_8));
    replies.flush();
  }
}
