import { exchangesOf, pairsOf, pairsOfBlock, WireHeaders, type Asked } from './exchange-log';

const anAsked = (given: Partial<Asked>): Asked => ({
  id: 'job-1',
  networkId: 'n-1',
  frameId: 'f',
  url: 'https://host.example/',
  method: 'GET',
  resourceType: 'Document',
  requestHeaders: [['Accept', 'x']],
  startedAt: new Date(0),
  isMainDocument: true,
  phase: 'ended',
  failure: null,
  status: 200,
  statusText: 'OK',
  responseHeaders: [['a', 'told by the one who paused it']],
  body: null,
  truncated: null,
  location: null,
  remoteAddress: null,
  proxyFailure: null,
  isDownload: false,
  refusedBy: null,
  ...given,
});

describe('headers of the wire', () => {
  it('keep order, case and duplicates of a raw block', () => {
    expect(
      pairsOfBlock('HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nset-cookie:b=2\r\nX-Odd: a: b\r\nrubbish\r\n\r\n'),
    ).toEqual([
      ['Set-Cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['X-Odd', 'a: b'],
    ]);
  });

  it('are parted where a map joined them, without what was said to our own proxy', () => {
    expect(pairsOf({ 'set-cookie': 'a=1\nb=2', 'Proxy-Authorization': 'Basic x' })).toEqual([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
  });

  it('go to the hop of a redirect that they belong to', () => {
    const wire = new WireHeaders();
    wire.noteSent('n-1', { n: '1' });
    wire.noteSent('n-1', { n: '2' });
    wire.noteReceived('n-1', 302, [['Location', '/b']]);
    wire.noteReceived('n-1', 200, [['X', 'end']]);
    const exchanges = exchangesOf([anAsked({ status: 302, location: '/b' }), anAsked({ id: 'job-1.1' })], wire);
    expect(
      exchanges.map(({ exchange }) => [exchange.status, exchange.requestHeaders, exchange.responseHeaders]),
    ).toEqual([
      [302, [['n', '1']], [['Location', '/b']]],
      [200, [['n', '2']], [['X', 'end']]],
    ]);
  });

  it('are not taken from an answer with another status', () => {
    const wire = new WireHeaders();
    wire.noteReceived('n-1', 407, [['Of', 'proxy']]);
    expect(exchangesOf([anAsked({})], wire)[0]?.exchange.responseHeaders).toEqual([
      ['a', 'told by the one who paused it'],
    ]);
  });

  it('leave out, over plain HTTP, what the browser and our proxy said to each other', () => {
    const headers = [['Connection', 'keep-alive'] as const, ['X', '1'] as const];
    const of = (url: string): unknown =>
      exchangesOf([anAsked({ url, responseHeaders: headers })], new WireHeaders())[0]?.exchange.responseHeaders;
    expect(of('http://host.example/')).toEqual([['X', '1']]);
    expect(of('https://host.example/')).toEqual(headers);
  });

  it('make no exchange of a request that was never answered', () => {
    expect(exchangesOf([anAsked({ status: null, failure: 'refused-address' })], new WireHeaders())).toEqual([]);
  });
});
