import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type FixturePage } from './fixture-server';
import { encodeGbk } from './gbk';

/** The words that stand in `{{…}}` in the files of a site. */
export type SampleWords = Readonly<Record<string, string>>;

interface Series {
  readonly template: string;
  readonly path: string;
  readonly rows: readonly SampleWords[];
}

const fill = (text: string, words: SampleWords): string =>
  text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => words[name] ?? whole);

/** Lines of the form `<!-- name: value -->` above a page's content: its title and, where it is not UTF-8, its charset. */
function splitHead(text: string): { head: SampleWords; body: string } {
  const head: Record<string, string> = {};
  let rest = text;
  for (let match = /^<!-- (\w+): (.*?) -->\n/.exec(rest); match; match = /^<!-- (\w+): (.*?) -->\n/.exec(rest)) {
    head[match[1] ?? ''] = match[2] ?? '';
    rest = rest.slice(match[0].length);
  }
  return { head, body: rest.trimEnd() };
}

/** A page with a title line stands inside the site's layout; one without is a whole file of its own. */
function pageOf(text: string, layout: string | null, words: SampleWords): FixturePage {
  const { head, body } = splitHead(text);
  if (head.title === undefined || layout === null) return fill(text, words);
  const charset = head.charset ?? 'utf-8';
  const html = fill(
    fill(
      layout.replace('{{body}}', () => body),
      { ...head, charset },
    ),
    words,
  );
  if (charset === 'utf-8') return html;
  // Without a charset in the header, so that the page's own meta decides: as such sites do it.
  return { body: encodeGbk(html), headers: { 'content-type': 'text/html' } };
}

/** The smallest PDF that readers open: one page, one line of Latin text. */
export function minimalPdf(line: string): Buffer {
  const stream = `BT /F1 18 Tf 72 720 Td (${line.replace(/[()\\]/g, '')}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let pdf = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = pdf.length;
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, '0');
  });
  const table = offsets.map((offset) => `${offset} 00000 n \n`).join('');
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`;
  return Buffer.from(`${pdf}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`, 'latin1');
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();

function seriesOf(folder: string, layout: string | null, words: SampleWords): [string, FixturePage][] {
  const series = JSON.parse(readFileSync(join(folder, '_series.json'), 'utf8')) as Series;
  const template = readFileSync(join(folder, series.template), 'utf8');
  return series.rows.map((row) => [`/${fill(series.path, row)}`, pageOf(fill(template, row), layout, words)]);
}

function redirectsOf(folder: string): [string, FixturePage][] {
  const redirects = JSON.parse(readFileSync(join(folder, '_redirects.json'), 'utf8')) as SampleWords;
  return Object.entries(redirects).map(([from, location]) => [from, { status: 302, headers: { location } }]);
}

/** PDF files are not kept: each one that a page links is made here, its name as its text. */
function linkedPdfsOf(pages: readonly FixturePage[]): [string, FixturePage][] {
  const html = pages.filter((page) => typeof page === 'string').join('\n');
  return [...html.matchAll(/href="(\/files\/([\w-]+)\.pdf)"/g)].map(([, path = '', name = '']) => [
    path,
    { body: minimalPdf(name) },
  ]);
}

/**
 * Everything a sample site serves, by path with query, made from its folder: `_layout.html` around pages that begin
 * with a title line, `_series.json` for pages from one template, `_redirects.json`, every other file as it is.
 */
export function readSampleSite(folder: string, words: SampleWords): Record<string, FixturePage> {
  const files = filesUnder(folder);
  const layout = files.includes('_layout.html') ? readFileSync(join(folder, '_layout.html'), 'utf8') : null;
  const pages = new Map<string, FixturePage>();
  for (const file of files.filter((name) => !name.startsWith('_'))) {
    const text = readFileSync(join(folder, file), 'utf8');
    pages.set(`/${file}`, file.endsWith('.html') ? pageOf(text, layout, words) : fill(text, words));
  }
  const home = pages.get('/index.html');
  return Object.fromEntries([
    ...pages,
    ...(home === undefined ? [] : [['/', home] as const]),
    ...(files.includes('_series.json') ? seriesOf(folder, layout, words) : []),
    ...(files.includes('_redirects.json') ? redirectsOf(folder) : []),
    ...linkedPdfsOf([...pages.values()]),
  ]);
}
