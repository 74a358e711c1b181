import { api, dataOf, type DecisionBody, type ListedFinding } from '../client';

export type Decided = Pick<ListedFinding, 'id' | 'decision' | 'revision'>;

/** Sends a decision on the revision that was read. The key makes a repeated sending harmless. */
export async function decide(finding: Pick<ListedFinding, 'id' | 'revision'>, body: DecisionBody): Promise<Decided> {
  const key = crypto.getRandomValues(new Uint32Array(4)).join('-');
  return dataOf(
    api.POST('/api/findings/{id}/decision', {
      params: {
        path: { id: finding.id },
        header: { 'If-Match': `"${finding.revision}"`, 'Idempotency-Key': key },
      },
      body,
    }),
  );
}
