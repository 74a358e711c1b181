import { createHash } from 'node:crypto';
import { brotliCompressSync, gunzipSync } from 'node:zlib';
import { WARCParser, type WARCRecord } from 'warcio';
import { type Capture, type CapturePart, type Exchange, InputInvalidError } from '#libs/domain';
import { captureBytes } from './capture-bytes';

const exchange: Exchange = {
  url: 'http://p2p.example/?a=1',
  method: 'GET',
  requestHeaders: [['User-Agent', 'mingcha']],
  status: 200,
  statusText: 'OK',
  responseHeaders: [],
  body: Buffer.from('hello'),
  truncated: null,
  isBodyDecoded: false,
  remoteAddress: '203.0.113.7',
  startedAt: new Date('2018-03-01T01:30:00.123Z'),
};

const captureOf = (...parts: CapturePart[]): Capture =>
  ({
    visit: { id: 'v', finalUrl: 'http://p2p.example/终页' },
    capturedAt: new Date('2018-03-01T01:30:01.500Z'),
    parts,
    incomplete: [],
  }) as unknown as Capture;

const ids = (): (() => string) => {
  let count = 0;
  return () => `id-${(count += 1)}`;
};

const ofExchange = (more: Partial<Exchange>): Capture =>
  captureOf({ name: 'exchange-0', kind: 'exchange', exchange: { ...exchange, ...more } });

interface ReadRecord {
  readonly record: WARCRecord;
  readonly block: Buffer;
}

/** The records as warcio reads them. */
async function recordsOf(capture: Capture): Promise<ReadRecord[]> {
  const { members } = await captureBytes(capture, ids());
  const read: ReadRecord[] = [];
  for await (const record of new WARCParser([Buffer.concat(members)], { keepHeadersCase: true, parseHttp: false })) {
    read.push({ record, block: Buffer.from(await record.readFully(false)) });
  }
  return read;
}

async function responseOf(more: Partial<Exchange>): Promise<{ head: string[]; body: Buffer; record: WARCRecord }> {
  const [, response] = await recordsOf(ofExchange(more));
  const { block, record } = response as ReadRecord;
  const end = block.indexOf('\r\n\r\n');
  return { head: block.toString('latin1', 0, end).split('\r\n'), body: block.subarray(end + 4), record };
}

const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

describe('the records of an exchange', () => {
  it('are a request and its answer, which name each other', async () => {
    const [request, response] = (await recordsOf(ofExchange({}))) as [ReadRecord, ReadRecord];
    expect(request.record.warcHeaders.statusline).toBe('WARC/1.1');
    expect(request.record.warcType).toBe('request');
    expect(response.record.warcType).toBe('response');
    expect(request.record.warcHeader('WARC-Concurrent-To')).toBe(response.record.warcHeader('WARC-Record-ID'));
    expect(request.block.toString()).toBe('GET /?a=1 HTTP/1.1\r\nHost: p2p.example\r\nUser-Agent: mingcha\r\n\r\n');
    for (const one of [request, response]) {
      expect(one.record.warcTargetURI).toBe('http://p2p.example/?a=1');
      expect(one.record.warcDate).toBe('2018-03-01T01:30:00.123Z');
      expect(one.record.warcHeader('WARC-IP-Address')).toBe('203.0.113.7');
      expect(one.record.warcBlockDigest).toBe(sha256(one.block));
    }
    expect(response.record.warcPayloadDigest).toBe(sha256(exchange.body));
    expect(response.record.warcContentType).toBe('application/http; msgtype=response');
  });

  it('keep order, case and duplicates of the headers', async () => {
    const responseHeaders = [
      ['SET-cookie', 'a=1'],
      ['x-B', '2'],
      ['Set-Cookie', 'b=2, c=3'],
      ['X-b', ''],
    ] as const;
    const { head } = await responseOf({ responseHeaders });
    expect(head).toEqual([
      'HTTP/1.1 200 OK',
      ...['SET-cookie: a=1', 'x-B: 2', 'Set-Cookie: b=2, c=3', 'X-b: ', 'Content-Length: 5'],
    ]);
  });

  it('keep an encoded body and its encoding over plain HTTP, and undo only the transfer coding', async () => {
    const body = brotliCompressSync('<p>逾期全额垫付');
    const responseHeaders = [
      ['Transfer-Encoding', 'chunked'],
      ['Content-Encoding', 'br'],
    ] as const;
    const answer = await responseOf({ body, responseHeaders });
    expect(answer.head.slice(1)).toEqual([
      ...['x-orig-Transfer-Encoding: chunked', 'Content-Encoding: br', `Content-Length: ${body.length}`],
    ]);
    expect(answer.body.equals(body)).toBe(true);
  });

  it('say of a body that the browser decoded how it had come', async () => {
    const responseHeaders = [
      ['content-encoding', 'gzip'],
      ['Transfer-Encoding', 'chunked'],
      ['content-length', '4'],
    ] as const;
    const { head } = await responseOf({ isBodyDecoded: true, responseHeaders });
    expect(head.slice(1)).toEqual([
      ...['x-orig-content-encoding: gzip', 'x-orig-Transfer-Encoding: chunked', 'x-orig-content-length: 4'],
      'Content-Length: 5',
    ]);
  });

  it('keep a right length and set aside a wrong or second one', async () => {
    const right = await responseOf({
      responseHeaders: [
        ['content-length', '5'],
        ['Content-Length', '5'],
      ],
    });
    expect(right.head.slice(1)).toEqual(['content-length: 5', 'x-orig-Content-Length: 5']);
    const wrong = await responseOf({ responseHeaders: [['Content-Length', '99']] });
    expect(wrong.head.slice(1)).toEqual(['x-orig-Content-Length: 99', 'Content-Length: 5']);
  });

  it('say that a body ends early, and why', async () => {
    expect((await responseOf({ truncated: 'length' })).record.warcHeader('WARC-Truncated')).toBe('length');
    expect((await responseOf({})).record.warcHeader('WARC-Truncated')).toBeUndefined();
  });

  it.each([
    ['::1', '::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['1.2.3.4\r\nWARC-Type: resource', undefined],
    [null, undefined],
  ])('name the remote address only when it is one: %j', async (remoteAddress, named) => {
    expect((await responseOf({ remoteAddress })).record.warcHeader('WARC-IP-Address')).toBe(named);
  });

  it('give header bytes beyond ASCII back as they came', async () => {
    const { head } = await responseOf({
      responseHeaders: [
        ['X-Title', '\xe9\xff'],
        ['X-Wide', '备付金'],
      ],
    });
    expect(Buffer.from(head[1] ?? '', 'latin1').toString('hex')).toMatch(/e9ff$/);
    expect(Buffer.from(head[2] ?? '', 'latin1').toString()).toBe('X-Wide: 备付金');
  });

  it('cannot be broken by line ends and NUL in anything a server says', async () => {
    const evil = 'x\r\n\r\n<script>\nWARC-Type: resource\0';
    const capture = captureOf(
      {
        name: 'exchange-0',
        kind: 'exchange',
        exchange: {
          ...exchange,
          ...{ url: `http://p2p.example/${evil}`, method: evil, statusText: evil, status: NaN },
          requestHeaders: [[evil, evil]],
          responseHeaders: [
            [evil, evil],
            ['', ''],
            ['Content-Type', evil],
          ],
        },
      },
      { name: 'dom', kind: 'resource', mediaType: evil, bytes: Buffer.from(evil) },
    );
    const read = await recordsOf(capture);
    expect(read.map(({ record }) => record.warcType)).toEqual(['request', 'response', 'resource']);
    const [request, response, dom] = read.map(({ block }) => block.toString());
    expect(request?.trimEnd().split('\r\n')).toHaveLength(3);
    const [head, body] = [
      response?.slice(0, response.indexOf('\r\n\r\n')),
      response?.slice(response.indexOf('\r\n\r\n') + 4),
    ];
    expect(head?.split(/[\r\n]+/).map((line) => line.split(':')[0])).toEqual([
      ...['HTTP/1.1 000 x%0D%0A%0D%0A<script>%0AWARC-Type', 'x%0D%0A%0D%0A<script>%0AWARC-Type%3A%20resource%00'],
      ...['x-unnamed', 'Content-Type', 'Content-Length'],
    ]);
    expect(head).not.toContain('\0');
    expect([body, dom]).toEqual(['hello', evil]);
  });

  it('are refused when a head is larger than any reader takes', async () => {
    const many = Array.from({ length: 5 }, (_, at) => [`X-${at}`, 'y'.repeat(1024 * 1024)] as const);
    await expect(captureBytes(ofExchange({ responseHeaders: many }), ids())).rejects.toThrow(InputInvalidError);
  });

  it('are whole also for an address that does not parse', async () => {
    const [request] = await recordsOf(ofExchange({ url: 'not an address' }));
    expect(request?.block.toString()).toBe('GET not%20an%20address HTTP/1.1\r\nHost: \r\nUser-Agent: mingcha\r\n\r\n');
  });

  it('leave out what HTTP/2 says in pseudo-headers', async () => {
    const requestHeaders = [
      [':authority', 'p2p.example'],
      [':path', '/'],
      ['accept', '*/*'],
    ] as const;
    const [request] = await recordsOf(ofExchange({ requestHeaders }));
    expect(request?.block.toString()).toBe('GET /?a=1 HTTP/1.1\r\nHost: p2p.example\r\naccept: */*\r\n\r\n');
  });
});

describe('the records of a capture', () => {
  it('stand under the names that other web archives use', async () => {
    const resource = (name: 'dom' | 'layout' | 'screenshot' | 'pageinfo'): CapturePart => {
      return { name, kind: 'resource', mediaType: 'application/json', bytes: Buffer.from(name) };
    };
    const read = await recordsOf(captureOf(...(['dom', 'layout', 'screenshot', 'pageinfo'] as const).map(resource)));
    expect(read.map(({ record }) => record.warcTargetURI)).toEqual(
      ['dom', 'layout', 'fullPage', 'pageinfo'].map((kind) => `urn:${kind}:http://p2p.example/%E7%BB%88%E9%A1%B5`),
    );
    expect(read.map(({ record }) => record.warcDate)).toEqual(Array(4).fill('2018-03-01T01:30:01.500Z'));
    expect(read.map(({ record, block }) => record.warcPayloadDigest === sha256(block))).toEqual(Array(4).fill(true));
  });

  it('have their parts where the parts say', async () => {
    const second: CapturePart = { name: 'exchange-1', kind: 'exchange', exchange };
    const dom: CapturePart = { name: 'dom', kind: 'resource', mediaType: 'text/html', bytes: Buffer.from('<p>dom') };
    const { members, parts } = await captureBytes(captureOf(...ofExchange({}).parts, second, dom), ids());
    const all = Buffer.concat(members);
    for (const part of parts) {
      const record = gunzipSync(
        all.subarray(part.member.offset, part.member.offset + part.member.byteLength),
      ).toString();
      expect(record).toMatch(
        part.name === 'dom' ? /^WARC\/1\.1\r\n[^]*<p>dom\r\n\r\n$/ : /^WARC\/1\.1\r\n[^]*hello\r\n\r\n$/,
      );
    }
    const last = parts.at(-1);
    expect((last?.member.offset ?? 0) + (last?.member.byteLength ?? 0)).toBe(all.length);
  });

  it('are none for a capture without parts', async () => {
    expect(await captureBytes(captureOf(), ids())).toMatchObject({ members: [], parts: [] });
  });

  it('are refused when two parts have one name', async () => {
    const twice = captureOf(...ofExchange({}).parts, ...ofExchange({}).parts);
    await expect(captureBytes(twice, ids())).rejects.toThrow('exchange-0, exchange-0; expected each name once');
  });
});
