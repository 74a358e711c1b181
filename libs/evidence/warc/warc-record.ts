import { HeadersMultiMap, StatusAndHeaders, WARCRecord, WARCSerializer, WARC_1_1 } from 'warcio';
import { sha256Of } from './digests';

/** One record to be written. Header values must already be single lines of printable ASCII. */
export interface RecordDraft {
  readonly type: 'warcinfo' | 'request' | 'response' | 'resource';
  readonly recordId: string;
  readonly date: Date;
  readonly contentType: string;
  /** Further WARC headers in the order in which they are written. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** What stands before the payload inside the block: an HTTP head; empty for the rest. */
  readonly head: Uint8Array;
  readonly payload: Uint8Array;
  /** Lower-case hex; reckoned here when absent. */
  readonly payloadSha256?: string;
}

/** The record as one gzip member. — ISO 28500:2017 (WARC/1.1), annex D */
export async function gzipMember(draft: RecordDraft): Promise<Buffer> {
  const headers = new HeadersMultiMap([
    ['WARC-Type', draft.type],
    ['WARC-Record-ID', `<urn:uuid:${draft.recordId}>`],
    ['WARC-Date', draft.date.toISOString()],
    ['Content-Type', draft.contentType],
    ...draft.headers.map(([name, value]): [string, string] => [name, value]),
    ['WARC-Payload-Digest', `sha256:${draft.payloadSha256 ?? sha256Of(draft.payload)}`],
    ['WARC-Block-Digest', `sha256:${sha256Of(draft.head, draft.payload)}`],
  ]);
  // The block goes in whole: warcio's own HTTP headers would lose duplicates and re-encode what is not UTF-8.
  const record = new WARCRecord({
    warcHeaders: new StatusAndHeaders({ statusline: WARC_1_1, headers }),
    reader: [draft.head, draft.payload].filter((part) => part.byteLength > 0),
  });
  return Buffer.from(await WARCSerializer.serialize(record, { gzip: true }));
}
