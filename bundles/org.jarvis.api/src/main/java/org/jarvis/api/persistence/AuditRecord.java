package org.jarvis.api.persistence;

/**
 * An entry of the audit log in its place in the chain.
 *
 * @param seq its number, from 1, without gap
 * @param entry what it says
 * @param hash SHA-256, in hex, over the hash of the record before it, its number and its entry
 */
public record AuditRecord(long seq, AuditEntry entry, String hash) {}
