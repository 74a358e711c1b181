#!/usr/bin/env node
// Verifies an evidence bundle of 明察 Mingcha. Needs Node 20.15 or later and nothing else; reads, never writes.
//   node verify.mjs [BUNDLE] [--fingerprint HEX] [--json]
// Exit codes: 0 intact, 7 something was altered (each named), 2 not a bundle.
import { Buffer } from 'node:buffer';
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TextDecoder } from 'node:util';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

const WARC = 'data/warc/evidence.warc.gz';
const SIGNATURE = 'tagmanifest-sha256.txt.sig';
/** These two sign the lists, so no list names them. */
const UNLISTED = new Set(['tagmanifest-sha256.txt', SIGNATURE]);
const LARGEST_HEAD = 4 * 1024 * 1024;
const LARGEST_TEXT = 64 * 1024 * 1024;

const digest = (name, ...parts) => parts.reduce((hash, part) => hash.update(part), createHash(name)).digest();
const hex = (name, bytes) => digest(name, bytes).toString('hex');
const node = (left, right) => digest('sha256', Buffer.of(1), left, right);

/** Every file under a directory, as paths with `/`; a link or anything else that is no plain file is a problem. */
function filesUnder(root, note, folder = '') {
  return readdirSync(path.join(root, folder)).flatMap((name) => {
    const place = folder ? `${folder}/${name}` : name;
    const kind = lstatSync(path.join(root, place));
    if (kind.isDirectory()) return filesUnder(root, note, place);
    if (!kind.isFile()) note('file-unlisted', place, 'is no plain file');
    return kind.isFile() ? [place] : [];
  });
}

/** A manifest: path -> digest. Lines of another shape are problems. — RFC 8493, section 2.1.3 */
function manifest(bundle, name) {
  const entries = new Map();
  for (const line of bundle.text(name).split('\n').filter(Boolean)) {
    const [, sum, place] = /^([0-9a-f]{64}) {2}(\S.*)$/.exec(line) ?? [];
    const isOutside = !place || path.isAbsolute(place) || place.split('/').includes('..');
    if (isOutside || entries.has(place))
      bundle.note('manifest-altered', name, `line ${JSON.stringify(line.slice(0, 200))}`);
    else entries.set(place, sum);
  }
  return entries;
}

function checkListed(bundle, name, algorithm) {
  const entries = manifest(bundle, name);
  for (const [place, sum] of entries) {
    if (!bundle.files.has(place)) bundle.note('file-missing', place, `listed in ${name}, not there`);
    else if (hex(algorithm, bundle.bytes(place)) !== sum)
      bundle.note('file-altered', place, `${algorithm} differs from ${name}`);
  }
  return entries;
}

function checkManifests(bundle) {
  const payload = checkListed(bundle, 'manifest-sha256.txt', 'sha256');
  const sm3 = checkListed(bundle, 'manifest-sm3.txt', 'sm3');
  const tags = checkListed(bundle, 'tagmanifest-sha256.txt', 'sha256');
  for (const place of bundle.files) {
    const isListed = place.startsWith('data/')
      ? payload.has(place) && sm3.has(place)
      : tags.has(place) || UNLISTED.has(place);
    if (!isListed) bundle.note('file-unlisted', place, 'is in no manifest');
  }
  for (const name of ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'manifest-sm3.txt']) {
    if (!tags.has(name)) bundle.note('manifest-altered', 'tagmanifest-sha256.txt', `does not list ${name}`);
  }
}

/** The key of the log: signs the bundle and the checkpoint. Whose key it is, only its fingerprint tells. */
function checkKey(bundle, pinned) {
  const key = createPublicKey(bundle.text('data/log/key.pem'));
  const fingerprint = hex('sha256', key.export({ type: 'spki', format: 'der' }));
  if (pinned && pinned !== fingerprint) {
    bundle.note('key-other', 'data/log/key.pem', `is ${fingerprint}, expected ${pinned}: signed by somebody else`);
  }
  const list = bundle.bytes('tagmanifest-sha256.txt');
  if (!bundle.files.has(SIGNATURE)) bundle.note('signature-missing', SIGNATURE, 'is not there');
  else if (!verifySignature('sha256', list, key, bundle.bytes(SIGNATURE))) {
    bundle.note('signature-invalid', SIGNATURE, 'does not sign this tagmanifest-sha256.txt');
  }
  return { key, fingerprint };
}

/** The signed head of the log. — C2SP tlog-checkpoint, signed-note */
function checkCheckpoint(bundle, { key, fingerprint }) {
  const text = bundle.text('data/log/checkpoint');
  const end = text.indexOf('\n\n');
  const [, size, root] = text.slice(0, end).split('\n');
  const line = Buffer.from(/^\u2014 \S+ (\S+)$/m.exec(text.slice(end + 2))?.[1] ?? '', 'base64');
  const isOurs = line.subarray(0, 4).toString('hex') === fingerprint.slice(0, 8);
  const isSigned = isOurs && verifySignature('sha256', Buffer.from(text.slice(0, end + 1)), key, line.subarray(4));
  if (!isSigned) bundle.note('checkpoint-altered', 'data/log/checkpoint', 'is not signed by the key of this bundle');
  return { treeSize: Number(size), root: Buffer.from(root ?? '', 'base64').toString('hex') };
}

/** The head that a leaf and its proof lead to. — RFC 9162, section 2.1.3.2 */
function headOf(leaf, index, treeSize, proof) {
  let [at, last, hash] = [index, treeSize - 1, leaf];
  for (const next of proof) {
    if (last === 0) return null;
    if (at % 2 === 1 || at === last) {
      hash = node(next, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = node(hash, next);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash.toString('hex') : null;
}

/** Every record must lead to the signed head from its place. */
function checkRecords(bundle, head) {
  const records = new Map();
  const proofs = bundle
    .text('data/log/proofs.txt')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' '));
  let before = -1;
  for (const [id, index, treeSize, ...hashes] of proofs) {
    const place = `data/records/${id}.json`;
    if (!bundle.files.has(place)) {
      bundle.note('record-missing', place, `evidence ${id} has a proof and no record`);
      continue;
    }
    const bytes = bundle.bytes(place);
    const leaf = digest('sha256', Buffer.of(0), bytes);
    const root = headOf(
      leaf,
      Number(index),
      Number(treeSize),
      hashes.map((hash) => Buffer.from(hash, 'hex')),
    );
    const isIn = Number(treeSize) === head.treeSize && Number(index) < head.treeSize && root === head.root;
    if (!isIn) bundle.note('proof-invalid', place, `is not entry ${index} of the signed log`);
    if (Number(index) <= before) bundle.note('order-altered', 'data/log/proofs.txt', `entry ${index} after ${before}`);
    before = Number(index);
    const record = parsed(bundle, place);
    if (record?.evidenceId !== id) bundle.note('record-altered', place, `names evidence ${record?.evidenceId}`);
    records.set(id, { record, parts: new Map() });
  }
  for (const place of bundle.files) {
    const id = /^data\/records\/(.+)\.json$/.exec(place)?.[1];
    if (id && !records.has(id)) bundle.note('proof-missing', place, 'has no proof');
  }
  return records;
}

function parsed(bundle, place) {
  try {
    return JSON.parse(bundle.text(place));
  } catch (error) {
    bundle.note('file-altered', place, `is no JSON: ${error.message}`);
    return null;
  }
}

/** WARC head, block and, of a response, HTTP head and payload. — ISO 28500:2017 */
function recordIn(member, largest) {
  const record = gunzipSync(member, { maxOutputLength: largest });
  const end = record.indexOf('\r\n\r\n');
  const head = record.toString('latin1', 0, end);
  const block = record.subarray(end + 4, -4);
  const isResponse = /\r\nWARC-Type: response\r\n/.test(head);
  const httpEnd = isResponse ? block.indexOf('\r\n\r\n') : -4;
  return { http: isResponse ? block.toString('latin1', 0, httpEnd) : '', payload: block.subarray(httpEnd + 4) };
}

/** Every part that a record names must stand in the archive, record and payload alike. */
function checkParts(bundle, records) {
  const archive = bundle.bytes(WARC);
  const places = new Map();
  let end = Number(/^# opening (\d+)$/m.exec(bundle.text('data/warc/places.txt'))?.[1] ?? NaN);
  for (const line of bundle.text('data/warc/places.txt').split('\n')) {
    const [id, part, kind, offset, length] = line.split(' ');
    if (line === '' || id === '#') continue;
    if (Number(offset) !== end) bundle.note('bytes-unvouched', WARC, `bytes ${end} to ${offset} belong to no record`);
    end = Number(offset) + Number(length);
    places.set(`${id} ${part} ${kind}`, archive.subarray(Number(offset), end));
  }
  if (end !== archive.length)
    bundle.note('bytes-unvouched', WARC, `ends at ${archive.length}, its last record at ${end}`);
  let count = 0;
  for (const [id, evidence] of records) {
    for (const part of evidence.record?.parts ?? []) {
      count += 1;
      checkPart(bundle, { id, part, evidence, places });
    }
  }
  return count;
}

function checkPart(bundle, { id, part, evidence, places }) {
  const where = `evidence ${id} part ${part.name}`;
  const [member, request] = ['payload', 'request'].map((kind) => places.get(`${id} ${part.name} ${kind}`));
  if (part.request && (!request || hex('sha256', request) !== part.request.sha256)) {
    bundle.note('record-altered', where, 'its request is not the one sealed');
  }
  if (!member) return bundle.note('part-missing', where, 'is not in the archive');
  if (part.warc.sha256 && hex('sha256', member) !== part.warc.sha256) {
    bundle.note('record-altered', where, 'date, address, headers or payload are not those sealed');
  }
  try {
    const { http, payload } = recordIn(member, part.byteLength + 2 * LARGEST_HEAD);
    const isSealed =
      payload.length === part.byteLength && hex('sha256', payload) === part.sha256 && hex('sm3', payload) === part.sm3;
    if (!isSealed) bundle.note('part-altered', where, `is ${payload.length} bytes, sha256 ${hex('sha256', payload)}`);
    evidence.parts.set(part.name, { http, payload });
  } catch (error) {
    bundle.note('part-altered', where, `cannot be read: ${error.message}`);
  }
}

/** The text of a payload, its content coding undone and its charset heeded. */
function textOf({ http, payload }) {
  const header = (name) => new RegExp(`^${name}: *(.*)$`, 'im').exec(http.replaceAll('\r', ''))?.[1] ?? '';
  const undo = { gzip: gunzipSync, 'x-gzip': gunzipSync, br: brotliDecompressSync, deflate: inflateSync };
  const coding = undo[header('content-encoding').trim().toLowerCase()];
  const bytes = coding ? coding(payload, { maxOutputLength: LARGEST_TEXT }) : payload;
  const said = header('content-type') + bytes.toString('latin1', 0, 2048);
  const charset = /charset=["']?([\w-]+)/i.exec(said)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
}

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const characters = (text) =>
  text
    .replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, sixteen, ten, name) => {
      const code = sixteen ? parseInt(sixteen, 16) : Number(ten);
      return name ? (NAMED[name.toLowerCase()] ?? all) : code <= 0x10ffff ? String.fromCodePoint(code) : all;
    })
    .replace(/[\s\u200b-\u200d\ufeff]+/gu, '');

/** Says whether words stand in the sealed page: in its text, in its source, or in what was opened in it. */
function standsIn({ parts }, words) {
  const page = parts.get('dom') ?? parts.get('exchange-0');
  const source = page ? textOf(page) : '';
  const shown = source.replace(/<(script|style)\b[^]*?<\/\1\s*>|<!--[^]*?-->|<[^>]*>/gi, '');
  const opened = parts.get('pageinfo')?.payload.toString('utf8') ?? '';
  const texts = [shown, source, opened].map(characters);
  return words.every((word) => texts.some((text) => text.includes(characters(word))));
}

/** A quotation must be the very slice of its text, and its text must stand in the sealed page. */
function checkQuotes(bundle, records) {
  const quotes = { standing: 0, unconfirmed: [] };
  for (const finding of parsed(bundle, 'data/report.json')?.findings ?? []) {
    for (const { evidenceId, hit } of finding.places) {
      const evidence = records.get(evidenceId);
      const where = `finding ${finding.number} evidence ${evidenceId}`;
      if (!evidence) bundle.note('evidence-missing', where, 'is named in the report and not in the bundle');
      else if (hit.about.kind === 'quote') checkQuote(bundle, { hit, evidence, where, quotes });
    }
  }
  return quotes;
}

function checkQuote(bundle, { hit, evidence, where, quotes }) {
  const { segmentText, start, end, quote } = hit.about;
  if (segmentText.slice(start, end) !== quote)
    bundle.note('quote-altered', where, `"${quote}" is not at ${start} to ${end}`);
  if (standsIn(evidence, segmentText.split('｜'))) quotes.standing += 1;
  else quotes.unconfirmed.push(where);
}

/** Verifies the bundle in a directory. Never throws for what a bundle holds: whatever cannot be read is a problem. */
export function verifyBundle(root, pinned = null) {
  const problems = [];
  const note = (code, where, detail) => void problems.push({ code, where, detail });
  const files = new Set(filesUnder(root, note));
  const bytes = (place) => readFileSync(path.join(root, place));
  const bundle = { files, bytes, text: (place) => bytes(place).toString('utf8'), note };
  const result = { format: 'bag', evidence: 0, parts: 0, fingerprint: null, isKeyCompared: pinned !== null };
  result.timestamp = 'missing'; // no authority is asked yet: the time stands on our word alone
  try {
    checkManifests(bundle);
    const key = checkKey(bundle, pinned);
    const head = checkCheckpoint(bundle, key);
    const records = checkRecords(bundle, head);
    const parts = checkParts(bundle, records);
    const quotes = checkQuotes(bundle, records);
    Object.assign(result, { fingerprint: key.fingerprint, ...head, evidence: records.size, parts, quotes });
  } catch (error) {
    note('bundle-unreadable', root, error.message);
  }
  return { ...result, problems };
}

function main(args) {
  const at = args.indexOf('--fingerprint');
  const pinned = at < 0 ? null : args[at + 1].toLowerCase();
  const named = args.filter((arg, place) => !arg.startsWith('--') && (at < 0 || place !== at + 1))[0];
  const root = path.resolve(named ?? path.join(path.dirname(fileURLToPath(import.meta.url)), '..'));
  if (!lstatSync(path.join(root, 'bagit.txt'), { throwIfNoEntry: false })) {
    console.error(`${root} 不是证据包（没有 bagit.txt）`);
    return 2;
  }
  const result = verifyBundle(root, pinned);
  if (args.includes('--json')) console.log(JSON.stringify(result, null, 2));
  else {
    for (const { code, where, detail } of result.problems) console.log(`异常 ${code} ${where}: ${detail}`);
    for (const where of result.quotes?.unconfirmed ?? []) console.log(`提示 引文未能以简单方法在原件中定位：${where}`);
    console.log(`证据 ${result.evidence} 条，部件 ${result.parts} 个，异常 ${result.problems.length} 处`);
    console.log(
      `签名密钥指纹 ${result.fingerprint}${result.isKeyCompared ? '（已比对）' : '（未比对：请与公布的指纹核对）'}`,
    );
    console.log('时间戳 未加盖：封存时间仅由出具单位自述');
  }
  return result.problems.length > 0 ? 7 : 0;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
