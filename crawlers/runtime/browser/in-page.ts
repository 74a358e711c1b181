import { type CDPSession } from 'playwright';
import { within } from './body-reader';

interface FrameTree {
  readonly frame: { readonly id: string; readonly url: string; readonly urlFragment?: string };
  readonly childFrames?: readonly FrameTree[];
}

const EVALUATION_MS = 10_000;

/** A script of ours failed inside a page: the page went away, or the document is none that scripts run in. */
export class PageScriptFailed extends Error {
  constructor(reason: string) {
    super(`script in page failed: ${reason.slice(0, 200)}`);
    this.name = 'PageScriptFailed';
  }
}

/** Runs scripts of ours in the frames of one page, in worlds the page does not share. */
export class InPage {
  readonly #worlds = new Map<string, number>();

  constructor(
    private readonly session: CDPSession,
    readonly mainFrameId: string,
  ) {
    session.on('Runtime.executionContextsCleared', () => this.#worlds.clear());
    session.on('Page.frameNavigated', ({ frame }) => this.#worlds.delete(frame.id));
  }

  /**
   * The value of an expression, in the main frame unless told otherwise; promises are awaited.
   *
   * @throws {OutOfTime} when the page does not come back, as one that computes without end.
   * @throws {PageScriptFailed} when the expression threw, or the frame has gone.
   */
  async evaluate<T>(expression: string, options: { frameId?: string; timeoutMs?: number } = {}): Promise<T> {
    const { frameId = this.mainFrameId, timeoutMs = EVALUATION_MS } = options;
    return within(this.#evaluate<T>(expression, frameId, timeoutMs), timeoutMs, 'a script in the page');
  }

  async #evaluate<T>(expression: string, frameId: string, timeoutMs: number): Promise<T> {
    const contextId = await this.#world(frameId);
    const parameters = { expression, contextId, returnByValue: true, awaitPromise: true, timeout: timeoutMs };
    const { result, exceptionDetails } = await this.session
      .send('Runtime.evaluate', parameters)
      .catch((error: unknown) => {
        this.#worlds.delete(frameId); // its document has gone: the next call makes a new world
        throw new PageScriptFailed(error instanceof Error ? error.message : String(error));
      });
    if (exceptionDetails !== undefined)
      throw new PageScriptFailed(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  }

  async #world(frameId: string): Promise<number> {
    const known = this.#worlds.get(frameId);
    if (known !== undefined) return known;
    const { executionContextId } = await this.session.send('Page.createIsolatedWorld', { frameId, worldName: 'look' });
    this.#worlds.set(frameId, executionContextId);
    return executionContextId;
  }

  /** Every frame below the main one, parents before their children. */
  async frames(): Promise<readonly { id: string; parentId: string; url: string }[]> {
    const { frameTree } = await within(this.session.send('Page.getFrameTree'), EVALUATION_MS, 'listing frames');
    const found: { id: string; parentId: string; url: string }[] = [];
    const walk = (tree: FrameTree): void => {
      for (const child of tree.childFrames ?? []) {
        found.push({ id: child.frame.id, parentId: tree.frame.id, url: child.frame.url });
        walk(child);
      }
    };
    walk(frameTree);
    return found;
  }

  /** Calls a function on the element that holds a frame. */
  async callOnOwner<T>(frameId: string, declaration: string): Promise<T> {
    const run = async (): Promise<T> => {
      const { backendNodeId } = await this.session.send('DOM.getFrameOwner', { frameId });
      const { object } = await this.session.send('DOM.resolveNode', { backendNodeId });
      const call = { objectId: object.objectId, functionDeclaration: declaration, returnByValue: true };
      return (await this.session.send('Runtime.callFunctionOn', call)).result.value as T;
    };
    return within(run(), EVALUATION_MS, 'finding the place of a frame');
  }
}
