import { AddressRefusedError, type Outcome } from '#libs/domain';

/** Why no whole answer came. */
export interface NetworkFailure {
  readonly outcome: Outcome;
  /** English, one line. */
  readonly detail: string;
}

/** The reason an attempt of ours is aborted with when its time is up. */
export class TimeIsUp extends Error {
  constructor(
    readonly phase: 'headers' | 'body',
    readonly afterMs: number,
  ) {
    super(`no ${phase === 'headers' ? 'answer' : 'whole body'} within ${afterMs} ms`);
  }
}

const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_(GET|VERIFY|DECRYPT)|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|EPROTO$|ERROR_IN_CERT|CRL_)/;
const TIMEOUT_CODE = /^(UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT|ESOCKETTIMEDOUT)$/;
const NETWORK_CODE = /^(UND_ERR_|HPE_|E[A-Z_]+$)/;

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

/** The error and what caused it, outermost first; no more than a few. */
function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let at = error; at !== undefined && at !== null && causes.length < 5; at = (at as { cause?: unknown }).cause)
    causes.push(at);
  return causes;
}

const lineOf = (error: unknown): string => {
  const { message } = error as { message?: unknown };
  return `${codeOf(error)} ${typeof message === 'string' ? message : ''}`.replace(/\s+/g, ' ').trim().slice(0, 200);
};

/**
 * What a failed request means for the visit.
 *
 * @returns null for what is no failure of the network: a fault of ours, to be thrown on.
 */
export function networkFailureOf(error: unknown): NetworkFailure | null {
  const causes = causesOf(error);
  const refused = causes.find((cause) => cause instanceof AddressRefusedError);
  if (refused instanceof AddressRefusedError) return { outcome: 'refused-address', detail: refused.message };
  const timeIsUp = causes.find((cause) => cause instanceof TimeIsUp);
  if (timeIsUp instanceof TimeIsUp) return { outcome: 'timeout', detail: timeIsUp.message };
  for (const cause of causes) {
    if (TIMEOUT_CODE.test(codeOf(cause))) return { outcome: 'timeout', detail: lineOf(cause) };
    if (TLS_CODE.test(codeOf(cause))) return { outcome: 'tls-error', detail: lineOf(cause) };
  }
  const network = causes.find((cause) => NETWORK_CODE.test(codeOf(cause)));
  return network === undefined ? null : { outcome: 'unreachable', detail: lineOf(network) };
}
