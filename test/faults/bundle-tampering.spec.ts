import { createPrivateKey } from 'node:crypto';
import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Store } from '#libs/persistence';
import { ExportDesk, Forgery, verified, verifiedByShell } from '../support/bundle';
import { anEmbeddedStore } from '../support/stores';

jest.setTimeout(60_000);

interface Place {
  readonly line: string;
  readonly offset: number;
  readonly length: number;
}

const ARCHIVE = 'data/warc/evidence.warc.gz';
const PLACES = 'data/warc/places.txt';

function placeOf(forgery: Forgery, pattern: RegExp): Place {
  const line =
    forgery
      .bytes(PLACES)
      .toString()
      .split('\n')
      .find((one) => pattern.test(one)) ?? '';
  const [, , , offset, length] = line.split(' ');
  return { line, offset: Number(offset), length: Number(length) };
}

/** Puts another record of the same kind in the place of one, and moves the list of places with it. */
function exchangeRecord(forgery: Forgery, pattern: RegExp, change: (record: string) => string): void {
  const archive = forgery.bytes(ARCHIVE);
  const { line, offset, length } = placeOf(forgery, pattern);
  const record = gunzipSync(archive.subarray(offset, offset + length)).toString('latin1');
  const member = gzipSync(Buffer.from(change(record), 'latin1'));
  const rest = archive.subarray(offset + length);
  forgery.write(ARCHIVE, Buffer.concat([archive.subarray(0, offset), member, rest]));
  let isAfter = false;
  const grown = member.length - length;
  const moved = forgery
    .bytes(PLACES)
    .toString()
    .split('\n')
    .map((one) => {
      const [id, part, kind, at, size] = one.split(' ');
      if (one === line) {
        isAfter = true;
        return [id, part, kind, at, Number(size) + grown].join(' ');
      }
      return isAfter && one !== '' ? [id, part, kind, Number(at) + grown, size].join(' ') : one;
    });
  forgery.write(PLACES, moved.join('\n'));
}

describe('a bundle that somebody changed', () => {
  let store: Store;
  let desk: ExportDesk;
  let bundle: string;
  let older: string;
  let fingerprint: string;

  beforeAll(async () => {
    store = await anEmbeddedStore();
    desk = await ExportDesk.on(store);
    older = await desk.export({ kind: 'run', id: (await desk.aFinding(3)).run }, 'older');
    bundle = await desk.export({ kind: 'finding', id: (await desk.aFinding()).finding }, 'bundle');
    fingerprint = (await desk.transparency.key()).fingerprint;
  });
  afterAll(async () => {
    await desk.close();
    await store.close();
  });

  it('verifies while nobody did, by the verifier and by the commands of its instructions', async () => {
    expect(await verified(bundle, fingerprint)).toMatchObject({ exitCode: 0, codes: [] });
    expect(JSON.parse((await verified(bundle, fingerprint)).output)).toMatchObject({
      evidence: 3,
      parts: 9,
      quotes: { standing: 3, unconfirmed: [] },
      timestamp: 'missing',
    });
    expect(await verifiedByShell(bundle, fingerprint)).toMatchObject({ exitCode: 0, output: 'INTACT\n' });
  });

  // Whoever only changes a file is told by the lists; whoever mends the lists, by the signature; whoever could sign too,
  // by the log: so each change is also tried with everything signed anew by the very key of the house.
  const changes: [string, string, (forgery: Forgery) => void][] = [
    [
      'a bit turned in the archive',
      'record-altered',
      (it) => {
        const bytes = it.bytes(ARCHIVE);
        const { offset, length } = placeOf(it, / dom payload /);
        bytes[offset + length - 20] = (bytes[offset + length - 20] ?? 0) ^ 1;
        it.write(ARCHIVE, bytes);
      },
    ],
    [
      'a record dropped with its proof',
      'evidence-missing',
      (it) => {
        const first = it.firstRecord();
        const id = /([^/]+)\.json$/.exec(first)?.[1] ?? '';
        rmSync(it.at(first));
        it.edit('data/log/proofs.txt', (text) =>
          text
            .split('\n')
            .filter((line) => !line.startsWith(id))
            .join('\n'),
        );
      },
    ],
    ['a record dropped alone', 'record-missing', (it) => rmSync(it.at(it.firstRecord()))],
    [
      'proofs in another order',
      'order-altered',
      (it) => {
        it.edit('data/log/proofs.txt', (text) => [...text.trim().split('\n').reverse(), ''].join('\n'));
      },
    ],
    [
      'a record dated anew',
      'proof-invalid',
      (it) => {
        it.edit(it.firstRecord(), (text) => text.replace(/"capturedAt":"2018-03-01/, '"capturedAt":"2018-02-01'));
      },
    ],
    [
      'a WARC record dated anew',
      'record-altered',
      (it) => {
        exchangeRecord(it, / dom payload /, (record) => record.replace('WARC-Date: 2018', 'WARC-Date: 2017'));
      },
    ],
    [
      'a header added to an answer',
      'record-altered',
      (it) => {
        exchangeRecord(it, / exchange-0 payload /, (record) => record.replace('HTTP/1.1 200 OK', 'HTTP/1.1 201 OK'));
      },
    ],
    ['an archive cut short', 'part-altered', (it) => it.write(ARCHIVE, it.bytes(ARCHIVE).subarray(0, -40))],
    [
      'the archive of an older bundle',
      'record-altered',
      (it) => it.write(ARCHIVE, readFileSync(`${older}/${ARCHIVE}`)),
    ],
    [
      'an older checkpoint',
      'proof-invalid',
      (it) => {
        it.write('data/log/checkpoint', readFileSync(`${older}/data/log/checkpoint`));
      },
    ],
    [
      'a rewritten hash of a proof',
      'proof-invalid',
      (it) => {
        it.edit('data/log/proofs.txt', (text) => text.replace(/[0-9a-f]{64}/, 'ab'.repeat(32)));
      },
    ],
    [
      'another root in the checkpoint',
      'checkpoint-altered',
      (it) => {
        it.edit('data/log/checkpoint', (text) => text.replace(/^[A-Za-z0-9+/]{43}=$/m, `${'A'.repeat(43)}=`));
      },
    ],
  ];

  it.each(changes)('is named: %s', async (_, code, change) => {
    const forgery = Forgery.of(bundle);
    try {
      change(forgery);
      expect(await verified(forgery.bundle, fingerprint)).toMatchObject({ exitCode: 7 });
      expect((await verifiedByShell(forgery.bundle, fingerprint)).exitCode).not.toBe(0);
      forgery.listAnew();
      expect((await verified(forgery.bundle, fingerprint)).codes).toContain('signature-invalid');
      forgery.signList(createPrivateKey(readFileSync(desk.keyFile())));
      const { exitCode, codes } = await verified(forgery.bundle, fingerprint);
      expect([exitCode, codes]).toEqual([7, expect.arrayContaining([code])]);
      expect(codes).not.toContain('signature-invalid');
      // The commands read no report; all else they must see as well.
      const shell = await verifiedByShell(forgery.bundle, fingerprint);
      if (code !== 'evidence-missing')
        expect([shell.exitCode, shell.output]).toEqual([7, expect.stringContaining('ALTERED')]);
    } finally {
      forgery.clear();
    }
  });

  it.each<[string, string, (forgery: Forgery) => void]>([
    ['a file beside the others', 'file-unlisted', (it) => it.write('data/extra.txt', 'x')],
    ['a file beside the lists', 'file-unlisted', (it) => it.write('timestamp.tsr', 'x')],
    ['a link out of the bundle', 'file-unlisted', (it) => symlinkSync('/etc/hostname', it.at('data/extra.txt'))],
    ['a changed report', 'file-altered', (it) => it.edit('data/report.json', (text) => text.replace('"S1"', '"S4"'))],
    ['a changed rule', 'file-altered', (it) => it.edit('data/pack/pack.yml', (text) => `${text}# x\n`)],
    [
      'a list of another bundle',
      'file-missing',
      (it) => {
        it.write('manifest-sha256.txt', readFileSync(`${older}/manifest-sha256.txt`));
      },
    ],
    ['no signature', 'signature-missing', (it) => rmSync(it.at('tagmanifest-sha256.txt.sig'))],
    ['everything signed by another key', 'key-other', (it) => it.signAnew()],
  ])('is named: %s', async (_, code, change) => {
    const forgery = Forgery.of(bundle);
    try {
      change(forgery);
      const { exitCode, codes } = await verified(forgery.bundle, fingerprint);
      expect([exitCode, codes]).toEqual([7, expect.arrayContaining([code])]);
      expect((await verifiedByShell(forgery.bundle, fingerprint)).exitCode).not.toBe(0);
    } finally {
      forgery.clear();
    }
  });

  it('is not exported at all when the store no longer holds the bytes that were sealed', async () => {
    const { finding } = await desk.aFinding();
    await desk.export({ kind: 'finding', id: finding }, 'before');
    await store.inTransaction(async (tx) => {
      await tx.query(`set local session_replication_role = 'replica'`);
      await tx.query(
        `update evidence set record = jsonb_set(record, '{parts,1,warc,sha256}', '"00"') where id =
           (select evidence_id from finding_place where finding_id = $1 limit 1)`,
        [finding],
      );
    });
    await expect(desk.export({ kind: 'finding', id: finding }, 'after')).rejects.toThrow(/sealed as 00/);
  });
});
