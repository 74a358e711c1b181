import { type CrawlDesk, type FoundPage, type Look } from '#crawlers/runtime';
import { type CoverageGap, type Evidence, type PlannedPage } from '#libs/domain';
import { type EvidenceStore } from '#libs/evidence';
import {
  PageRepository,
  type Queryable,
  type Store,
  type TaskOrders,
  TaskRepository,
  VisitRepository,
} from '#libs/persistence';
import { type Log } from '#libs/telemetry';
import { channelFactsOf } from './channel-facts';
import { type Judging } from './judging';
import { keepObservation } from './keep-observation';
import { type Observation, observationOf } from './observation';
import { openedStatesOf } from './opened-states';

/** What the desk works with. */
export interface DeskTools {
  readonly store: Store;
  readonly evidence: EvidenceStore;
  readonly judging: Judging;
  readonly log: Log;
  readonly clock: () => Date;
}

/** Stands behind a crawl: makes addresses pages, seals every look before anything is derived from it, judges and files. */
export class PageDesk implements CrawlDesk {
  constructor(
    private readonly tools: DeskTools,
    private readonly orders: TaskOrders,
  ) {}

  async plan(found: readonly FoundPage[]): Promise<readonly PlannedPage[]> {
    const { target, run, task } = this.orders;
    const asked = run.orders.render === 'browser';
    const first = asked
      ? ({ state: 'render', renderReason: 'asked' } as const)
      : ({ state: 'planned', renderReason: null } as const);
    const of = { taskId: task.id, platformId: target.platformId, channel: target.channel };
    return this.tools.store.inTransaction((tx) => new PageRepository(tx).plan(of, found, first));
  }

  async take(look: Look): Promise<void> {
    const evidence = await this.seal(look);
    const seen = observationOf(look, evidence, openedStatesOf(look.capture));
    await this.judge(seen);
    await this.keepFacts(look);
    const { outcome, isRendered, durationMs } = look.visit;
    this.tools.log.info('page.visited', {
      task: this.orders.task.id,
      url: look.visit.requestedUrl,
      outcome,
      isRendered,
      ms: durationMs,
    });
  }

  async miss(gap: Omit<CoverageGap, 'taskId'>): Promise<void> {
    await new VisitRepository(this.tools.store.pool).addGap({ ...gap, taskId: this.orders.task.id });
  }

  /** Judges what was sealed, and files what follows from it, in one transaction. */
  async judge(seen: Observation): Promise<void> {
    const { store, judging, clock } = this.tools;
    await store.inTransaction((tx) => keepObservation(tx, { judging, orders: this.orders, at: clock() }, seen));
  }

  private async keepFacts(look: Look): Promise<void> {
    const facts = channelFactsOf(this.orders.target, look);
    if (facts === null) return;
    const { store, clock } = this.tools;
    if (!('unreadable' in facts)) return new TaskRepository(store.pool).keepFacts(this.orders.task.id, facts);
    await this.miss({ url: look.visit.finalUrl, code: 'not-read', detail: facts.unreadable, at: clock() });
  }

  private async seal(look: Look): Promise<Evidence | null> {
    const { store, evidence } = this.tools;
    if (look.capture === null) {
      await store.inTransaction((tx) => new VisitRepository(tx).add(look.visit));
      return null;
    }
    const { task, run } = this.orders;
    const [sealed] = await evidence.append(run.id, [look.capture], async (sealing) => {
      const tx = sealing as Queryable; // the store's transaction, under the narrower name that the evidence room knows
      await new VisitRepository(tx).add(look.visit);
      await new TaskRepository(tx).gotOn(task.id);
    });
    return sealed ?? null;
  }
}
