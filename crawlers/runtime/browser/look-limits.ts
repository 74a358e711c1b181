/** How much one look may take. Times are of the page's own: waiting for a host's turn does not count. */
export interface LookLimits {
  /** Until the page has loaded and become quiet. */
  readonly settleMs: number;
  /** For opening tabs and what is folded, together. */
  readonly openingMs: number;
  /** Without a request for so long, a page counts as quiet. */
  readonly quietMs: number;
  /** A request that hangs longer does not keep the page from being quiet. */
  readonly patienceMs: number;
  /** For DOM, layout and picture, each. */
  readonly gatherMs: number;
  /** Everything, waiting for turns included. */
  readonly lookMs: number;
  /** Until an answer's headers; its host's turn is given up then. */
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  /** Decoded bytes of one body. */
  readonly maxBodyBytes: number;
  readonly maxBytesPerPage: number;
  readonly maxRequests: number;
  readonly maxClicks: number;
}

export const LOOK_LIMITS: LookLimits = {
  settleMs: 30_000,
  openingMs: 20_000,
  quietMs: 500,
  patienceMs: 8_000,
  gatherMs: 15_000,
  lookMs: 600_000,
  headersTimeoutMs: 20_000,
  bodyTimeoutMs: 20_000,
  maxBodyBytes: 20 * 1024 * 1024,
  maxBytesPerPage: 96 * 1024 * 1024,
  maxRequests: 250,
  maxClicks: 24,
};
