package org.jarvis.lab.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Edits a line at a terminal by the usual keys: arrows, Home, End, Delete, Ctrl-A, E, K, U, W, L, C
 * and D, the history, tabs that complete, and pastes in brackets. One thread at a time.
 */
final class LineEditor {

  private static final int ESCAPE = 27;
  private static final int MOST_HISTORY = 500;
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int ESCAPE_MILLIS = 50;
  private static final String PASTE_END = "\u001b[201~";

  private final Keyboard keyboard;
  private final OutputStream out;
  private final IntSupplier columns;
  private final Function<String, List<String>> completions;
  private final List<String> history = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();
  private String prompt = "";
  private int cursor;
  private int shownRow;
  private int place;

  /**
   * An editor.
   *
   * @param completions what a word can go on as, for the text up to the cursor
   */
  LineEditor(
      Keyboard keyboard,
      OutputStream out,
      IntSupplier columns,
      Function<String, List<String>> completions) {
    this.keyboard = keyboard;
    this.out = out;
    this.columns = columns;
    this.completions = completions;
  }

  /** What a person decided on: a line, or that it came to nothing. */
  record Entry(String text, boolean interrupted) {}

  /** The next line, or null where there are no more. */
  @Nullable Entry read(String newPrompt) throws IOException {
    prompt = newPrompt;
    line.setLength(0);
    cursor = 0;
    shownRow = 0;
    place = history.size();
    write("\u001b[?2004h" + prompt);
    while (true) {
      int key = keyboard.next(0);
      switch (key) {
        case '\r', '\n' -> {
          return finished(false);
        }
        case 3 -> {
          write("^C");
          return finished(true);
        }
        case 4 -> {
          if (line.length() == 0) {
            write("\u001b[?2004l\r\n");
            return null;
          }
          delete();
        }
        case ESCAPE -> sequence();
        default -> edit(key);
      }
    }
  }

  private Entry finished(boolean interrupted) throws IOException {
    cursor = line.length();
    place();
    write("\r\n\u001b[?2004l");
    String text = interrupted ? "" : line.toString();
    boolean anew = history.isEmpty() || !history.get(history.size() - 1).equals(text);
    if (!text.isBlank() && anew) {
      history.add(text);
      if (history.size() > MOST_HISTORY) {
        history.remove(0);
      }
    }
    return new Entry(text, interrupted);
  }

  private void edit(int key) throws IOException {
    switch (key) {
      case 1 -> move(0);
      case 2 -> move(before(cursor));
      case 5 -> move(line.length());
      case 6 -> move(after(cursor));
      case 8, 127 -> {
        int from = before(cursor);
        line.delete(from, cursor);
        cursor = from;
        redraw();
      }
      case '\t' -> complete();
      case 11 -> {
        line.setLength(cursor);
        redraw();
      }
      case 12 -> {
        write("\u001b[H\u001b[2J");
        shownRow = 0;
        redraw();
      }
      case 14 -> recall(1);
      case 16 -> recall(-1);
      case 21 -> {
        line.delete(0, cursor);
        cursor = 0;
        redraw();
      }
      case 23 -> {
        int from = wordBefore();
        line.delete(from, cursor);
        cursor = from;
        redraw();
      }
      default -> {
        if (key >= ' ') {
          insert(character(key));
        }
      }
    }
  }

  /** The rest of a character in UTF-8, of which this is the first byte. */
  private String character(int first) throws IOException {
    int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(first);
    for (int i = 0; i < more; i++) {
      bytes.write(keyboard.next(0));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void insert(String text) throws IOException {
    if (line.length() + text.length() > MOST_CHARACTERS) {
      write("\u0007");
      return;
    }
    boolean atEnd = cursor == line.length();
    line.insert(cursor, text);
    cursor += text.length();
    int width = width(prompt) + width(line.toString());
    if (atEnd && width % columns.getAsInt() != 0 && text.indexOf('\n') < 0) {
      write(text);
      shownRow = width / columns.getAsInt();
    } else if (!keyboard.waiting()) {
      redraw();
    }
  }

  private void delete() throws IOException {
    line.delete(cursor, after(cursor));
    redraw();
  }

  private void move(int to) throws IOException {
    cursor = to;
    redraw();
  }

  private int before(int index) {
    return index == 0 ? 0 : line.offsetByCodePoints(index, -1);
  }

  private int after(int index) {
    return index == line.length() ? index : line.offsetByCodePoints(index, 1);
  }

  private int wordBefore() {
    int at = cursor;
    while (at > 0 && line.charAt(at - 1) == ' ') {
      at--;
    }
    while (at > 0 && line.charAt(at - 1) != ' ') {
      at--;
    }
    return at;
  }

  private void sequence() throws IOException {
    int next = keyboard.next(ESCAPE_MILLIS);
    if (next != '[' && next != 'O') {
      return;
    }
    StringBuilder parameters = new StringBuilder();
    int last = keyboard.next(ESCAPE_MILLIS);
    while ((last >= '0' && last <= '9') || last == ';') {
      parameters.append((char) last);
      last = keyboard.next(ESCAPE_MILLIS);
    }
    switch (last) {
      case 'A' -> recall(-1);
      case 'B' -> recall(1);
      case 'C' -> move(after(cursor));
      case 'D' -> move(before(cursor));
      case 'H' -> move(0);
      case 'F' -> move(line.length());
      case '~' -> numbered(parameters.toString());
      default -> {}
    }
  }

  private void numbered(String parameters) throws IOException {
    switch (parameters) {
      case "1", "7" -> move(0);
      case "4", "8" -> move(line.length());
      case "3" -> delete();
      case "200" -> paste();
      default -> {}
    }
  }

  /** What is pasted is text, whatever keys it looks like. */
  private void paste() throws IOException {
    ByteArrayOutputStream pasted = new ByteArrayOutputStream();
    byte[] end = PASTE_END.getBytes(StandardCharsets.US_ASCII);
    int matched = 0;
    while (matched < end.length) {
      int key = keyboard.next(0);
      pasted.write(key);
      matched = key == end[matched] ? matched + 1 : key == ESCAPE ? 1 : 0;
    }
    String text = pasted.toString(StandardCharsets.UTF_8);
    insert(
        text.substring(0, text.length() - end.length)
            .replace('\r', '\n')
            .replaceAll("[\\x00-\\x08\\x0b-\\x1f\\x7f]", ""));
    redraw();
  }

  private void recall(int step) throws IOException {
    int wanted = place + step;
    if (wanted < 0 || wanted > history.size()) {
      write("\u0007");
      return;
    }
    place = wanted;
    line.setLength(0);
    line.append(wanted == history.size() ? "" : history.get(wanted));
    cursor = line.length();
    redraw();
  }

  private void complete() throws IOException {
    String text = line.substring(0, cursor);
    List<String> found = completions.apply(text);
    String word = text.substring(text.lastIndexOf(' ') + 1);
    if (found.isEmpty()) {
      write("\u0007");
      return;
    }
    String common = found.get(0);
    for (String each : found) {
      while (!each.startsWith(common)) {
        common = common.substring(0, common.length() - 1);
      }
    }
    if (found.size() == 1) {
      insert(common.substring(word.length()) + (common.endsWith("/") ? "" : " "));
    } else if (common.length() > word.length()) {
      insert(common.substring(word.length()));
    } else {
      write("\r\n" + String.join("  ", found) + "\r\n");
      shownRow = 0;
      redraw();
    }
  }

  /** Draws prompt and line anew from where the prompt began. */
  private void redraw() throws IOException {
    StringBuilder text = new StringBuilder();
    if (shownRow > 0) {
      text.append("\u001b[").append(shownRow).append('A');
    }
    text.append("\r\u001b[J").append(prompt).append(line.toString().replace("\n", "\r\n"));
    write(text.toString());
    shownRow = rowAt(line.length());
    if (endsAtEdge()) {
      write(" \r");
    }
    place();
  }

  private boolean endsAtEdge() {
    int width = width(prompt) + width(line.toString());
    return width > 0 && width % columns.getAsInt() == 0 && line.indexOf("\n") < 0;
  }

  /** Puts the cursor where it belongs, from wherever the last row was left. */
  private void place() throws IOException {
    int row = rowAt(cursor);
    StringBuilder text = new StringBuilder("\r");
    if (shownRow > row) {
      text.append("\u001b[").append(shownRow - row).append('A');
    } else if (row > shownRow) {
      text.append("\u001b[").append(row - shownRow).append('B');
    }
    int column = columnAt(cursor);
    if (column > 0) {
      text.append("\u001b[").append(column).append('C');
    }
    write(text.toString());
    shownRow = row;
  }

  private int rowAt(int index) {
    int across = columns.getAsInt();
    int row = 0;
    int width = width(prompt);
    for (String part : line.substring(0, index).split("\n", -1)) {
      width += width(part);
      row += width / across + 1;
      width = 0;
    }
    return row - 1;
  }

  private int columnAt(int index) {
    String text = line.substring(0, index);
    int lineBreak = text.lastIndexOf('\n');
    int width = lineBreak < 0 ? width(prompt) + width(text) : width(text.substring(lineBreak + 1));
    return width % columns.getAsInt();
  }

  /** In cells: what is from East Asia or a picture takes two. */
  static int width(String text) {
    String plain = text.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "");
    return plain
        .codePoints()
        .map(
            point ->
                point < ' ' || Character.getType(point) == Character.NON_SPACING_MARK
                    ? 0
                    : (point >= 0x1100 && Character.isIdeographic(point))
                            || (point >= 0xAC00 && point <= 0xD7A3)
                            || (point >= 0xFF00 && point <= 0xFF60)
                            || (point >= 0x1F300 && point <= 0x1FAFF)
                        ? 2
                        : 1)
        .sum();
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
