import { z } from 'zod';
import { InputInvalidError } from '#libs/domain';

const numbers = z.array(z.number());
const rareIndex = z.object({ index: numbers, value: numbers });

const documentSnapshot = z.object({
  scrollOffsetX: z.number().optional(),
  scrollOffsetY: z.number().optional(),
  nodes: z.object({
    parentIndex: numbers,
    nodeType: numbers,
    nodeName: numbers,
    pseudoType: rareIndex.optional(),
    contentDocumentIndex: rareIndex.optional(),
  }),
  layout: z.object({
    nodeIndex: numbers,
    styles: z.array(numbers),
    bounds: z.array(numbers),
    text: numbers,
    blendedBackgroundColors: numbers.optional(),
  }),
  textBoxes: z.object({ layoutIndex: numbers, bounds: z.array(numbers), start: numbers, length: numbers }),
});

const snapshotResult = z.object({ documents: z.array(documentSnapshot).max(2000), strings: z.array(z.string()) });

const layoutPart = z.object({
  version: z.literal(1),
  pageWidth: z.number(),
  pageHeight: z.number(),
  computedStyles: z.array(z.string()),
});

/** One document of a page as the browser laid it out. — Chrome DevTools Protocol, DOMSnapshot.DocumentSnapshot */
export type DocumentSnapshot = z.infer<typeof documentSnapshot>;

/** The sealed `layout` part, checked. */
export interface LayoutPart extends z.infer<typeof layoutPart> {
  readonly documents: readonly DocumentSnapshot[];
  readonly strings: readonly string[];
}

/**
 * Reads the bytes of a `layout` part: the raw result of `DOMSnapshot.captureSnapshot` beside the size of the page and
 * the names of the styles asked for. The result may stand under `snapshot` or among the other fields.
 *
 * @throws {InputInvalidError} when the bytes are no such part.
 */
export function readLayoutPart(bytes: Uint8Array): LayoutPart {
  const told = parseJson(bytes);
  const head = layoutPart.safeParse(told);
  const body = snapshotResult.safeParse(isRecord(told) && 'snapshot' in told ? told.snapshot : told);
  if (!head.success) throw invalid(head.error);
  if (!body.success) throw invalid(body.error);
  return { ...head.data, ...body.data };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputInvalidError('layout part', 'no JSON', 'a layout snapshot');
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function invalid(error: z.ZodError): InputInvalidError {
  const first = error.issues[0];
  return new InputInvalidError(
    'layout part',
    `${first?.path.join('.')}: ${first?.message}`,
    'a layout snapshot, version 1',
  );
}
