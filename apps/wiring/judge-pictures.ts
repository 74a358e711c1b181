import { findSightings } from '#classifiers/disclosure';
import { judgePage } from '#classifiers/engine';
import { boxPictureHits, type PictureOnPage, readPictures, READER_VERSION } from '#classifiers/extraction';
import { engineKey, type OcrResult } from '#classifiers/extraction/ocr';
import { fileHits } from '#libs/casework';
import { type EvidenceId, MonitorError, type PageId, type PageKind } from '#libs/domain';
import {
  JudgementRepository,
  type Queryable,
  type SeenPage,
  type TaskOrders,
  VisitRepository,
} from '#libs/persistence';
import { contentSha256Of } from './observation';
import { picturesOf, type SealedPicture } from './page-pictures';
import { type StageTools } from './stages/stage';

/** A page that was seen in the browser, whose pictures were therefore sealed with it. */
interface PicturePage {
  readonly pageId: PageId;
  readonly evidenceId: EvidenceId;
  readonly url: string;
  readonly pageKind: PageKind;
  readonly title: string;
}

/**
 * Reads the pictures of every page of a task that the browser saw, from the sealed bytes, and files what they say. It
 * comes after the crawl, so that reading takes no time from looking; done again it changes nothing. A picture that
 * could not be read is a gap.
 */
export async function judgePictures(tools: StageTools, orders: TaskOrders, signal: AbortSignal): Promise<void> {
  const pages = await new VisitRepository(tools.store.pool).seenPagesOf(orders.task.id);
  const work = new PictureWork(tools, orders);
  for (const page of pages.flatMap(picturePage)) {
    signal.throwIfAborted();
    if (!(await work.judge(page))) return;
  }
}

function picturePage(page: SeenPage): PicturePage[] {
  const { pageId, evidenceId, url, pageKind, title, isRendered } = page;
  return isRendered && evidenceId !== null && pageKind !== null ? [{ pageId, evidenceId, url, pageKind, title }] : [];
}

const isRead = (result: OcrResult): boolean => result.status === 'text' || result.status === 'no_text';

class PictureWork {
  constructor(
    private readonly tools: StageTools,
    private readonly orders: TaskOrders,
  ) {}

  /** Reads and judges the pictures of one page; false when nothing can be read on this machine. */
  async judge(page: PicturePage): Promise<boolean> {
    const { evidence: store, log } = this.tools;
    const evidence = await store.get(page.evidenceId);
    if (!evidence.record.isRendered) return true;
    const { pictures, left } = await picturesOf(store, evidence);
    if (left > 0) await this.miss(page.url, `${left} pictures beyond the limit of one page`);
    if (pictures.length === 0) return true;
    const startedAt = performance.now();
    const read = await this.readAll(pictures);
    if (read === null) return false;
    await this.keep(page, read.onPage, { engine: read.engine, contentSha256: contentSha256Of(evidence) });
    const ms = Math.round(performance.now() - startedAt);
    log.info('pictures.read', { task: this.orders.task.id, url: page.url, pictures: pictures.length, ms });
    return true;
  }

  private async readAll(
    pictures: readonly SealedPicture[],
  ): Promise<{ onPage: PictureOnPage[]; engine: string } | null> {
    const onPage: PictureOnPage[] = [];
    try {
      const engine = engineKey(await this.tools.pictures.start());
      for (const { bytes, path, region, box, url } of pictures) {
        const result = await this.tools.pictures.recognize(bytes);
        if (isRead(result)) onPage.push({ path, region, box, result });
        else await this.miss(shortened(url), `picture ${result.status}: ${result.reason ?? ''}`);
      }
      return { onPage, engine };
    } catch (error) {
      if (!(error instanceof MonitorError) || error.kind !== 'unavailable') throw error;
      await this.miss(this.orders.target.url, `pictures were not read: ${error.message}`);
      return null;
    }
  }

  private async miss(url: string, detail: string): Promise<void> {
    const gap = { taskId: this.orders.task.id, url, code: 'not-read', detail, at: this.tools.clock() } as const;
    await new VisitRepository(this.tools.store.pool).addGap(gap);
  }

  private async keep(
    page: PicturePage,
    pictures: readonly PictureOnPage[],
    by: { readonly engine: string; readonly contentSha256: string },
  ): Promise<void> {
    const { judging, clock, store } = this.tools;
    const { channel } = this.orders.target;
    const { asOf } = this.orders.run.orders;
    const readerVersion = `${READER_VERSION}+ocr-${by.engine}`;
    const reading = readPictures(pictures, { ...page, contentSha256: by.contentSha256, readerVersion });
    if (reading.segments.length === 0) return;
    const context = { asOf, channel, platformName: this.orders.platform.name };
    const hits = boxPictureHits(judgePage(reading, judging.pack, context), pictures);
    const sightings = channel === 'website' ? findSightings(reading, judging.checklist, asOf) : [];
    const at = clock();
    await store.inTransaction(async (tx: Queryable) => {
      const judgements = new JudgementRepository(tx);
      const kept = await judgements.add({
        taskId: this.orders.task.id,
        evidenceId: page.evidenceId,
        readingId: await judgements.keepReading(reading),
        packVersion: judging.pack.version,
        readerVersion,
        asOf,
        judgedAt: at,
        hits,
        sightings,
      });
      if (kept === null) return; // an earlier process did it
      const filing = {
        platformId: this.orders.target.platformId,
        taskId: this.orders.task.id,
        at,
        rules: judging.rules,
      };
      const { pageId, evidenceId } = page;
      await fileHits(
        tx,
        filing,
        kept.map(({ id, hit }) => ({ hitId: id, hit, pageId, evidenceId })),
      );
    });
  }
}

/** A picture that stands in the page itself has its bytes for an address. */
const shortened = (url: string): string => (url.startsWith('data:') ? `${url.slice(0, 60)}…` : url);
