import { describe, expect, it } from 'vitest';
import { jar } from '../../test/fixture/extensions';
import { cut, extension, listOf, tame } from './wire';

describe('words of others', () => {
  it('lose what would make one name look like another', () => {
    expect(tame('a\u202eb\u200bc\u2066d\ufeffe\u061cf\u0000g\u2028h')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg\ufffdh');
    expect(tame('Zoë’s 监控 🔑\n')).toBe('Zoë’s 监控 🔑\n');
  });
  it('are cut with a mark, never through a character', () => {
    expect(cut('short', 5)).toBe('short');
    expect(cut('longer', 4)).toBe('long…');
    expect(cut('abc🔑def', 4)).toBe('abc…');
  });
});

describe('an extension', () => {
  it('is bounded in every text', () => {
    const long = 'x'.repeat(5_000);
    const read = extension.parse(jar({ name: long, version: long, file: long, symbolicName: long, description: long, reason: long, asks: [long], signer: { subject: long, fingerprint: long } }));
    const lengths = [read.name, read.version, read.file, read.symbolicName, read.description, read.reason, read.asks[0], read.signer?.subject, read.signer?.fingerprint].map((text) => text?.length ?? 0);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(601);
  });
  it('with a state or checksum that this page does not know is left out, so nobody consents to it', () => {
    const list = listOf(extension).parse({ items: [jar(), jar({ state: 'sleeping' }), jar({ sha256: 'short' })] });
    expect(list.items).toHaveLength(1);
  });
});
