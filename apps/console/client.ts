import createClient from 'openapi-fetch';
import { type components, type paths } from './api/schema';
import { WORDS } from './words/labels';

type Schemas = components['schemas'];

export type Session = Schemas['Session_Output'];
export type FindingPage = Schemas['FindingPageAnswer_Output'];
export type ListedFinding = FindingPage['findings'][number];
export type Finding = Schemas['FindingAnswer_Output'];
export type Place = Finding['places'][number];
export type About = Place['about'];
export type Evidence = Schemas['EvidenceAnswer_Output'];
export type RunPage = Schemas['RunPageAnswer_Output'];
export type ListedRun = RunPage['runs'][number];
export type Run = Schemas['RunAnswer_Output'];
export type RunTarget = Run['targets'][number];
export type Platform = Schemas['PlatformsAnswer_Output']['platforms'][number];
export type DecisionBody = Schemas['DecisionBody'];
export type FindingQuery = NonNullable<paths['/api/findings']['get']['parameters']['query']>;

export const api = createClient<paths>({ credentials: 'same-origin' });

/** A failure in words for people, with the code and status of the service. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** The data of an answer. @throws {Failure} with the service's own sentence, or ours when it does not answer. */
export async function dataOf<Data>(
  answer: Promise<{ data?: Data; error?: { title: string; code: string }; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await answer.catch((cause: unknown) => {
    throw new Failure(cause instanceof Failure ? cause.message : WORDS.unreachable, 'UNREACHABLE', 0);
  });
  if (data !== undefined) return data;
  throw new Failure(error?.title ?? WORDS.unreachable, error?.code ?? 'UNREACHABLE', response.status);
}
