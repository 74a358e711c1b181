import { z } from 'zod';
import { type OpenedState } from '#classifiers/extraction';
import { type Capture } from '#libs/domain';

const stateSchema = z.object({
  label: z.string(),
  texts: z.array(z.object({ path: z.string(), text: z.string() })),
});

/**
 * The states that the browser opened, from the capture's `pageinfo` part; none when there is no such part. Its bytes
 * are our own recorder's, yet what stands in them comes from the page: anything of another shape is left out.
 */
export function openedStatesOf(capture: Capture | null): OpenedState[] {
  const part = capture?.parts.find((candidate) => candidate.name === 'pageinfo');
  return part?.kind === 'resource' ? openedStatesIn(part.bytes) : [];
}

/** The same from the bytes of a sealed `pageinfo` part. */
export function openedStatesIn(pageinfo: Uint8Array): OpenedState[] {
  const info = JSON.parse(Buffer.from(pageinfo).toString('utf8')) as { states?: unknown };
  const states = z.array(stateSchema.nullable().catch(null)).catch([]).parse(info.states);
  return states.filter((state) => state !== null);
}
