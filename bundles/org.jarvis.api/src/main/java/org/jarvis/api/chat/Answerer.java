package org.jarvis.api.chat;

import java.math.BigDecimal;
import org.jarvis.api.llm.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * Who answered, and what that took: all exchanges of one message together.
 *
 * @param provider the provider's id
 * @param title the provider's title, for people
 * @param model the model's name
 * @param leavesTheHouse whether what was said left the operator's own networks
 * @param usage what it used, as far as the server told
 * @param cost what it cost, {@code null} where that is not known
 * @param currency of the cost, three letters; {@code null} where there is none
 */
public record Answerer(
    String provider,
    String title,
    String model,
    boolean leavesTheHouse,
    TokenUsage usage,
    @Nullable BigDecimal cost,
    @Nullable String currency) {}
