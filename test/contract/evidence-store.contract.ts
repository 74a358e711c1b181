import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type Capture, type EvidenceId, NotFoundError, newId } from '#libs/domain';
import { type EvidenceStore, leafHash, type SealTransaction, treeHead } from '#libs/evidence';
import { aCapture, anExchange, aRunInStore, type RunInStore, visitRows } from '../support/captures';

/** An adapter ready to be put to the test. */
export interface OpenedEvidence {
  readonly evidence: EvidenceStore;
  /** The database beside it, for the rows that a stage would write. */
  readonly db: SealTransaction;
  close(): Promise<void>;
}

const EMPTY_ROOT = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const nothing = (): Promise<void> => Promise.resolve();

/** The promise of every evidence store. `open` gives an empty one, each time another. */
export function describeEvidenceStore(adapter: string, open: () => Promise<OpenedEvidence>): void {
  describe(`evidence store: ${adapter}`, () => {
    let opened: OpenedEvidence;
    let run: RunInStore;
    const seal = (captures: readonly Capture[]) => opened.evidence.append(run.runId, captures, visitRows(captures));
    const several = (count: number) => Array.from({ length: count }, (_, at) => aCapture({ run, html: `<p>${at}` }));
    const visitsKept = async () =>
      (await opened.db.query<{ n: string }>('select count(*)::text as n from visit')).rows[0]?.n;

    beforeEach(async () => {
      opened = await open();
      run = await aRunInStore(opened.db);
    });
    afterEach(() => opened.close());

    it('has no problems and the empty root while nothing is sealed', async () => {
      expect(await opened.evidence.state()).toEqual({ treeSize: 0, root: EMPTY_ROOT });
      expect(await opened.evidence.verify()).toEqual({ treeSize: 0, root: EMPTY_ROOT, checkedParts: 0, problems: [] });
    });

    it('gives the captures of one append consecutive places, in their order', async () => {
      const captures = several(5);
      const sealed = await seal(captures);
      expect(sealed.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
      expect(sealed.map(({ record }) => record.visitId)).toEqual(captures.map(({ visit }) => visit.id));
      expect((await seal(several(2))).map(({ index }) => index)).toEqual([5, 6]);
    });

    it('keeps the captures of one append together when many append at once', async () => {
      const groups = await Promise.all(Array.from({ length: 20 }, (_, at) => seal(several(1 + (at % 4)))));
      for (const sealed of groups) {
        const first = sealed[0]?.index ?? NaN;
        expect(sealed.map(({ index }) => index)).toEqual(sealed.map((_, at) => first + at));
      }
      const places = groups.flat().map(({ index }) => index);
      expect(places.sort((a, b) => a - b)).toEqual(places.map((_, at) => at));
    });

    it('appends all of a group or none', async () => {
      const [first, second] = several(2) as [Capture, Capture];
      const twice = { ...second, visit: first.visit };
      await expect(seal([first, twice])).rejects.toThrow();
      expect(await opened.evidence.state()).toEqual({ treeSize: 0, root: EMPTY_ROOT });
      expect(await visitsKept()).toBe('0');
    });

    it('seals nothing when what runs alongside fails, and says why', async () => {
      const captures = several(2);
      const failing = opened.evidence.append(run.runId, captures, async (tx) => {
        await visitRows(captures)(tx);
        throw new Error('the findings could not be written');
      });
      await expect(failing).rejects.toThrow('the findings could not be written');
      expect(await opened.evidence.state()).toEqual({ treeSize: 0, root: EMPTY_ROOT });
      expect(await visitsKept()).toBe('0');
      expect((await seal(several(1)))[0]?.index).toBe(0);
      expect((await opened.evidence.verify()).problems).toEqual([]);
    });

    it('lets only the call fail whose own rows fail, not those it shares a turn with', async () => {
      const calls = Array.from({ length: 12 }, (_, at) => {
        const captures = several(2);
        const alongside = at % 5 === 3 ? () => Promise.reject(new Error(`call ${at}`)) : visitRows(captures);
        return opened.evidence.append(run.runId, captures, alongside);
      });
      const ended = await Promise.allSettled(calls);
      const failed = ended.flatMap((end, at) =>
        end.status === 'rejected' ? [[at, (end.reason as Error).message]] : [],
      );
      expect(failed).toEqual([
        [3, 'call 3'],
        [8, 'call 8'],
      ]);
      expect(await opened.evidence.verify()).toMatchObject({ treeSize: 20, problems: [], checkedParts: 20 });
    });

    it('lets only the call fail that seals a visit for the second time', async () => {
      const [known] = several(1) as [Capture];
      await seal([known]);
      const again = () => opened.evidence.append(run.runId, [known], nothing);
      const ended = await Promise.allSettled([seal(several(1)), again(), seal(several(1)), seal(several(1))]);
      expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
      expect(await opened.evidence.verify()).toMatchObject({ treeSize: 4, problems: [] });
    });

    it('runs what comes alongside also when there is nothing to seal', async () => {
      const unseen = several(1);
      expect(await opened.evidence.append(run.runId, [], visitRows(unseen))).toEqual([]);
      expect(await visitsKept()).toBe('1');
    });

    it('gives back the very bytes it was given', async () => {
      const bytes = Buffer.from(Array.from({ length: 3000 }, (_, at) => at % 256));
      const gbk = Buffer.from('d5e2cac7b7e7cfd5b1b8b8b6bdf0', 'hex');
      const [sealed] = await seal([
        aCapture({
          run,
          parts: [
            { name: 'exchange-0', kind: 'exchange', exchange: anExchange({ body: bytes }) },
            { name: 'exchange-1', kind: 'exchange', exchange: anExchange({ body: gbk, isBodyDecoded: true }) },
            { name: 'exchange-2', kind: 'exchange', exchange: anExchange({ body: Buffer.alloc(0), status: 204 }) },
            { name: 'dom', kind: 'resource', mediaType: 'text/html', bytes: Buffer.from('<p>\r\n\r\n备付金') },
            { name: 'screenshot', kind: 'resource', mediaType: 'image/png', bytes },
          ],
        }),
      ]);
      const id = sealed?.id as EvidenceId;
      const given = {
        'exchange-0': bytes,
        'exchange-1': gbk,
        'exchange-2': Buffer.alloc(0),
        screenshot: bytes,
      } as const;
      for (const [name, expected] of Object.entries(given)) {
        expect(Buffer.from(await opened.evidence.read(id, name as 'dom')).equals(expected)).toBe(true);
      }
      expect(Buffer.from(await opened.evidence.read(id, 'dom')).toString()).toBe('<p>\r\n\r\n备付金');
    });

    it('gives back an answer with its headers in their order, and the body beside them', async () => {
      const responseHeaders = [
        ['Set-Cookie', 'a=1; path=/'],
        ['set-cookie', 'b=2:3'],
        ['Content-Encoding', 'br'],
        ['Transfer-Encoding', 'chunked'],
        ['X-Title', '\xe9\xff'],
      ] as const;
      const exchange = anExchange({ responseHeaders, body: Buffer.from('\r\n\r\nbody') });
      const [sealed] = await seal([aCapture({ run, parts: [{ name: 'exchange-0', kind: 'exchange', exchange }] })]);
      const answer = await opened.evidence.readAnswer(sealed?.id as EvidenceId, 'exchange-0');
      expect(Buffer.from(answer.body).toString()).toBe('\r\n\r\nbody');
      expect(answer.responseHeaders).toEqual([
        ...responseHeaders.slice(0, 3),
        ['x-orig-Transfer-Encoding', 'chunked'],
        ['X-Title', '\xe9\xff'],
        ['Content-Length', '8'],
      ]);
      await expect(opened.evidence.readAnswer(sealed?.id as EvidenceId, 'exchange-1')).rejects.toThrow(NotFoundError);
    });

    it('seals each part with the SHA-256, the SM3 and the length of its bytes', async () => {
      const [sealed] = await seal([aCapture({ run, html: 'abc' })]);
      expect(sealed?.record.parts[0]).toMatchObject({
        sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
        sm3: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
        byteLength: 3,
      });
    });

    it('gives back the evidence that it gave when sealing', async () => {
      const [sealed] = await seal([aCapture({ run, incomplete: ['exchange-3: too large'] })]);
      expect(await opened.evidence.get(sealed?.id as EvidenceId)).toEqual(sealed);
      expect(sealed?.record.incomplete).toEqual(['exchange-3: too large']);
    });

    it('hashes each leaf over the canonical form of its record, and the root over all leaves', async () => {
      const sealed = [...(await seal(several(3))), ...(await seal(several(4)))];
      const leaves = sealed.map(({ record }) => leafHash(Buffer.from(canonicalize(record) ?? '')));
      expect(sealed.map((one) => one.leafHash)).toEqual(leaves.map((leaf) => leaf.toString('hex')));
      expect(await opened.evidence.state()).toEqual({ treeSize: 7, root: treeHead(leaves) });
      const byHand = createHash('sha256')
        .update('\0')
        .update(canonicalize(sealed[0]?.record) ?? '')
        .digest('hex');
      expect(sealed[0]?.leafHash).toBe(byHand);
    });

    it('says so when there is no such evidence or no such part', async () => {
      const [sealed] = await seal(several(1));
      await expect(opened.evidence.get(newId())).rejects.toThrow(NotFoundError);
      await expect(opened.evidence.get('1 or 1=1' as EvidenceId)).rejects.toThrow(NotFoundError);
      await expect(opened.evidence.read(newId(), 'dom')).rejects.toThrow(NotFoundError);
      await expect(opened.evidence.read(sealed?.id as EvidenceId, 'screenshot')).rejects.toThrow(NotFoundError);
    });

    it.each([
      ['update', `update evidence set captured_at = now()`],
      ['delete', `delete from evidence`],
      ['truncate', `truncate evidence cascade`],
    ])('refuses %s', async (_, statement) => {
      const [sealed] = await seal(several(1));
      await expect(opened.db.query(statement)).rejects.toThrow(/sealed|cannot be emptied/);
      expect(await opened.evidence.get(sealed?.id as EvidenceId)).toEqual(sealed);
    });

    it('takes texts that no database takes as they are', async () => {
      const url = 'http://p2p.example/\u0000\ud800?q=\r\nX: y';
      const parts = [
        { name: 'dom', kind: 'resource', mediaType: 'text/html\r\nX-Injected: 1', bytes: Buffer.from('x') },
      ] as const;
      const [sealed] = await seal([
        aCapture({ run, parts, visit: { finalUrl: url, requestedUrl: url }, incomplete: [url] }),
      ]);
      expect(await opened.evidence.get(sealed?.id as EvidenceId)).toEqual(sealed);
      expect(sealed?.record.finalUrl).toBe('http://p2p.example/%00\ufffd?q=\r\nX: y');
      expect(await opened.evidence.verify()).toMatchObject({ treeSize: 1, problems: [] });
    });

    it('seals a capture without parts, since that nothing came is evidence too', async () => {
      const [sealed] = await seal([aCapture({ run, parts: [], incomplete: ['no answer'] })]);
      expect(sealed?.record.parts).toEqual([]);
      expect(await opened.evidence.verify()).toMatchObject({ treeSize: 1, checkedParts: 0, problems: [] });
    });

    it('goes on after it was closed', async () => {
      await seal(several(2));
      await opened.evidence.close();
      expect((await seal(several(1)))[0]?.index).toBe(2);
      await opened.evidence.close();
      await opened.evidence.close();
      expect(await opened.evidence.verify()).toMatchObject({ treeSize: 3, problems: [], checkedParts: 3 });
    });
  });
}
