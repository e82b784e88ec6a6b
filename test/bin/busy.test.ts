import { busy, turning } from '../../bin/busy';

function streamOf(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 20, written, write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
}

test('a terminal shows one line, which the next replaces, and none at the end', () => {
  const terminal = streamOf(true);
  busy('rendering', terminal);
  busy('judging what has been rendered', terminal);
  busy('', terminal);
  expect(terminal.written).toEqual(['\r\u001b[2K… rendering\r', '\r\u001b[2K… judging what has \r', '\r\u001b[2K\r']);
});

test('the first column moves while another process works, and the line goes at the end', () => {
  jest.useFakeTimers();
  const terminal = streamOf(true);
  const stop = turning(terminal);
  jest.advanceTimersByTime(450);
  stop();
  jest.advanceTimersByTime(1000);
  expect(terminal.written).toEqual(['⠋\r', '⠙\r', '\r\u001b[2K\r']);
  jest.useRealTimers();
});

test('a terminal that does not know its width shows the usual one', () => {
  const terminal = { ...streamOf(true), columns: 0 };
  busy('rendering', terminal);
  expect(terminal.written).toEqual(['\r\u001b[2K… rendering\r']);
});

test('nobody else is told', () => {
  const pipe = streamOf(false);
  busy('rendering', pipe);
  busy('', pipe);
  turning(pipe)();
  expect(pipe.written).toEqual([]);
});
