package org.jarvis.api.panel;

import java.time.Instant;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.text.InertText;

/** A value in a panel. What is not known is {@link Unknown}, never zero and never empty. */
public sealed interface PanelValue {
  /** The longest text, in characters. */
  int MAX_TEXT = 120;

  /** A text; what is too long is cut. */
  static PanelValue of(String text) {
    return new Text(text);
  }

  /** A number. */
  static PanelValue of(double number) {
    return new Figure(number);
  }

  /** A moment. */
  static PanelValue of(Instant at) {
    return new Moment(at);
  }

  /** A resource, under a name for people. */
  static PanelValue of(ResourceRef ref, String name) {
    return new Link(ref, name);
  }

  /** What is not known. */
  static PanelValue unknown() {
    return new Unknown();
  }

  /**
   * A text.
   *
   * @param text the text, at most {@value #MAX_TEXT} characters
   */
  record Text(String text) implements PanelValue {
    /** Makes the text fit. */
    public Text {
      text = InertText.line(text, MAX_TEXT);
    }
  }

  /**
   * A number, in the unit that its column or figure names.
   *
   * @param number the number
   */
  record Figure(double number) implements PanelValue {
    /** Refuses what is no number. */
    public Figure {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("A value without a number is unknown.");
      }
    }
  }

  /**
   * A moment.
   *
   * @param at when
   */
  record Moment(Instant at) implements PanelValue {}

  /**
   * A resource; the page leads to it.
   *
   * @param ref its address
   * @param name how people call it, at most {@value #MAX_TEXT} characters
   */
  record Link(ResourceRef ref, String name) implements PanelValue {
    /** Makes the name fit; a resource without one goes by its address. */
    public Link {
      String fit = InertText.line(name, MAX_TEXT);
      name = fit.isEmpty() ? InertText.line(ref.toString(), MAX_TEXT) : fit;
    }
  }

  /** What is not known. */
  record Unknown() implements PanelValue {}
}
