import { Converter } from 'opencc-js/t2cn';
import { RADICALS } from './radicals';

/** Marks that stay as written: sentence logic reads them, and NFKC would make ASCII of them. */
const KEPT = new Set('，？！；：（）「」『』。、《》“”‘’…—～＋');
/** Marks without a shape of their own, and the fillers that look like nothing. */
const INVISIBLE = /\p{Cf}|\p{Mn}|\p{Me}/u;
const FILLERS = new Set([0xad, 0x34f, 0x115f, 0x1160, 0x2800, 0x3164, 0xffa0].map((unit) => String.fromCharCode(unit)));
/** The package's types do not resolve from CommonJS. */
const converter = Converter as unknown as (options: { from: string; to: string }) => (text: string) => string;

/** What a UTF-16 unit becomes: DROP, LONG (look in `long`), or another unit. */
export const DROP = 0;
export const LONG = 0xffff;

/** The folding of every UTF-16 unit of the basic plane, and of the few that become several. */
export interface FoldTable {
  readonly units: Uint16Array;
  readonly long: ReadonlyMap<number, string>;
}

/** Simplified form of each ideograph, character by character; the ambiguous few are harmless for matching. */
function simplify(characters: string[]): string[] {
  const convert = converter({ from: 't', to: 'cn' });
  const converted = convert(characters.join('\n')).split('\n');
  return converted.length === characters.length ? converted : characters;
}

function simplifiedForms(): Map<string, string> {
  const characters: string[] = [];
  for (const [from, to] of [
    [0x3400, 0x4dbf],
    [0x4e00, 0x9fff],
  ] as const) {
    for (let unit = from; unit <= to; unit += 1) characters.push(String.fromCharCode(unit));
  }
  const simple = simplify(characters);
  const forms = new Map<string, string>();
  characters.forEach((character, i) => {
    const form = simple[i] ?? character;
    if (form !== character && form.length === 1) forms.set(character, form);
  });
  return forms;
}

function radicalForms(): Map<string, string> {
  const forms = new Map<string, string>();
  for (let i = 0; i + 1 < RADICALS.length; i += 2) forms.set(RADICALS[i] ?? '', RADICALS[i + 1] ?? '');
  return forms;
}

/** The folded form of one character as a string, empty when it is dropped. */
function formOf(character: string, radicals: Map<string, string>, simple: Map<string, string>): string {
  if (KEPT.has(character)) return character;
  if (INVISIBLE.test(character) || FILLERS.has(character)) return '';
  if (/\s/.test(character)) return ' ';
  const compatible = (radicals.get(character) ?? character).normalize('NFKC').toLowerCase();
  return [...compatible].map((part) => simple.get(part) ?? part).join('');
}

function build(): FoldTable {
  const radicals = radicalForms();
  const simple = simplifiedForms();
  const units = new Uint16Array(65536);
  const long = new Map<number, string>();
  for (let unit = 1; unit < 0xffff; unit += 1) {
    const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
    const form = isSurrogate ? String.fromCharCode(unit) : formOf(String.fromCharCode(unit), radicals, simple);
    if (form.length === 1) units[unit] = form.charCodeAt(0);
    else if (form.length > 1) {
      units[unit] = LONG;
      long.set(unit, form);
    }
  }
  return { units, long };
}

let table: FoldTable | null = null;

/** The table, built at the first call (about a quarter of a second) and kept for the life of the process. */
export function foldTable(): FoldTable {
  table ??= build();
  return table;
}
