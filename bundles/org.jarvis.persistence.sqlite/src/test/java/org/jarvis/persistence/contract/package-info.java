/**
 * What every provider of {@code org.jarvis.api.persistence} must do, as tests. They use the plain
 * API only; a provider extends each and hands in its stores.
 */
package org.jarvis.persistence.contract;
