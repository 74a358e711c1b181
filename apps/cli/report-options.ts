import { InputInvalidError } from '#libs/domain';

/** Reads `--fail-on`. @throws {InputInvalidError} for anything but `flag`. */
export function readFailOn(text: string | undefined): 'flag' | null {
  if (text === undefined) return null;
  if (text !== 'flag') throw new InputInvalidError('option --fail-on', `"${text}"`, 'flag');
  return text;
}
