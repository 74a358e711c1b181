import { createHash } from 'node:crypto';
import { z } from 'zod';
import { judgePage, type RulePack } from '#classifiers/engine';
import { readPage, readText } from '#classifiers/extraction';
import { CHANNELS, type Cue, type Hit, InputInvalidError, PAGE_KINDS, type Reading } from '#libs/domain';
import { decodeHtml, parseHtml } from '#libs/html';

/** How input is to be taken and by which rules it is judged. */
export interface ClassifyOrders {
  readonly input: 'text' | 'html' | 'jsonl';
  readonly asOf: string;
  readonly withDrops: boolean;
  readonly pack: RulePack;
}

/** One file as it was read. */
export interface ClassifyInput {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** One hit as it is printed; `start` and `end` are UTF-16 code units into the text given, or into `segment.text`. */
export interface PrintedHit {
  readonly ruleId: string;
  readonly ruleVersion: string;
  readonly verdict: Hit['verdict'];
  readonly score: number;
  readonly start: number | null;
  readonly end: number | null;
  readonly quote: string | null;
  readonly segment?: { readonly path: string; readonly text: string };
  readonly region?: string;
  readonly cues: readonly Cue[];
}

export interface Answer {
  readonly id: string;
  readonly hits: readonly PrintedHit[];
}

export interface Refusal {
  readonly id?: string;
  readonly line?: number;
  readonly error: { readonly code: string; readonly message: string };
}

const lineSchema = z
  .object({
    id: z.union([z.string(), z.number()]).transform(String),
    text: z.string().max(1_000_000).optional(),
    html: z.string().max(20_000_000).optional(),
    channel: z.enum(CHANNELS).optional(),
    pageKind: z.enum(PAGE_KINDS).optional(),
    platform: z.string().optional(),
    url: z.string().optional(),
  })
  .refine((line) => (line.text === undefined) !== (line.html === undefined), 'needs either "text" or "html"');

type Line = z.infer<typeof lineSchema>;

/** Judges one line of JSONL; a bad line gives a refusal in its place. */
export function classifyLine(orders: ClassifyOrders, line: string, number: number): Answer | Refusal {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return { line: number, error: { code: 'INPUT_INVALID', message: `line ${number} is no JSON` } };
  }
  const result = lineSchema.safeParse(parsed);
  if (!result.success) {
    const message = result.error.issues
      .map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`)
      .join('; ');
    const id = (parsed as { id?: unknown } | null)?.id;
    const named = typeof id === 'string' ? { id } : { line: number };
    return { ...named, error: { code: 'INPUT_INVALID', message } };
  }
  return { id: result.data.id, hits: judged(orders, result.data, readingOf(result.data)) };
}

/**
 * Judges one file of text or HTML.
 *
 * @throws {InputInvalidError} when a text file is not UTF-8.
 */
export function classifyOne(orders: ClassifyOrders, input: ClassifyInput): Answer {
  const line: Line =
    orders.input === 'html'
      ? { id: input.id, html: decodeHtml(input.bytes, null).html }
      : { id: input.id, text: utf8(input) };
  return { id: input.id, hits: judged(orders, line, readingOf(line)) };
}

function utf8(input: ClassifyInput): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(input.bytes);
  } catch (cause) {
    throw new InputInvalidError(`file ${input.id}`, 'bytes that are no UTF-8', `UTF-8 text (${String(cause)})`);
  }
}

function readingOf(line: Line): Reading {
  if (line.html === undefined) return readText(line.text ?? '', { pageKind: line.pageKind ?? 'product' });
  return readPage({
    document: parseHtml(line.html),
    layout: null,
    states: [],
    url: line.url ?? '',
    linkText: '',
    channel: line.channel ?? 'website',
    isHome: line.pageKind === 'home',
    pageKind: line.pageKind,
    contentSha256: createHash('sha256').update(line.html).digest('hex'),
  });
}

function judged(orders: ClassifyOrders, line: Line, reading: Reading): PrintedHit[] {
  const hits = judgePage(reading, orders.pack, {
    asOf: orders.asOf,
    channel: line.channel ?? 'website',
    platformName: line.platform,
  });
  return hits
    .filter((hit) => orders.withDrops || hit.verdict !== 'drop')
    .map((hit) => printed(hit, line.html !== undefined));
}

function printed(hit: Hit, isHtml: boolean): PrintedHit {
  const { ruleId, ruleVersion, verdict, score, cues, about } = hit;
  if (about.kind !== 'quote') return { ruleId, ruleVersion, verdict, score, start: null, end: null, quote: null, cues };
  const { start, end, quote, region, path, segmentText } = about;
  const segment = isHtml ? { segment: { path, text: segmentText } } : {};
  return { ruleId, ruleVersion, verdict, score, start, end, quote, ...segment, region, cues };
}
