import { InputInvalidError } from '#libs/domain';
import { boxOf, isDrawn } from './find-drawn';
import { readLayout } from './read-layout';

interface Drawn {
  readonly parent: number;
  readonly text: string;
  readonly boxes: readonly [start: number, length: number, ...bounds: number[]][];
  readonly styles?: Readonly<Record<string, string>>;
}

const STYLES = ['visibility', 'opacity', 'color', 'background-color', 'font-size'];
const PLAIN = {
  visibility: 'visible',
  opacity: '1',
  color: 'rgb(0, 0, 0)',
  'background-color': 'rgba(0, 0, 0, 0)',
  'font-size': '16px',
};

/** A snapshot of elements (name, parent) and the texts in them, as the browser tells it. */
function aSnapshot(elements: readonly (readonly [string, number])[], texts: readonly Drawn[], scroll = 0) {
  const strings: string[] = [];
  const at = (text: string): number => strings.push(text) - 1;
  const styleRow = (own: Readonly<Record<string, string>> = {}): number[] =>
    STYLES.map((name) => at({ ...PLAIN, ...own }[name as keyof typeof PLAIN]));
  const nodes = {
    parentIndex: [-1, ...elements.map(([, parent]) => parent), ...texts.map((it) => it.parent)],
    nodeType: [9, ...elements.map(() => 1), ...texts.map(() => 3)],
    nodeName: [at('#document'), ...elements.map(([name]) => at(name)), ...texts.map(() => at('#text'))],
  };
  const first = elements.length + 1;
  const layout = {
    nodeIndex: [...elements.map((_, i) => i + 1), ...texts.map((_, i) => first + i)],
    styles: [...elements.map(() => styleRow()), ...texts.map((it) => styleRow(it.styles))],
    bounds: [...elements.map(() => [0, 0, 800, 600]), ...texts.map(() => [0, 0, 0, 0])],
    text: [...elements.map(() => -1), ...texts.map((it) => at(it.text))],
  };
  const rows = texts.flatMap((it, i) =>
    it.boxes.map(([start, length, ...bounds]) => ({ row: elements.length + i, start, length, bounds })),
  );
  const textBoxes = {
    layoutIndex: rows.map((it) => it.row),
    bounds: rows.map((it) => it.bounds),
    start: rows.map((it) => it.start),
    length: rows.map((it) => it.length),
  };
  return { document: { scrollOffsetX: 0, scrollOffsetY: scroll, nodes, layout, textBoxes }, strings };
}

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const HEAD = { version: 1, pageWidth: 800, pageHeight: 2000, computedStyles: STYLES };

function aLayout(elements: Parameters<typeof aSnapshot>[0], texts: readonly Drawn[]) {
  const { document, strings } = aSnapshot(elements, texts);
  return readLayout(bytesOf({ ...HEAD, documents: [document], strings }));
}

const PAGE = [
  ['HTML', 0],
  ['BODY', 1],
  ['DIV', 2],
  ['DIV', 2],
  ['B', 4],
] as const;
const DIV2 = '/html[1]/body[1]/div[2]';

describe('readLayout', () => {
  it('gives paths as the parse does', () => {
    const { texts } = aLayout(PAGE, [{ parent: 5, text: '备付金', boxes: [[0, 3, 10, 20, 48, 16]] }]);
    expect(texts).toEqual([
      {
        path: `${DIV2}/b[1]`,
        text: '备付金',
        boxes: [{ start: 0, length: 3, box: { x: 10, y: 20, w: 48, h: 16 } }],
        isVisible: true,
      },
    ]);
  });

  it.each([
    ['hidden', { visibility: 'hidden' }],
    ['tiny', { 'font-size': '5px' }],
    ['transparent', { opacity: '0.05' }],
    ['of the colour of the ground', { color: 'rgb(255, 255, 255)' }],
    ['of no colour', { color: 'rgba(0, 0, 0, 0)' }],
  ])('tells text that is %s from text that is seen', (_, styles) => {
    expect(aLayout(PAGE, [{ parent: 3, text: 'x', boxes: [[0, 1, 0, 0, 9, 9]], styles }]).texts[0]?.isVisible).toBe(
      false,
    );
  });

  it('tells text without an area or off the page', () => {
    for (const bounds of [
      [0, 0, 0, 16],
      [-500, 0, 100, 16],
      [0, 2100, 50, 16],
    ]) {
      expect(aLayout(PAGE, [{ parent: 3, text: 'x', boxes: [[0, 1, ...bounds]] }]).texts[0]?.isVisible).toBe(false);
    }
    expect(aLayout(PAGE, [{ parent: 3, text: 'x', boxes: [] }]).texts[0]?.isVisible).toBe(false);
  });

  it('moves the boxes of a frame to where the frame stands', () => {
    const outer = aSnapshot([...PAGE.slice(0, 2), ['IFRAME', 2]], []);
    const inner = aSnapshot(PAGE.slice(0, 2), [{ parent: 2, text: '活动', boxes: [[0, 2, 5, 130, 32, 16]] }], 100);
    const shift = outer.strings.length;
    const moved = JSON.parse(JSON.stringify(inner.document)) as typeof inner.document;
    moved.nodes.nodeName = moved.nodes.nodeName.map((it) => it + shift);
    moved.layout.text = moved.layout.text.map((it) => (it < 0 ? it : it + shift));
    moved.layout.styles = moved.layout.styles.map((row) => row.map((it) => it + shift));
    outer.document.layout.bounds[2] = [200, 300, 400, 200];
    const host = {
      ...outer.document,
      nodes: { ...outer.document.nodes, contentDocumentIndex: { index: [3], value: [1] } },
    };
    const layout = readLayout(
      bytesOf({ ...HEAD, snapshot: { documents: [host, moved], strings: [...outer.strings, ...inner.strings] } }),
    );
    expect(layout.texts[0]).toMatchObject({ path: '/html[1]/body[1]/iframe[1]/html[1]/body[1]', isVisible: true });
    expect(layout.texts[0]?.boxes[0]?.box).toEqual({ x: 205, y: 330, w: 32, h: 16 });
  });

  it('refuses what is no layout part and says so', () => {
    expect(() => readLayout(bytesOf({ version: 2 }))).toThrow(InputInvalidError);
    expect(() => readLayout(new Uint8Array([1, 2]))).toThrow('layout part: found no JSON');
  });
});

describe('boxOf and isDrawn', () => {
  const layout = aLayout(PAGE, [
    { parent: 3, text: '设立风险备付金专户', boxes: [[0, 9, 0, 0, 90, 10]] },
    { parent: 4, text: '平台设立 ', boxes: [[0, 4, 100, 500, 40, 10]] },
    {
      parent: 5,
      text: '风险备付金',
      boxes: [
        [0, 2, 140, 500, 20, 10],
        [2, 3, 100, 510, 30, 10],
      ],
    },
    { parent: 4, text: '垫付', boxes: [[0, 2, 130, 510, 20, 10]], styles: { visibility: 'hidden' } },
  ]);

  it('finds the words inside the block that is named, over lines and inline elements', () => {
    expect(boxOf(layout, DIV2, '平台 设立风险备付金', { start: 5, end: 10 })).toEqual({ x: 100, y: 500, w: 60, h: 20 });
    expect(boxOf(layout, DIV2, '平台设立风险备付金', { start: 2, end: 4 })).toEqual({ x: 120, y: 500, w: 20, h: 10 });
  });

  it('finds words elsewhere when the block is not known, and short words only inside it', () => {
    expect(boxOf(layout, '/html[1]/body[1]/p[9]', '设立风险备付金专户', { start: 2, end: 7 })?.x).toBe(20);
    expect(boxOf(layout, '/html[1]/body[1]/p[9]', '别的专户', { start: 2, end: 4 })).toBeNull();
  });

  it('does not find attributes, empty spans and what is not there', () => {
    expect(boxOf(layout, `${DIV2}/@title`, '平台设立', { start: 0, end: 4 })).toBeNull();
    expect(boxOf(layout, DIV2, '平台设立', { start: 2, end: 2 })).toBeNull();
    expect(boxOf(layout, DIV2, '校园贷款产品', { start: 0, end: 6 })).toBeNull();
  });

  it('says whether a block was drawn', () => {
    expect(isDrawn(layout, DIV2, '平台设立风险备付金')).toBe(true);
    expect(isDrawn(layout, DIV2, '平台设立风险备付金垫付')).toBe(false);
    expect(isDrawn(layout, '/html[1]/body[1]/p[9]', '设立风险备付金专户')).toBe(false);
    expect(isDrawn(layout, DIV2, '')).toBe(false);
  });
});
