import { createHash } from 'node:crypto';
import { type PageKind, type Reading, type TextSegment } from '#libs/domain';
import { READER_VERSION } from './reader-version';

/**
 * Reads plain text as one visible segment with path `text`; offsets of hits are offsets into the text given.
 *
 * @param place What kind of page the text stood on; decides much of the judgement.
 */
export function readText(text: string, place: { readonly pageKind: PageKind }): Reading {
  const segment: TextSegment = {
    source: 'visible',
    region: 'main',
    pageKind: place.pageKind,
    path: 'text',
    text,
    tag: '',
    heading: '',
    box: null,
  };
  return {
    contentSha256: createHash('sha256').update(text, 'utf8').digest('hex'),
    readerVersion: READER_VERSION,
    title: '',
    pageKind: place.pageKind,
    segments: text === '' ? [] : [segment],
    rows: [],
  };
}
