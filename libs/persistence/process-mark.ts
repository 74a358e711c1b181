import { readFileSync } from 'node:fs';
import { errorCode } from './error-code';

interface ProcessFacts {
  /** Ended, but its parent has not asked for the outcome yet: holds nothing any more. */
  readonly isZombie: boolean;
  readonly mark: string;
}

/** Null where there is no `/proc`, or no such process. */
function factsOf(processId: number): ProcessFacts | null {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
    // The name of the program stands in brackets and may hold anything, so count from the last one. — proc(5)
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return { isZombie: fields[0] === 'Z' || fields[0] === 'X', mark: `${bootId}/${fields[19]}` };
  } catch {
    return null;
  }
}

/** Boot and start time of a process, which no later process with the same number shares; null where nobody knows. */
export function processMark(processId: number): string | null {
  return factsOf(processId)?.mark ?? null;
}

function answersSignal(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM'; // it lives and belongs to another user
  }
}

/** Says whether the very process that once had this mark still runs. Without a mark the number alone decides. */
export function isRunning(processId: number, mark: string | null): boolean {
  if (!Number.isSafeInteger(processId) || processId <= 0) return false;
  const facts = factsOf(processId);
  if (facts === null) return answersSignal(processId);
  return !facts.isZombie && (mark === null || facts.mark === mark);
}
