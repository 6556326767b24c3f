/** The one gate. Begin reading at {@link org.jarvis.core.action.ActionPipeline}. */
@NullMarked
package org.jarvis.core.action;

import org.jspecify.annotations.NullMarked;
