import { gzipMember } from './warc-record';

/** What every file says of itself before its first record. */
const ABOUT = [
  ['software', 'mingcha'],
  ['format', 'WARC File Format 1.1'],
  ['conformsTo', 'http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/'],
  [
    'description',
    'response payloads stand as received; where x-orig-content-encoding is said the browser had decoded them; ' +
      'transfer codings are always undone and said as x-orig-transfer-encoding; ' +
      'urn:dom, urn:layout, urn:fullPage and urn:pageinfo resources are what the browser made of the page',
  ],
] as const;

/** The `warcinfo` record with which a file begins. */
export async function fileOpening(file: {
  name: string;
  /** The run, or whatever else its records belong together by. */
  runId: string;
  recordId: string;
  at: Date;
}): Promise<Buffer> {
  const lines = [...ABOUT, ['isPartOf', file.runId] as const].map(([name, value]) => `${name}: ${value}\r\n`);
  return gzipMember({
    type: 'warcinfo',
    recordId: file.recordId,
    date: file.at,
    contentType: 'application/warc-fields',
    headers: [['WARC-Filename', file.name]],
    head: new Uint8Array(),
    payload: Buffer.from(lines.join('')),
  });
}
