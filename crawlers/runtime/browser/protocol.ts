/** A request that waits for us, before it is sent or before its answer's body is given to the page. — CDP, Fetch.requestPaused */
export interface RequestPaused {
  readonly requestId: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly frameId: string;
  readonly resourceType: string;
  readonly responseErrorReason?: string;
  readonly responseStatusCode?: number;
  readonly responseStatusText?: string;
  readonly responseHeaders?: readonly { readonly name: string; readonly value: string }[];
  readonly networkId?: string;
  readonly redirectedRequestId?: string;
}

/** The words by which a request may be failed towards the page. — CDP, Network.ErrorReason */
export type ErrorReason =
  | 'Failed'
  | 'Aborted'
  | 'TimedOut'
  | 'AccessDenied'
  | 'ConnectionClosed'
  | 'ConnectionRefused'
  | 'ConnectionFailed'
  | 'NameNotResolved'
  | 'BlockedByClient';
