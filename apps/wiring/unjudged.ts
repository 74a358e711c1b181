import { type OpenedState } from '#classifiers/extraction';
import { decodeBody, headerOf, renderNeedOf } from '#crawlers/runtime';
import { documentOfParts } from '#crawlers/runtime/browser';
import { type Evidence, type RenderChoice } from '#libs/domain';
import { type EvidenceStore } from '#libs/evidence';
import { decodeHtml, type HtmlDocument, type Layout, parseHtml, readLayout } from '#libs/html';
import { JudgementRepository, type TaskOrders, type UnjudgedCapture } from '#libs/persistence';
import { contentSha256Of, type Observation } from './observation';
import { openedStatesIn } from './opened-states';
import { type DeskTools, type PageDesk } from './page-desk';

/** Judges what an earlier process sealed in this task and did not live to judge; each exactly once. */
export async function judgeUnjudged(tools: DeskTools, orders: TaskOrders, desk: PageDesk): Promise<void> {
  const captures = await new JudgementRepository(tools.store.pool).unjudgedOf(orders.task.id);
  for (const capture of captures) {
    await desk.judge(await sealedObservation(tools.evidence, capture, orders.run.orders.render));
  }
}

interface Content {
  readonly document: HtmlDocument | null;
  readonly layout: Layout | null;
  readonly states: readonly OpenedState[];
}

/** Where sealed bytes are read from: the store, or a bundle that left it. */
export type SealedSource = Pick<EvidenceStore, 'get' | 'read' | 'readAnswer'>;

/** The look as it was, read back from its sealed bytes. */
export async function sealedObservation(
  store: SealedSource,
  capture: UnjudgedCapture,
  render: RenderChoice,
): Promise<Observation> {
  const evidence = await store.get(capture.evidenceId);
  const content = capture.isRendered ? await renderedContent(store, evidence) : await httpContent(store, evidence);
  return {
    ...capture,
    ...content,
    willRetry: false, // whoever would have tried again is dead; the visit says how this attempt ended
    needsRender: capture.isRendered ? null : renderNeedOf({ ...capture, document: content.document }, render),
    contentSha256: contentSha256Of(evidence),
    evidence,
  };
}

async function renderedContent(store: SealedSource, evidence: Evidence): Promise<Content> {
  const has = (name: string) => evidence.record.parts.some((part) => part.name === name);
  if (!has('dom') || !has('pageinfo')) return { document: null, layout: null, states: [] };
  const pageinfo = await store.read(evidence.id, 'pageinfo');
  const layout = has('layout') ? readLayout(await store.read(evidence.id, 'layout')) : null;
  const dom = await store.read(evidence.id, 'dom');
  return { document: documentOfParts(dom, pageinfo), layout, states: openedStatesIn(pageinfo) };
}

async function httpContent(store: SealedSource, evidence: Evidence): Promise<Content> {
  const none = { document: null, layout: null, states: [] };
  if (!evidence.record.parts.some((part) => part.name === 'exchange-0')) return none;
  const exchange = await store.readAnswer(evidence.id, 'exchange-0');
  const body = await decodeBody({ ...exchange, isBodyDecoded: false });
  const type = headerOf(exchange.responseHeaders, 'content-type');
  if (body.bytes === null || !/html/i.test(type ?? 'text/html')) return none;
  return { ...none, document: parseHtml(decodeHtml(body.bytes, type).html) };
}
