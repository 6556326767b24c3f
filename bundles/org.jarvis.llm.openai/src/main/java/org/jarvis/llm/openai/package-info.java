/**
 * Models behind OpenAI's chat completions API, as llama-server, Ollama, vLLM, LM Studio and OpenAI
 * itself speak it.
 */
@NullMarked
package org.jarvis.llm.openai;

import org.jspecify.annotations.NullMarked;
