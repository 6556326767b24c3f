package org.jarvis.api.llm;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;

/**
 * What a provider is.
 *
 * @param id its stable name, lower case words joined by hyphens, such as {@code claude}; usage and
 *     answers are recorded under it
 * @param title for people, such as {@code Claude}; at most {@value #MAX_TITLE} characters
 * @param model the model's name as its server knows it
 * @param destination which host what is asked goes to, with the port where that is not the usual
 *     one; empty where it does not leave this process
 * @param leavesTheHouse whether that host is outside of the operator's own networks
 * @param capabilities what it can do
 * @param prices what it costs; {@code null} where that is not known, which is not the same as
 *     {@link PriceList#FREE}
 */
public record ProviderDefinition(
    String id,
    String title,
    String model,
    String destination,
    boolean leavesTheHouse,
    ModelCapabilities capabilities,
    @Nullable PriceList prices) {
  /** The longest id, in characters. */
  public static final int MAX_ID = 32;

  /** The longest title, in characters. */
  public static final int MAX_TITLE = 60;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*");

  /** Refuses what could not be addressed or shown. */
  public ProviderDefinition {
    if (id.length() > MAX_ID || !NAME.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "A provider is named by lower case words joined by hyphens, of at most "
              + MAX_ID
              + " characters.");
    }
    title = InertText.line(title, MAX_TITLE);
    if (title.isEmpty() || model.isBlank()) {
      throw new IllegalArgumentException("The provider " + id + " needs a title and a model.");
    }
    if (destination.isEmpty() && leavesTheHouse) {
      throw new IllegalArgumentException(
          "The provider " + id + " does not say where what is asked goes to.");
    }
  }

  /** What it costs, as far as that is known. */
  public Optional<PriceList> priceList() {
    return Optional.ofNullable(prices);
  }
}
