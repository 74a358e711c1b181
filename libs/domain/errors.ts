import { MonitorError } from './monitor-error';

/** An address to watch is no absolute http(s) address. */
export class TargetUrlInvalidError extends MonitorError {
  readonly kind = 'invalid-input';
  readonly code = 'TARGET_URL_INVALID';

  constructor(url: string, reason: string) {
    super(`target address "${url.slice(0, 200)}" ${reason}; expected an absolute http:// or https:// address`, { url });
  }
}

/** An option, a setting or a field of a request is not usable. */
export class InputInvalidError extends MonitorError {
  readonly kind = 'invalid-input';
  readonly code = 'INPUT_INVALID';

  constructor(subject: string, found: string, expected: string) {
    super(`${subject}: found ${found}; expected ${expected}`, { subject, found, expected });
  }
}

/** Settings of the process are missing or wrong. Names each with what is expected; values, which may be secrets, are not told. */
export class SettingsUnusableError extends MonitorError {
  readonly kind = 'invalid-input';
  readonly code = 'SETTINGS_UNUSABLE';

  constructor(problems: readonly string[]) {
    super(`settings are not usable: ${problems.join('; ')}; see .env.example for each one`, { problems });
  }
}

/** A request has unusable, missing or unknown fields. Names every one of them, so that a caller mends all in one go. */
export class RequestInvalidError extends MonitorError {
  readonly kind = 'invalid-input';
  readonly code = 'REQUEST_INVALID';

  constructor(readonly fields: readonly { readonly field: string; readonly message: string }[]) {
    super(`request: ${fields.map(({ field, message }) => `${field} ${message}`).join('; ')}`, { fields });
  }
}

/** A rule file does not follow the schema. Names the file, the place in it and the remedy. */
export class RuleSchemaError extends MonitorError {
  readonly kind = 'invalid-input';
  readonly code = 'RULE_SCHEMA';

  constructor(file: string, problems: readonly string[]) {
    super(`rule file ${file}: ${problems.join('; ')}`, { file, problems });
  }
}

/** No such thing in the store. */
export class NotFoundError extends MonitorError {
  readonly kind = 'not-found';
  readonly code = 'NOT_FOUND';

  constructor(what: string, id: string) {
    super(`${what} ${id.slice(0, 100)} is not in the store`, { what, id });
  }
}

/** A change was asked for that the table of allowed moves does not list. */
export class MoveNotAllowedError extends MonitorError {
  readonly kind = 'conflict';
  readonly code = 'MOVE_NOT_ALLOWED';

  constructor(subject: string, from: string, to: string, allowed: readonly string[]) {
    const list = allowed.length > 0 ? allowed.join(', ') : 'nothing: it is final';
    super(`${subject} cannot go from ${from} to ${to}; from ${from} it may go to ${list}`, {
      subject,
      from,
      to,
      allowed,
    });
  }
}

/** Somebody else changed the row since it was read. */
export class RevisionConflictError extends MonitorError {
  readonly kind = 'conflict';
  readonly code = 'REVISION_CONFLICT';

  constructor(what: string, id: string, expected: number, actual: number) {
    super(`${what} ${id} is at revision ${actual}, not ${expected}; read it again before changing it`, {
      expected,
      actual,
    });
  }
}

/** The embedded data directory is held by another process. */
export class DataDirectoryInUseError extends MonitorError {
  readonly kind = 'conflict';
  readonly code = 'DATA_DIRECTORY_IN_USE';

  constructor(directory: string, processId: number | null) {
    super(
      `data directory ${directory} is in use by process ${processId ?? 'unknown'}; stop that process, use another --data directory, or set DATABASE_URL to let several processes work together`,
      { directory, processId },
    );
  }
}

/** An address must not be reached: not public and not allowed by the run's orders. */
export class AddressRefusedError extends MonitorError {
  readonly kind = 'refused';
  readonly code = 'ADDRESS_REFUSED';

  constructor(host: string, address: string, reason: string) {
    super(`address ${address} of host ${host} is ${reason}; allow it with --allow-address if it is meant`, {
      host,
      address,
      reason,
    });
  }
}

/** What was asked for is against a rule of this house; the message says which. */
export class OrdersRefusedError extends MonitorError {
  readonly kind = 'refused';
  readonly code = 'ORDERS_REFUSED';

  constructor(message: string) {
    super(message);
  }
}

/** A page is no listing of the store it was taken for. */
export class ListingUnreadableError extends MonitorError {
  readonly kind = 'refused';
  readonly code = 'LISTING_UNREADABLE';

  constructor(store: string, url: string, missing: string) {
    super(`page ${url} is no readable listing of ${store}: ${missing} was not found`, { store, url, missing });
  }
}

/** The publicity period asked for is shorter than the notice allows. */
export class PublicityTooShortError extends MonitorError {
  readonly kind = 'refused';
  readonly code = 'PUBLICITY_TOO_SHORT';

  constructor(days: number, minimumDays: number) {
    super(`publicity period of ${days} days is shorter than the required ${minimumDays}`, { days, minimumDays });
  }
}

/** Sign-in failed, or the session is over. Says nothing of which part was wrong. */
export class NotSignedInError extends MonitorError {
  readonly kind = 'not-signed-in';
  readonly code = 'NOT_SIGNED_IN';

  constructor(message = 'not signed in, or the name and password do not belong together') {
    super(message);
  }
}

/** Signed in, but this is for other roles. */
export class RoleMissingError extends MonitorError {
  readonly kind = 'not-allowed';
  readonly code = 'ROLE_MISSING';

  constructor(what: string, wanted: readonly string[]) {
    super(`${what} is for the roles ${wanted.join(', ')}`, { wanted });
  }
}

/** A change was asked for by a page of another origin, or by a client that does not say whence it comes. */
export class OriginRefusedError extends MonitorError {
  readonly kind = 'not-allowed';
  readonly code = 'ORIGIN_REFUSED';

  constructor(origin: string | null) {
    super(
      `request that changes something came from ${origin ?? 'an unnamed origin'}; expected the origin of this service`,
      { origin },
    );
  }
}

/** Too many failed attempts to sign in; nothing was checked this time. */
export class TooManyAttemptsError extends MonitorError {
  readonly kind = 'too-often';
  readonly code = 'TOO_MANY_ATTEMPTS';

  constructor(readonly retryAfterSeconds: number) {
    super(`too many attempts to sign in; wait ${retryAfterSeconds} seconds`, { retryAfterSeconds });
  }
}

/** The database does not answer. */
export class DatabaseUnavailableError extends MonitorError {
  readonly kind = 'unavailable';
  readonly code = 'DATABASE_UNAVAILABLE';

  constructor(where: string, options?: { cause?: unknown }) {
    super(
      `database at ${where} does not answer; check that it runs and that DATABASE_URL is right`,
      { where },
      options,
    );
  }
}

/** The database server is older than the schema is written for. */
export class DatabaseTooOldError extends MonitorError {
  readonly kind = 'refused';
  readonly code = 'DATABASE_TOO_OLD';

  constructor(where: string, version: number, oldest: number) {
    super(`database at ${where} is PostgreSQL ${version}; expected ${oldest} or later`, { where, version, oldest });
  }
}

/** The queue's server does not answer. */
export class QueueUnavailableError extends MonitorError {
  readonly kind = 'unavailable';
  readonly code = 'QUEUE_UNAVAILABLE';

  constructor(where: string, options?: { cause?: unknown }) {
    super(`queue at ${where} does not answer; check that it runs and that REDIS_URL is right`, { where }, options);
  }
}

/** The schema of the store is not the one this program was made for. */
export class SchemaMismatchError extends MonitorError {
  readonly kind = 'tampered';
  readonly code = 'SCHEMA_MISMATCH';

  constructor(message: string) {
    super(message);
  }
}

/** No browser can be started here. */
export class BrowserUnavailableError extends MonitorError {
  readonly kind = 'unavailable';
  readonly code = 'BROWSER_UNAVAILABLE';

  constructor(reason: string, options?: { cause?: unknown }) {
    super(
      `no browser can be started: ${reason}; run "npm run demo" once to have one installed, or set CHROMIUM_PATH`,
      { reason },
      options,
    );
  }
}

/** No picture can be read here: a model is missing or altered, or reads a known picture wrong. */
export class OcrUnavailableError extends MonitorError {
  readonly kind = 'unavailable';
  readonly code = 'OCR_UNAVAILABLE';

  constructor(adapter: string, reason: string) {
    super(`pictures cannot be read (${adapter}): ${reason}; run "npm ci" to put the models back`, { adapter, reason });
  }
}

/** The disk that keeps evidence does not take or give bytes: full, failing, not allowed. Nothing acknowledged is lost. */
export class StorageUnavailableError extends MonitorError {
  readonly kind = 'unavailable';
  readonly code = 'STORAGE_UNAVAILABLE';

  constructor(path: string, doing: string, options?: { cause?: unknown }) {
    // By shape: an error of the file system may come from another realm than this class.
    const reason = (options?.cause as Error | undefined)?.message ?? 'no reason given';
    super(`${doing} ${path} failed: ${reason}; check free space and rights there`, { path, doing }, options);
  }
}

/** An archive file lacks bytes that sealed evidence stands on. Never repaired: somebody must look. */
export class WarcFileDamagedError extends MonitorError {
  readonly kind = 'tampered';
  readonly code = 'WARC_FILE_DAMAGED';

  constructor(file: string, committedLength: number, actualLength: number | null) {
    const found = actualLength === null ? 'is missing' : `holds ${actualLength} bytes`;
    super(`archive file ${file} ${found}; sealed evidence needs its first ${committedLength}`, {
      file,
      committedLength,
      actualLength,
    });
  }
}

/** A sealed part no longer hashes to what its seal says. Never retried: somebody must look. */
export class EvidenceTamperedError extends MonitorError {
  readonly kind = 'tampered';
  readonly code = 'EVIDENCE_TAMPERED';

  constructor(evidenceId: string, part: string, sealedSha256: string, actualSha256: string) {
    super(`evidence ${evidenceId}: part "${part}" hashes to ${actualSha256}, sealed as ${sealedSha256}`, {
      evidenceId,
      part,
      sealedSha256,
      actualSha256,
    });
  }
}
