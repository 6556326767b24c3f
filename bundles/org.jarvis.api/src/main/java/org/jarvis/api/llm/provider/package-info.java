/**
 * What those who write providers of language models share: one streaming exchange over HTTP with
 * its time-outs, bounds and cancelling, a queue that ends exactly once, an answer put together from
 * pieces, and a configuration that says what is wrong with it. Of use to providers alone.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.llm.provider;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
