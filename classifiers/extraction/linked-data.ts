import { type PageKind, type TextSegment } from '#libs/domain';

const SAID_TO_PEOPLE = new Set([
  'name',
  'headline',
  'description',
  'slogan',
  'alternateName',
  'abstract',
  'featureList',
  'keywords',
]);
const MAX_DEPTH = 8;
const MAX_TEXTS = 200;

interface Said {
  readonly path: string;
  readonly text: string;
}

function collect(value: unknown, path: string, depth: number, out: Said[]): void {
  if (depth > MAX_DEPTH || out.length >= MAX_TEXTS || typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = `${path}/${key}`;
    if (typeof inner === 'string' && SAID_TO_PEOPLE.has(key) && inner.trim() !== '')
      out.push({ path: at, text: inner.trim() });
    else collect(inner, at, depth + 1, out);
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null; // what search engines cannot read either says nothing to anybody
  }
}

/** What embedded schema.org data says to people: names, slogans, descriptions; as `meta` segments of the head. */
export function linkedData(scripts: readonly string[], pageKind: PageKind): TextSegment[] {
  const said: Said[] = [];
  scripts.forEach((script, i) => collect(parse(script), `/json-ld[${i + 1}]`, 0, said));
  return said.map(({ path, text }) => ({
    source: 'meta',
    region: 'head',
    pageKind,
    path,
    text,
    tag: 'script',
    heading: '',
    box: null,
  }));
}
