import { parseDocument } from 'yaml';
import { RuleSchemaError } from '#libs/domain';

const MAX_BYTES = 512 * 1024;

/**
 * Reads one YAML text of a pack as plain data.
 *
 * @throws {RuleSchemaError} when it is too large, is no YAML, has a key twice, or unfolds more than a few aliases.
 */
export function readYaml(file: string, text: string): unknown {
  if (text.length > MAX_BYTES)
    throw new RuleSchemaError(file, [`is ${text.length} characters long, at most ${MAX_BYTES}`]);
  const document = parseDocument(text, { uniqueKeys: true, prettyErrors: true });
  const faults = document.errors.map((error) => (error.message.split('\n')[0] ?? '').replace(/:$/, ''));
  if (faults.length > 0) throw new RuleSchemaError(file, faults.slice(0, 5));
  try {
    return document.toJS({ maxAliasCount: 10 }) as unknown;
  } catch (cause) {
    throw new RuleSchemaError(file, [cause instanceof Error ? cause.message : 'aliases cannot be resolved']);
  }
}
