package org.jarvis.core.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentSchemaTest {
  private final ArgumentSchema schema =
      ArgumentSchema.of(
          new ToolDefinition(
              "tune_vm",
              "Tune",
              "For tests.",
              """
              {"type": "object", "additionalProperties": false, "properties": {
                "vmid": {"type": "integer", "minimum": 100, "maximum": 999},
                "share": {"type": "number"},
                "status": {"enum": ["running", "stopped"]},
                "parts": {"type": "array", "items": {"type": "object", "additionalProperties": false,
                  "properties": {"deep": {"type": "number"}, "name": {"type": "string"}}}}}}
              """,
              ResourceKind.GUEST,
              Effect.CHANGES,
              true,
              Duration.ofSeconds(1),
              null));

  private JarvisException refusal(Map<String, ?> values) {
    JarvisException refused =
        catchThrowableOfType(
            JarvisException.class, () -> schema.check(new Arguments(Map.copyOf(values))));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENTS);
    return refused;
  }

  /** Each would fill the memory where it is compared with the words of a list, or written out. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "0e999999999",
        "1e2147483647",
        "1e-2147483647",
        "1e401"
      })
  void refusesNumbersThatAreVastOnceWrittenOut(String number) {
    assertThat(refusal(Map.of("vmid", new BigDecimal(number))).fields())
        .extracting(FieldError::field)
        .containsExactly("vmid");
    assertThat(refusal(Map.of("share", new BigDecimal(number))).fields())
        .extracting(FieldError::field)
        .containsExactly("share");
    assertThat(refusal(Map.of("status", new BigDecimal(number))).fields())
        .extracting(FieldError::field)
        .containsExactly("status");
  }

  @Test
  void findsThemAtAnyDepth() {
    assertThat(
            refusal(Map.of("parts", List.of(Map.of(), Map.of("deep", new BigDecimal("1e999999")))))
                .fields())
        .extracting(FieldError::field)
        .containsExactly("parts/1/deep");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.7976931348623157e308", "-4.9e-324", "0.000001", "12345678901234567890"})
  void takesEveryNumberThatADoubleHolds(String number) {
    assertThatCode(() -> schema.check(new Arguments(Map.of("share", new BigDecimal(number)))))
        .doesNotThrowAnyException();
  }

  @Test
  void namesWhatDoesNotFit() {
    assertThat(refusal(Map.of("vmid", 99)).fields())
        .extracting(FieldError::field)
        .containsExactly("vmid");
    assertThat(refusal(Map.of("vmid", 100, "confirmed", true)).fields())
        .extracting(FieldError::field)
        .containsExactly("confirmed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"object\"}",
        "{\"type\": \"object\", \"additionalProperties\": true}",
        "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"string\"}}",
        "{\"type\": \"array\"}",
        "{\"type\": \"array\", \"items\": {\"type\": \"object\"}}",
        "{\"type\": [\"object\", \"null\"]}",
        "{\"type\": \"object\", \"additionalProperties\": false, \"patternProperties\": {}}",
        "{\"$ref\": \"#/properties/other\"}",
        "{\"description\": \"anything\"}",
        "{}",
        "true"
      })
  void takesNoToolWhoseSchemaIsOpenAtAnyDepth(String open) {
    assertThatThrownBy(
            () ->
                ArgumentSchema.of(
                    ToolDefinition.observing(
                        "look_around",
                        "Look",
                        "For tests.",
                        "{\"type\": \"object\", \"additionalProperties\": false,"
                            + " \"properties\": {\"part\": "
                            + open
                            + "}}",
                        ResourceKind.GUEST)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("look_around at /part");
  }
}
